/** How a text writes names: which words it writes with a capital where no sentence starts, and whether it has any. */
export type Names = Readonly<{
  inside: ReadonlySet<string>
  isLowerCase: boolean
  /** Whether the text speaks of somebody as he or she. */
  hasPerson: boolean
}>

/** Of a text of which nothing is known. */
export const unknownNames: Names = { inside: new Set(), isLowerCase: false, hasPerson: false }

const inside = /(?<=[\p{Ll}\d,;)] )\p{Lu}[\p{L}\p{M}]+/gu
const person = /\b(?:he|she|his|her|him|himself|herself)\b/i

/** Looks how a text writes names. */
export function namesIn(text: string): Names {
  return {
    inside: new Set(text.match(inside) ?? []),
    isLowerCase: !/\p{Lu}/u.test(text) && /\p{Ll} \p{Ll}/u.test(text),
    hasPerson: person.test(text),
  }
}

const starters = new Set(
  (
    'a an the this that these those it its i we you he she they my your our their his her if when while where which what ' +
    'who how why for from to of in on at by with as and but or so then next finally first also is are was were do does did ' +
    'can find sort count add answer use write return give compare check read take search choose buy click list show select ' +
    'call round multiply apply start compute calculate get make ask tell see note let keep set name please no yes each every ' +
    'all there here after before only after among since because however reply respond work every everyone everybody someone ' +
    'somebody nobody nothing everything one two three both some many most another other half now today yesterday tomorrow ' +
    'there during until once given assume suppose if not never'
  ).split(' '),
)

/** Whether a word often begins a sentence, so that its capital says nothing. */
export const isStarting = (word: string): boolean => starters.has(word.toLowerCase())

const acting =
  /^(?:['’]s?\s\p{Ll}|(?:,? (?:and|or) \p{Lu}\p{Ll}+)? (?:is|was|has|had|does|did|can|could|will|would|wants?|needs?|likes?|buys|bought|has|makes|made|gets|got|gave|gives|takes|took|goes|went|runs|ran|eats|ate|sells|sold|pays|paid|spends|spent|reads|says|said|thinks|wrote|writes|drives|drove|knows|knew|\p{Ll}{2,12}(?:ed|es|ds|ks|ns|ts|ys))\b)/u
const thing = /(?:ing|tion|ness|ment|ity|ance|ence|ure|s)$/u

/** Whether the first word of a sentence is a name: it is one elsewhere, or it does what people do in a text about people. */
export function actsAsPerson(word: string, after: string, names: Names): boolean {
  const name = word.replace(/['’]s?$/, '')
  if (isStarting(name)) return false
  if (names.inside.has(name)) return true
  return names.hasPerson && !thing.test(name) && acting.test(word.slice(name.length) + after)
}

const behind =
  /(?<![\p{L}\p{N}])(?:in|from|by|at|to|of|than|did|does|has|was|for|between|besides|on)\s(?:the\s)?(?=\p{Ll})/gu
const stops = new Set(
  (
    'a an the this that these those it its they them their he him his she her we our you your each all any both one order ' +
    'common total general fact what which who whom whose how many much more most less least fewer first last next other ' +
    'another same every some than then when where while as and or but not no there here time times number amount be been is ' +
    'are was were do does did have has had will would can could should may might than between before after above below only ' +
    'in from by at to of for on with without during since until about over under into out up down per prior listed made ' +
    'won lost combined overall together have play playing win get make'
  ).split(' '),
)

/**
 * Names in a text without capitals, as far as its grammar shows them: the few words behind a preposition, up to the next
 * word of grammar. Some of them are mere nouns, which say what the text is about just as well.
 */
export function lowerCaseNames(text: string): readonly Readonly<{ text: string; start: number }>[] {
  return [...text.matchAll(behind)].flatMap((match) => {
    const start = match.index + match[0].length
    const name = nameAt(text.slice(start, start + 80))
    return name.length > 1 && /\p{L}/u.test(name) ? [{ text: name, start }] : []
  })
}

const mostWords = 5
const nameWord = /^[\p{L}\p{N}.'-]+$/u

/** The words at the start of a text that could be a name. A full stop belongs to an initial, other marks end it. */
function nameAt(text: string): string {
  const words: string[] = []
  for (const word of text.split(' ').slice(0, mostWords)) {
    const bare = /^\p{L}\.$/u.test(word) ? word : word.replace(/[?!,;:.]{1,5}$/, '')
    const isGrammar = stops.has(bare) || (words.length > 0 && /(?:ed|ing)$/.test(bare))
    if (isGrammar || !nameWord.test(bare)) break
    words.push(bare)
    if (bare !== word) break
  }
  return words.join(' ')
}
