import { comparatorSource } from './comparators.js'
import { dateSource } from './dates.js'
import { type FactSpan, type FactType, normalOf, quantityType } from './fact.js'
import { actsAsPerson, isStarting, lowerCaseNames, type Names, unknownNames } from './names.js'
import { numberSource } from './numbers.js'
import { ordinalSource } from './ordinals.js'

const sources: readonly (readonly [FactType, string])[] = [
  [
    'path',
    String.raw`https?:\/\/[^\s<>"')\]]{1,300}|(?<![\w./])\.{0,2}(?:\/[\w.-]{1,60}){2,12}|(?<![\w./-])[\w-]{1,60}\.(?:json|csv|txt|md|js|ts|py|html|xml|yaml|yml|pdf|png|sql)(?!\w)`,
  ],
  [
    'code',
    String.raw`${'`'}[^${'`'}\n]{1,200}${'`'}|(?<![\w-])(?:[a-z][a-z\d]{0,40}(?:_[a-z\d]{1,40}){1,8}|[a-z]{1,40}(?:[A-Z][a-z\d]{1,40}){1,8})(?![\w-])`,
  ],
  [
    'quoted',
    String.raw`"[^"\n]{1,200}"|“[^”\n]{1,200}”|«[^»\n]{1,200}»|(?<![\p{L}\p{N}])['‘][^'’\n]{1,200}['’](?![\p{L}\p{N}])`,
  ],
  ['date', dateSource],
  ['number', numberSource],
  ['ordinal', ordinalSource],
  ['comparator', comparatorSource],
  [
    'name',
    String.raw`(?<![\p{L}\p{N}_])\p{Lu}[\p{L}\p{M}\p{N}'’-]{0,60}(?: (?:(?:of|de|van|von|der|la|du) )?\p{Lu}[\p{L}\p{M}\p{N}'’-]{0,60}){0,5}`,
  ],
]

const finder = new RegExp(sources.map(([type, source]) => `(?<${type}>${source})`).join('|'), 'gu')
const types = sources.map(([type]) => type)

/** The facts in running text; positions count from `offset`. `names` says how the whole text writes names. */
export function scan(
  text: string,
  offset: number,
  names: Names = unknownNames,
): readonly FactSpan[] {
  const found = [...text.matchAll(finder)].flatMap((match): readonly Found[] => {
    const type = types.find((name) => match.groups?.[name] !== undefined) ?? 'name'
    const one = { type, text: match[0], start: match.index }
    const span = type === 'name' ? properName(one, text, names) : unquoted(one)
    return span && span.text !== '' ? [span] : []
  })
  const all = names.isLowerCase ? withLowerCase(found, text) : found
  return all.map((span) => ({
    ...span,
    normal: normalOf(span.type, span.text),
    start: offset + span.start,
    end: offset + span.start + span.text.length,
    column: '',
  }))
}

function withLowerCase(found: readonly Found[], text: string): readonly Found[] {
  const isFree = ({ start, text: name }: Found) =>
    found.every((one) => one.start + one.text.length <= start || start + name.length <= one.start)
  const names = lowerCaseNames(text).map((name): Found => ({ type: 'name', ...name }))
  return [...found, ...names.filter(isFree)].sort((a, b) => a.start - b.start)
}

type Found = Readonly<{ type: FactType; text: string; start: number }>

/** What stands in quotation marks counts as what it is: a number in quotes is a number. */
function unquoted(found: Found): Found {
  if (found.type === 'path') return { ...found, text: found.text.replace(/[.,;:!?]{1,5}$/, '') }
  if (found.type !== 'quoted' && !found.text.startsWith('`')) return found
  const inner = found.text.slice(1, -1)
  const text = inner.trim()
  return {
    type: quantityType(text) ?? found.type,
    text,
    start: found.start + 1 + inner.indexOf(text),
  }
}

/** A capitalised run without what is capitalised only because a sentence starts there; null if nothing is left. */
function properName({ text, start }: Found, around: string, names: Names): Found | null {
  const isStart = /(?:^|[.?!:]["”’)]?)\s*["“(*]*$/u.test(
    around.slice(Math.max(0, start - 12), start),
  )
  const words = text.split(' ')
  const [first = ''] = words
  const isStarter = isStarting(first) || /^\p{Lu}['’]/u.test(first)
  const isPerson = isStart && actsAsPerson(first, around.slice(start + first.length), names)
  const isDoubtful = isStart && words.length === 1 && !isPerson
  const kept = isStarter || isDoubtful ? words.slice(1).join(' ') : text
  if (kept === '' || /^\p{Ll}/u.test(kept)) return null
  const at = start + text.length - kept.length
  return { type: 'name', text: kept.replace(/['’]s?$/, ''), start: at }
}
