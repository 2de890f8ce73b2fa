import type { Summary } from '../../core/schemas/summary.js'
import type { Name, Note } from './note.js'
import { points } from './numbers.js'

/** Cells to look at first: a list, no verdict. */
export function lookNotes({ look }: Summary, name: Name): readonly Note[] {
  if (look.length === 0) return []
  const items = look.map(({ system, scenario, fault, damage }) => {
    const size = points(damage)
    const where = `${name(fault)} on ${name(system)}, ${name(scenario)}`
    return size ? `${where}: ${size} points of damage` : where
  })
  const text =
    'Most damage beyond chance (of those listed one in ten may be chance). Decides nothing.'
  return [{ label: 'Worth a look', text, items, tone: 'quiet' }]
}
