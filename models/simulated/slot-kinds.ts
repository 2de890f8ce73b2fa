const number = '[-−]?\\d[\\d,]*(?:\\.\\d+)?'

/** Words that can stand in a slot, by the kind of slot, with the value that they stand for; longer ones come first. */
const wordsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  order: { 'high to low': 'high to low', 'low to high': 'low to high' },
  extreme: {
    highest: 'high to low',
    largest: 'high to low',
    greatest: 'high to low',
    lowest: 'low to high',
    smallest: 'low to high',
    least: 'low to high',
  },
  rank: { first: '1', second: '2', third: '3', fourth: '4', fifth: '5' },
  which: { higher: 'higher', larger: 'higher', lower: 'lower', smaller: 'lower' },
  comparison: {
    'is not': 'is not',
    'is above': 'above',
    'is below': 'below',
    'is at least': 'at least',
    'is at most': 'at most',
    is: 'is',
  },
  than: {
    above: 'above',
    below: 'below',
    over: 'above',
    under: 'below',
    'at least': 'at least',
    'at most': 'at most',
    'greater than': 'above',
    'more than': 'above',
    'less than': 'below',
    'fewer than': 'below',
    'smaller than': 'below',
  },
  bound: { 'at least': 'at least', 'at most': 'at most' },
  spending: {
    'not exceed': 'at most',
    'not fall below': 'at least',
    'fall below': 'at most',
    exceed: 'at least',
    not: '',
  },
  leaving: {
    'not leave before': 'at least',
    'not leave after': 'at most',
    'leave before': 'at most',
    'leave after': 'at least',
    'not leave': '',
    leave: '',
  },
  able: {
    'cannot leave before': 'at least',
    'cannot leave after': 'at most',
    'can leave before': 'at most',
    'can leave after': 'at least',
    'cannot leave': '',
  },
  more: { 'or more': 'at least', 'or fewer': 'at most', 'or less': 'at most' },
  later: { 'or later': 'at least', 'or earlier': 'at most' },
  need: { must: 'yes', 'must not': 'no' },
  included: { included: 'yes', excluded: 'no' },
  offering: { 'with breakfast included': 'yes', 'without breakfast': 'no' },
  price: { cheapest: 'cheapest', 'most expensive': 'most expensive' },
  passing: { exceeds: 'above', 'is above': 'above', 'is below': 'below' },
  beyond: { beyond: 'above', above: 'above', below: 'below', under: 'below' },
  direction: { down: 'down', up: 'up' },
  sign: { '>=': 'at least', '<=': 'at most', '>': 'above', '<': 'below' },
}

/** Nouns that stand behind a number, for one and for more. */
const nounsOf: Readonly<Record<string, readonly [string, string]>> = {
  nights: ['night', 'nights'],
  passengers: ['passenger', 'passengers'],
  euros: ['euros', 'euros'],
  stars: ['star', 'stars'],
}

const certain = 'a certain (?:amount|number|one|day|time|place)'
const usual = 'the usual (?:ones?|amount|number|day|time|place)'
const some = 'some(?: day| time)?'

const vague = new RegExp(
  `^(?:_{2,}|…|\\.{3}|\\?+|a few|${some}|several|${certain}|enough|${usual}|in due time|it|one|something)$`,
  'i',
)

const vagueInText = `_{2,}|\\b(?:a few|several|${some}|${certain}|enough|${usual}|in due time|it|one)\\b`

// A name without quotation marks begins with no word that leads to the next slot, and holds none.
const word = `(?!(?:to|from|on|in|for|at|there)\\b)[^\\s\\d".,;:?!|]+`

// A variable is called like none of the words beside which it stands.
const variable = '(?!(?:is|on|adds|costs|exceeds|above|below|beyond|under|known)\\b)[a-z_$][\\w$]*'

const patterns: Readonly<Record<string, string>> = {
  number: `"?${number}"?|${vagueInText}`,
  quoted: `"[^"\\n]*"|${vagueInText}`,
  date: `\\d{4}-\\d{2}-\\d{2}|${vagueInText}`,
  time: `\\d{1,2}:\\d{2}|${vagueInText}`,
  place: `${vagueInText}|${word}(?: ${word}){0,3}?`,
  variable: `${vagueInText}|${variable}`,
}

/** What can stand in a slot of a kind, as the source of an expression. */
export function patternOf(kind: string): string {
  const words = Object.keys(wordsOf[kind] ?? {})
  if (words.length > 0) return `${words.join('|')}|${vagueInText}`
  const nouns = nounsOf[kind]
  if (nouns) {
    const [one, more] = nouns
    return `(?:(?:"?${number}"?|${vagueInText}) )?(?:${more}|${one})\\b|${vagueInText}`
  }
  return patterns[kind] ?? patterns['quoted'] ?? ''
}

/** As above, for whole sentences: there the value of a cell may itself hold one pair of quotation marks. */
export const patternWithQuotes = (kind: string): string =>
  patternOf(kind).replace('"[^"\\n]*"', '"[^"\\n]*(?:"[^"\\n]+"[^"\\n]*)?"')

/** The value that a text in a slot stands for; empty when it stands for none. */
export function meantBy(kind: string, text: string | undefined): string {
  const bare = withoutNoun(kind, (text ?? '').trim()).replace(/^"(.*)"$/s, '$1')
  if (vague.test(bare)) return ''
  const words = wordsOf[kind]
  return words ? (words[bare.toLowerCase()] ?? '') : bare
}

function withoutNoun(kind: string, text: string): string {
  const nouns = nounsOf[kind]
  return nouns ? text.replace(new RegExp(`\\s*\\b(?:${nouns.join('|')})$`, 'i'), '') : text
}

/** How a value is written in a slot. */
export function wordFor(kind: string, value: string): string {
  if (kind === 'quoted') return `"${value}"`
  const [one, more] = nounsOf[kind] ?? ['', '']
  if (more) return `${value || '___'} ${value === '1' ? one : more}`
  const known = Object.entries(wordsOf[kind] ?? {}).find(([, meant]) => meant === value)?.[0]
  return known ?? (value || '___')
}
