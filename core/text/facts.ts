import { type Document, documentOf, type Leaf } from './document.js'
import { type Fact, type FactSpan, normalOf, quantityType } from './fact.js'
import { scan } from './finder.js'
import { type Names, namesIn } from './names.js'
import { remembered } from './remembered.js'
import { cellsOf } from './tables.js'
import { isValue, type Unit, units } from './units.js'

/** A unit of a document, with the leaf that it is in. */
export type PlacedUnit = Unit & Readonly<{ leaf: number }>

/** A text taken apart. */
export type Reading = Readonly<{
  document: Document
  units: readonly PlacedUnit[]
  facts: readonly Fact[]
}>

/** Takes a text apart into units and facts. */
export const read: (text: string) => Reading = remembered(takenApart)

function takenApart(text: string): Reading {
  const document = documentOf(text)
  const placed = document.leaves.flatMap((leaf, at) =>
    unitsOf(leaf).map((unit) => ({ ...unit, leaf: at })),
  )
  const names = namesIn(text)
  const facts = placed.flatMap((unit, at) => {
    const leaf = document.leaves[unit.leaf]
    return leaf
      ? factsIn(unit, leaf, names).map((fact) => ({ ...fact, leaf: unit.leaf, unit: at }))
      : []
  })
  return { document, units: placed, facts }
}

/** The facts of a text, in the order in which they stand there. */
export function facts(text: string): readonly Fact[] {
  return read(text).facts
}

function unitsOf({ text, key }: Leaf): readonly Unit[] {
  const whole = { start: 0, end: text.length, body: 0, section: '' }
  return key !== null && isValue(text) ? [{ ...whole, kind: 'value' }] : units(text)
}

function factsIn(unit: Unit, { text, key }: Leaf, names: Names): readonly FactSpan[] {
  const body = text.slice(unit.body, unit.end)
  switch (unit.kind) {
    case 'header':
    case 'heading':
      return []
    case 'row':
      return cellsOf({ start: unit.body, end: unit.end, text: body }).map((cell) =>
        whole(cell.text, cell.start, `#${cell.column}`),
      )
    case 'code':
      return scan(body, unit.body).filter(({ type }) => type === 'number' || type === 'quoted')
    case 'value':
    case 'field':
      return isValue(body) ? [trimmed(body, unit.body, key ?? '')] : scan(body, unit.body, names)
    case 'item':
    case 'sentence':
      return scan(body, unit.body, names)
    default:
      return unit.kind satisfies never
  }
}

function trimmed(body: string, offset: number, column: string): FactSpan {
  const text = body.trim()
  return whole(text, offset + body.indexOf(text), column)
}

function whole(text: string, start: number, column: string): FactSpan {
  const type = quantityType(text) ?? 'cell'
  return { type, text, normal: normalOf(type, text), start, end: start + text.length, column }
}
