import { comparatorNormal } from './comparators.js'
import { dateNormal, dateSource } from './dates.js'
import { normalise } from './normalise.js'
import { numberNormal, numberSource } from './numbers.js'
import { ordinalNormal } from './ordinals.js'

/**
 * What kind of detail a fact is. A `cell` is a whole value: of a table, of a
 * field, of JSON, or of a line. A `polarity` is a yes or no; it counts only where nothing else is at hand.
 */
export type FactType =
  | 'number'
  | 'ordinal'
  | 'date'
  | 'quoted'
  | 'code'
  | 'path'
  | 'name'
  | 'cell'
  | 'comparator'
  | 'polarity'

/** A detail that a text states: what, in which form it can be compared, and where. */
export type Fact = Readonly<{
  type: FactType
  text: string
  normal: string
  leaf: number
  start: number
  end: number
  /** Position in the reading's units. */
  unit: number
  /** What a cell is a value of: the key of JSON, or the number of its column. */
  column: string
}>

/** A fact within one unit. */
export type FactSpan = Omit<Fact, 'leaf' | 'unit'>

const onlyDate = new RegExp(`^(?:${dateSource})$`, 'u')
const onlyNumber = new RegExp(`^(?:${numberSource})$`, 'u')

/** What a whole text is, if it is nothing but a number or a date. */
export function quantityType(text: string): 'date' | 'number' | null {
  if (onlyDate.test(text)) return 'date'
  return onlyNumber.test(text) ? 'number' : null
}

/** The form in which a fact of a type can be compared with others. */
export function normalOf(type: FactType, text: string): string {
  switch (type) {
    case 'number':
      return numberNormal(text)
    case 'ordinal':
      return ordinalNormal(text)
    case 'date':
      return dateNormal(text)
    case 'comparator':
      return comparatorNormal(text)
    case 'path':
    case 'code':
    case 'quoted':
    case 'name':
    case 'cell':
    case 'polarity':
      return normalise(text).toLowerCase()
    default:
      return type satisfies never
  }
}
