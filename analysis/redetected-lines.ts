import type { BehavioursLine } from '../core/schemas/behaviours-line.js'
import type { TrialLine } from '../core/schemas/trial-line.js'

/** Lines with what was recognised in their traces later, where that is known. */
export function redetectedLines(
  lines: readonly TrialLine[],
  again: readonly BehavioursLine[],
): readonly TrialLine[] {
  const known = new Map(again.map((one) => [one.key, one]))
  return lines.map((line) => {
    const found = known.get(line.key)
    if (found?.attempt !== line.attempt) return line
    const { behaviours, noticed, spread } = found
    return { ...line, behaviours, noticed, spread }
  })
}
