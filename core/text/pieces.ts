import { read } from './facts.js'
import { blocks } from './fences.js'
import { parseJson } from './json.js'
import { isRow } from './tables.js'

/**
 * A text cut into at most so many pieces, in order, nothing lost but white space between them. It is cut between lines, and
 * between sentences when it has one line; sentences, code, tables and JSON stay whole, and a heading stays with what it
 * heads.
 */
export function inPieces(text: string, count: number): readonly string[] {
  const isLine = !text.trim().includes('\n')
  const atoms = parseJson(text) ? [text.trim()] : isLine ? sentences(text.trim()) : blocksOf(text)
  const pieces = Math.max(1, Math.min(count, atoms.length))
  return Array.from({ length: pieces }, (_, at) => {
    const from = Math.floor((at * atoms.length) / pieces)
    const to = Math.floor(((at + 1) * atoms.length) / pieces)
    return atoms.slice(from, to).join(isLine ? ' ' : '\n')
  })
}

/** Lines with all that must not be parted from them: a line may begin a piece only where something new is said. */
function blocksOf(text: string): readonly string[] {
  const { document, units } = read(text)
  const starts = new Set(
    units.map(({ leaf, start }) => (document.leaves[leaf]?.offset ?? Number.NaN) + start),
  )
  const fences = blocks(text).flatMap((block) => (block.kind === 'fence' ? [block] : []))
  const isFenced = (at: number) => fences.some(({ start, end }) => at > start && at <= end)
  for (const { start } of fences) starts.add(start)
  const found: string[] = []
  let [offset, wasRow, keepsOn] = [0, false, false]
  for (const line of text.split('\n')) {
    const begins = starts.has(offset + line.length - line.trimStart().length)
    const row = isRow(line)
    const joins = keepsOn || !begins || (row && wasRow) || isFenced(offset)
    const last = found.length - 1
    // Between pieces an empty line says nothing; inside code it belongs to it.
    if (line.trim() !== '' || isFenced(offset)) {
      if (joins && last >= 0) found[last] = `${found[last]}\n${line}`
      else found.push(line)
      keepsOn = /^ {0,3}#{1,6} |:\s*$/.test(line)
      wasRow = row
    }
    offset += line.length + 1
  }
  return found
}

/** The sentences of one line, with whatever stands between them. */
function sentences(line: string): readonly string[] {
  const { units, document } = read(line)
  if (document.leaves.length !== 1 || units.length < 2) return [line]
  const starts = units.map(({ start }) => start)
  return starts.map((start, at) => line.slice(at === 0 ? 0 : start, starts[at + 1]).trim())
}
