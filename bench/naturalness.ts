/** A way in which a change can leave a text that nobody would have written. */
export type Flaw = Readonly<{ flaw: string; where: string }>

type Pair = Readonly<{ before: string; after: string }>

// What a text had before is its author's way of writing; only what the change brought about is a flaw.
const patterns: readonly (readonly [string, RegExp])[] = [
  ['doubled space', /(?<=\S) {2,}(?=\S)/g],
  ['doubled punctuation', /[,;:]\s*[,;:.!?]|(?<!\.)\.\s*[,;:]|(?<![.!?])([.!?])\s?\1(?![.!?])/g],
  ['space before punctuation', / [,;.!?](?=\s|$)/gm],
  [
    'word left hanging',
    /\b(?:of|in|at|by|for|from|to|with|than|on|per|into|within|between|about|around|the|an?|and|or|but|nor|as|every|his|her|its|their)[ \t]*(?:[.,;:!?)]|\s*$|\n[ \t]*\n)/gi,
  ],
  ['punctuation at the start', /^[ \t]*[,;:!?](?=\s)/gm],
  ['sentence without a capital', /(?<![.\d])[.?!]["”)]? +\p{Ll}/gu],
  ['empty list item', /^[ \t]*(?:[-*•–+]|\d{1,4}[.)])[ \t]*$/gm],
  ['empty brackets or quotes', /\([ \t]*\)|\[[ \t]*\]|\{[ \t]*\}|(?<!["`])""(?!")|``(?!`)|“”/g],
  ['leftover of a program', /_{3,}|\b(?:undefined|null|NaN)\b|\[object \w+\]|\$\{/g],
  [
    'two articles',
    /\b(?:his|her|its|their|my|our|your|the first|the last|an?|the) (?:an?|the)\b/gi,
  ],
  ['repeated word', /\b(?!had\b|that\b)(\p{L}{2,})[ \t]+\1\b/giu],
  ['a before a vowel', /\ba (?=[aeio]\p{Ll}|8|11\b|18\b|u[nm])(?!one\b|uni|eu)/gu],
  ['an before a consonant', /\ban (?=[bcdfgjkpqtvwyz]\p{Ll}|\d)(?!8|11\b|18\b)/gu],
  [
    'one of several',
    /\b(?:1|one) (?!(?:has|was|is|does|less|plus|times)\b)\p{Ll}+(?<![suia])s\b/giu,
  ],
  ['currency without a number', /[$€£¥](?![\s{]?\d)|(?<!\d[ ]?)[%€](?=[\s.,]|$)/gm],
]

const pairs: readonly (readonly [string, RegExp, RegExp])[] = [
  ['round brackets', /\(/g, /\)/g],
  ['square brackets', /\[/g, /\]/g],
  ['braces', /\{/g, /\}/g],
  ['curly quotes', /“/g, /”/g],
  ['comment', /\/\*/g, /\*\//g],
]

const even: readonly (readonly [string, RegExp])[] = [
  ['quotes', /"/g],
  ['single quotes', /(?<!\p{L})'|'(?!\p{L})/gu],
  ['backticks', /(?<!`)`(?!`)/g],
  ['fence', /^ {0,3}(?:```|~~~)/gm],
]

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

/** What a change made unnatural about a text; it knows nothing of how texts are changed. */
export function flawsOf(before: string, after: string): readonly Flaw[] {
  const pair = { before, after }
  return [
    ...patterns.flatMap(([flaw, pattern]) => addedBy(pattern, pair, flaw)),
    ...unbalanced(pair),
    ...edgesOf(pair),
    ...quantities(pair),
    ...brokenTables(pair),
    ...brokenJson(pair),
  ]
}

/** A hit counts unless the text before the change reads the same there. */
function addedBy(pattern: RegExp, { before, after }: Pair, flaw: string): readonly Flaw[] {
  // Who writes two spaces between sentences does so everywhere.
  if (flaw === 'doubled space' && count(before, pattern) > 0) return []
  const fresh = [...after.matchAll(pattern)].find((match) => {
    const from = Math.max(0, match.index - 6)
    return !`${before}\n`.includes(`${after}\n`.slice(from, match.index + match[0].length + 2))
  })
  return fresh ? [{ flaw, where: around(after, fresh.index) }] : []
}

const around = (text: string, at: number) => text.slice(Math.max(0, at - 15), at + 20)

function unbalanced({ before, after }: Pair): readonly Flaw[] {
  const isOpen = (text: string, open: RegExp, close: RegExp) =>
    count(text, open) !== count(text, close)
  const isOdd = (text: string, mark: RegExp) => count(text, mark) % 2 === 1
  return [
    ...pairs
      .filter(([, open, close]) => !isOpen(before, open, close) && isOpen(after, open, close))
      .map(([what]) => ({ flaw: `unbalanced ${what}`, where: '' })),
    ...even
      .filter(([, mark]) => !isOdd(before, mark) && isOdd(after, mark))
      .map(([what]) => ({ flaw: `unbalanced ${what}`, where: '' })),
  ]
}

/** How a text starts and ends: a capital and a full stop stay when it had them. */
function edgesOf({ before, after }: Pair): readonly Flaw[] {
  const first = (text: string) => /\p{L}/u.exec(text)?.[0] ?? ''
  const isUpper = (letter: string) => /\p{Lu}/u.test(letter)
  const end = (text: string) => text.trimEnd().at(-1) ?? ''
  const flaws: Flaw[] = []
  if (after.trim() === '') return [{ flaw: 'nothing left', where: '' }]
  const isExample = /^[\s/*]*(?:>>>|\w+\()/.test(after)
  if (isUpper(first(before)) && !isUpper(first(after)) && !isExample) {
    flaws.push({ flaw: 'start without a capital', where: after.trimStart().slice(0, 30) })
  }
  if (/[.?!]/.test(end(before)) && !/[.?!…{}]/.test(end(after))) {
    flaws.push({ flaw: 'end without punctuation', where: after.slice(-30) })
  }
  const lastLine = before.trimEnd().split('\n').at(-1) ?? ''
  if (lastLine !== before.trim() && /[{}]$/.test(lastLine) && !after.includes(lastLine)) {
    flaws.push({ flaw: 'code cut off', where: after.slice(-30) })
  }
  return flaws
}

/** Nouns that no longer agree with the number before them, because one became many. */
function quantities({ before, after }: Pair): readonly Flaw[] {
  const single = new Set(
    [...before.matchAll(/(?<![$€£.\d])\b(?:1|one) (\p{Ll}+)/giu)].map(([, noun]) => noun),
  )
  const many =
    /(?<![$€£.])\b(?!1\b)(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten) (\p{Ll}+)/giu
  const known = new Set([...before.matchAll(many)].map(([all]) => all))
  return [...after.matchAll(many)]
    .filter(([all, noun = '']) => single.has(noun) && !known.has(all) && !/s$/.test(noun))
    .map(([all]) => ({ flaw: 'several of one', where: all }))
}

function brokenTables({ before, after }: Pair): readonly Flaw[] {
  const widths = (text: string) =>
    text
      .split('\n')
      .filter((line) => /\S \| |^\|/.test(line))
      .map((line) => line.split('|').length)
  const allowed = new Set(widths(before))
  return widths(after).some((width) => !allowed.has(width))
    ? [{ flaw: 'row with another number of cells', where: '' }]
    : []
}

function brokenJson({ before, after }: Pair): readonly Flaw[] {
  const isJson = (text: string) => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  const blocks = (text: string) =>
    [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, b = '']) => b)
  const wasJson = isJson(before) && !isJson(after)
  const hadBlocks = blocks(before).every(isJson) && !blocks(after).every(isJson)
  return wasJson || hadBlocks ? [{ flaw: 'JSON no longer parses', where: '' }] : []
}
