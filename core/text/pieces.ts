import { read } from './facts.js'
import { blocks } from './fences.js'
import { parseJson } from './json.js'
import { isRow } from './tables.js'

/**
 * A text cut into at most so many pieces, in order, nothing lost but white space between them. It is cut between lines, and
 * between sentences when it has one line; code, tables and JSON stay whole, and a heading stays with what it heads.
 */
export function inPieces(text: string, count: number): readonly string[] {
  const atoms = parseJson(text) ? [text.trim()] : atomsOf(text)
  const pieces = Math.max(1, Math.min(count, atoms.length))
  return Array.from({ length: pieces }, (_, at) => {
    const from = Math.floor((at * atoms.length) / pieces)
    const to = Math.floor(((at + 1) * atoms.length) / pieces)
    return atoms.slice(from, to).join(isProse(text) ? ' ' : '\n')
  })
}

const isProse = (text: string): boolean => !text.trim().includes('\n')

function atomsOf(text: string): readonly string[] {
  if (isProse(text)) return sentences(text.trim())
  const atoms: string[] = []
  let keepsOn = false
  const add = (part: string, joins: boolean) => {
    const last = atoms.length - 1
    if (joins && last >= 0) atoms[last] = `${atoms[last]}\n${part}`
    else atoms.push(part)
  }
  for (const block of blocks(text)) {
    if (block.kind === 'fence') {
      add(text.slice(block.start, block.end), keepsOn)
      keepsOn = false
      continue
    }
    let wasRow = false
    for (const line of block.lines) {
      if (line.text.trim() === '') continue
      const row = isRow(line.text)
      add(line.text, keepsOn || (row && wasRow))
      keepsOn = /^ {0,3}#{1,6} |:\s*$/.test(line.text)
      wasRow = row
    }
  }
  return atoms
}

/** The sentences of one line, with whatever stands between them. */
function sentences(line: string): readonly string[] {
  const { units, document } = read(line)
  if (document.leaves.length !== 1 || units.length < 2) return [line]
  const starts = units.map(({ start }) => start)
  return starts.map((start, at) => line.slice(at === 0 ? 0 : start, starts[at + 1]).trim())
}
