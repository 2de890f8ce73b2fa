import { dropped } from './cut.js'
import { edited } from './edits.js'
import { read } from './facts.js'
import { occurrences } from './occurrences.js'

/**
 * A text whose last half nobody remembers: its first units are left, and those that hold a protected string. Null when it
 * has only one unit, or when nothing would go.
 *
 * @example
 * 'It costs 40 EUR. It lies in Rome.'  ->  'It costs 40 EUR.'
 */
export function firstHalf(text: string, protect: readonly string[]): string | null {
  const { document, units } = read(text)
  const kept = Math.ceil(units.length / 2)
  return without(text, (at) => at < kept, protect, { document, units })
}

/** What is left of a text of which only protected strings are remembered; empty when it holds none. */
export function onlyProtected(text: string, protect: readonly string[]): string {
  const held = protect.filter((string) => occurrences(text, string).length > 0)
  if (held.length === 0) return ''
  return without(text, () => false, held, read(text)) ?? text
}

function without(
  text: string,
  isKept: (unit: number) => boolean,
  protect: readonly string[],
  { document, units }: Pick<ReturnType<typeof read>, 'document' | 'units'>,
): string | null {
  const holds = (leaf: number, start: number, end: number) => {
    const unit = document.leaves[leaf]?.text.slice(start, end) ?? ''
    return protect.some((string) => occurrences(unit, string).length > 0 || unit.includes(string))
  }
  const gone = units.filter(({ leaf, start, end }, at) => !isKept(at) && !holds(leaf, start, end))
  if (gone.length === 0) return null
  const edits = gone.map((unit) => dropped(unit, document.leaves[unit.leaf]?.text ?? ''))
  const wholeLeaves = new Set(
    document.leaves.flatMap(({ offset }, at) => {
      const all = units.filter(({ leaf }) => leaf === at)
      const isGone = all.length > 0 && all.every((unit) => gone.includes(unit))
      return offset === null && isGone ? [at] : []
    }),
  )
  const left = edited(document, edits, wholeLeaves)
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  // A fence whose content went is a fence around nothing.
  const tidy = left.replace(/^(`{3,}|~{3,})[^\n]*\n\1[ \t]*$\n?/gm, '').trim()
  return tidy === text.trim() || tidy === '' ? null : tidy
}
