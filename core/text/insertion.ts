import type { PlacedUnit, Reading } from './facts.js'

/** Where a sentence of the same kind goes behind a unit: the position in the whole text, and what separates them. */
export function placeAfter(
  at: number,
  reading: Reading,
  text: string,
): Readonly<{ at: number; lead: string }> | null {
  const unit = lastOfList(at, reading)
  const offset = reading.document.leaves[unit?.leaf ?? -1]?.offset ?? null
  if (!unit || offset === null) return null
  const [start, end] = [offset + unit.start, offset + unit.end]
  return { at: end, lead: leadOf(unit, start, end, text) }
}

/** The unit itself, or for an item of a list the last one of the list. */
function lastOfList(at: number, { units }: Reading): PlacedUnit | undefined {
  let last = at
  if (units[at]?.kind === 'item') while (units[last + 1]?.kind === 'item') last++
  return units[last]
}

function leadOf(unit: PlacedUnit, start: number, end: number, text: string): string {
  if (unit.kind === 'item') {
    const mark = text.slice(start, start + unit.body - unit.start)
    return `\n${mark.replace(/\d+/, (number) => String(Number(number) + 1))}`
  }
  const lineStart = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const isLine = lineStart.trim() === '' && /^[ \t\r]*(?:\n|$)/.test(text.slice(end, end + 200))
  return isLine ? `\n${lineStart}` : ' '
}
