import { undressed } from '../table-qa/answers.js'
import { isClose, numberOf } from '../table-qa/numbers.js'

/** A value that answers a question: its text, and what it is. */
export type Target = Readonly<{ text: string; canon: string; type: 'number' | 'string' | 'date' }>

/** Whether a given value is the target: the same text apart from its dress, the same number or the same date. */
export function matches({ text, canon, type }: Target, given: string): boolean {
  const [wanted, found] = [plain(text), plain(given)]
  if (wanted === found) return true
  switch (type) {
    case 'string':
      return false
    case 'number':
      return isSameNumber(numberOf(canon), numberOf(found))
    case 'date':
      return isSameDate(dateOf(canon), dateOf(found))
    default:
      return type satisfies never
  }
}

/** Undressed until nothing comes off any more: a full stop may stand behind a mark, and a mark behind parentheses. */
function plain(text: string): string {
  const less = undressed(text)
  return less === text ? text : plain(less)
}

const isSameNumber = (a: number | null, b: number | null): boolean =>
  a !== null && b !== null && isClose(a, b)

/** Year, month and day; what is left open is a value of its own. */
type Day = readonly [string, string, string]

// A lone year is a number, and a date of which everything is open is none.
function dateOf(text: string): Day | null {
  const [, year = '', month = '', day = ''] =
    /^(xx(?:xx)?|\d{4})-(xx|\d{1,2})-(xx|\d{1,2})$/.exec(text) ?? []
  const parts: Day = [open(year), open(month), open(day)]
  const [, m, d] = parts.map(Number)
  const isThere = parts.some((part) => part !== '' && part !== 'xx')
  const fits = (part: number | undefined, most: number) =>
    part === undefined || Number.isNaN(part) || (part >= 1 && part <= most)
  return isThere && fits(m, 12) && fits(d, 31) ? parts : null
}

const open = (part: string): string => (/^x+$/.test(part) ? 'xx' : part.replace(/^0+(?=\d)/, ''))

const isSameDate = (a: Day | null, b: Day | null): boolean =>
  a !== null && b !== null && a.every((part, at) => part === b[at])
