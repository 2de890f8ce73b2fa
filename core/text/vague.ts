import type { Fact } from './fact.js'

/** Vague words for a fact, and how much of what stands around it goes with it. */
type Vague = Readonly<{ back: number; forth: number; words: string }>

const types: readonly Fact['type'][] = [
  'number',
  'date',
  'ordinal',
  'quoted',
  'name',
  'cell',
  'code',
]

// Comparisons that can be said without saying of what more or less: only these.
const comparable =
  /^(?:before|after|first|last|next|top|best|worst|the most|the least|the fewest|most expensive|(?:from )?high(?:est)? to low(?:est)?|(?:from )?low(?:est)? to high(?:est)?|(?:high|larg|bigg|great|long|tall|deep|heavi|wid|fast|low|small|short|light|slow|cheap|old|new|earli)est)$/i
const attribute =
  /^(?:even|odd|positive|negative|prime|distinct|unique|sorted|increasing|decreasing|ascending|descending|(?:lower|upper) ?case|larger|smaller)$/i

/** Whether there are vague words for a fact. */
export const canBeVague = ({ type, text }: Pick<Fact, 'type' | 'text'>): boolean =>
  types.includes(type) || (type === 'comparator' && (comparable.test(text) || attribute.test(text)))

/**
 * Words that leave open what a fact says and fit in its place; `before` and `after` are what stands around it.
 *
 * @example
 * 3 in 'for 3 nights'  ->  a few
 */
export function vagueWords(fact: Fact, before: string, after: string): Vague {
  switch (fact.type) {
    case 'date':
      return vagueDate(before)
    case 'number':
      return vagueNumber(fact, before, after)
    case 'ordinal':
      return withArticle(before, 'certain')
    case 'comparator':
      return vagueComparison(fact, before, after)
    default:
      return vagueName(fact, before, after)
  }
}

const as = (words: string, back = 0, forth = 0): Vague => ({ back, forth, words })

const bound =
  /\b(?:at least|at most|more than|less than|no more than|no less than|up to|exactly) $/i
const determiner =
  /(?:^|\s)(?:the|its|their|his|her|my|our|your|each|every|no|one|same|this|that|these|those|next|last|first|past|other) $/iu
const determined =
  /(?:^|\s)(?:the|a|an|its|their|each|every|no|one|same|this|that|(?:[\p{L}]+est)|most|least|higher|lower|larger|smaller|second|third|fourth|fifth|first|last|total) $/iu
const asking = /(?:^|\s)(?:which|what|whose) $/i
const dating = /\b(?:in|since|after|before|until|by|of) $/i
// What may stand behind a number without being what is counted.
const noNoun =
  /^ (?:in|on|at|of|and|or|to|for|per|than|when|as|from|by|but|if|is|was|are|were|be|that|which|who|with|after|before|the|an?|off|times?)\b/i

function vagueDate(before: string): Vague {
  const back = /\b(?:on|at|in|by) $/i.exec(before)?.[0].length ?? 0
  return as(back > 0 ? 'in due time' : 'some time', back)
}

function vagueNumber({ text }: Fact, before: string, after: string): Vague {
  // "a 6-ounce steak", "a 5% discount": what has an article keeps one that fits.
  if (/(?:^|\s)an? $/i.test(before)) return withArticle(before, 'certain', unitBehind(after))
  if (/^(?:1[5-9]|20)\d\d$/.test(text) && dating.test(before)) return as('a certain year')
  const unit = /^[-−+]?[\d.,]+ ?(\p{L}{2,})$/u.exec(text)?.[1]
  if (unit) return counted(` ${unit}`, before)
  const isCounting = /^[- ]\p{Ll}/u.test(after) && !noNoun.test(after)
  if (isCounting) return counted('', before, after[0] === '-' ? 1 : 0)
  return as(/%|percent/.test(text) ? 'a certain share' : amount(text, before))
}

/** Vague words for how many; a dash that bound the number to its noun becomes a space. */
function counted(unit: string, before: string, dash = 0): Vague {
  if (/^ (?:hour|minute|second|day)$/.test(unit)) return as('some time')
  const gap = dash > 0 ? ' ' : unit
  const back = bound.exec(before)?.[0].length ?? 0
  if (back > 0) return as(`enough${gap}`, back, dash)
  return as((determiner.test(before) ? 'few' : 'a few') + gap, 0, dash)
}

/** How much of what follows a number belongs to it: the unit that a dash binds to it. */
const unitBehind = (after: string): number => /^-\p{Ll}+(?= \p{L})/u.exec(after)?.[0].length ?? 0

const amount = (text: string, before: string): string =>
  /[$€£¥]|USD|EUR/.test(text) || !/\b(?:was|is|were|are|turns?|age) $/i.test(before)
    ? 'a certain amount'
    : 'a certain number'

/** Words with the article that fits them, in place of the one that stands there. */
function withArticle(before: string, words: string, forth = 0): Vague {
  const article = /(?:^|\s)(the|an?) $/i.exec(before)?.[1]
  if (article === undefined) return as(words, 0, forth)
  return as(`${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`, article.length + 1, forth)
}

function vagueName(fact: Fact, before: string, after: string): Vague {
  const open = /["“«'‘`]$/.exec(before)?.[0].length ?? 0
  const isQuoted = open > 0 && /^["”»'’`]/.test(after)
  const lead = isQuoted ? before.slice(0, -open) : before
  const marks = isQuoted ? ([open, 1] as const) : ([0, 0] as const)
  if (asking.test(lead) || determined.test(lead)) return as('one', ...marks)
  if (isQuoted || fact.type !== 'name') return as('the usual one', ...marks)
  return as(/\b(?:in|at|to|from) $/i.test(lead) ? 'the usual place' : 'somebody', ...marks)
}

const some = (before: string): Vague => as('some', /(?:^|\s)the $/i.test(before) ? 4 : 0)

/** Degrees as they are said of something that need not be the one furthest in anything. */
const degrees: Readonly<Record<string, string>> = {
  best: 'good',
  worst: 'bad',
  'most expensive': 'expensive',
  top: 'good',
  'the most': 'many',
  'the least': 'few',
  'the fewest': 'few',
  before: 'around',
  after: 'around',
}

function vagueComparison({ text }: Fact, before: string, after: string): Vague {
  const said = text.toLowerCase()
  if (/ to /.test(said)) return as('in a suitable order', /\bfrom $/i.exec(before)?.[0].length ?? 0)
  if (attribute.test(said)) return withArticle(before, 'suitable')
  if (/^(?:first|last|next)$/.test(said)) {
    // "the first n integers": of several none is certain.
    if (/^ (?:\d|\p{L}\b|two|three|four|five|few)/u.test(after)) return some(before)
    return withArticle(before, 'certain')
  }
  const known = degrees[said]
  if (known && said !== 'best' && said !== 'worst' && said !== 'top') return as(known)
  const stem = said.replace(/iest$/, 'y').replace(/est$/, '')
  const plain = known ?? (/^(?:larg|wid)$/.test(stem) ? `${stem}e` : stem.replace(/gg$/, 'g'))
  return withArticle(before, plain)
}
