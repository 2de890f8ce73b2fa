import { groupBy } from '../core/lists.js'
import type { Behaviour } from '../core/schemas/behaviour.js'
import type { Cell } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'

type BehaviourCount = Cell['behaviours'][number]

/**
 * How often each behaviour was recognised, in the order of the rules, then by how often; what nothing known fits comes
 * last. A trial counts once for a behaviour, also when two of its faults led to the same.
 */
export function behaviourCounts(
  counted: readonly TrialLine[],
  ruleOrder: readonly string[],
): BehaviourCount[] {
  const seen = counted.flatMap(({ behaviours, verdict }) =>
    [...groupBy(behaviours, ({ id }) => id)].map(([id, some]) => ({ id, some, verdict })),
  )
  const counts = [...groupBy(seen, ({ id }) => id)].map(([id, trials]) => ({
    id,
    n: trials.length,
    held: trials.filter(({ verdict }) => verdict === 'held').length,
    by: decidersOf(trials.flatMap(({ some }) => some[0] ?? [])),
    undecided: trials.filter(({ some }) => some.some(isUndecided)).length,
  }))
  const places = new Map(ruleOrder.map((id, at) => [id, at]))
  const place = ({ id }: BehaviourCount) =>
    id === null ? Number.POSITIVE_INFINITY : (places.get(id) ?? ruleOrder.length)
  return counts.sort((a, b) => compare(place(a), place(b)) || b.n - a.n || byText(a.id, b.id))
}

/** Whether only a judge model could have said which behaviour it is. */
export const isUndecided = ({ undecided }: Behaviour): boolean => undecided.length > 0

function decidersOf(behaviours: readonly Behaviour[]): BehaviourCount['by'] {
  const by: BehaviourCount['by'] = {}
  for (const { by: decider } of behaviours) {
    if (decider !== null) by[decider] = (by[decider] ?? 0) + 1
  }
  return by
}

// Infinity minus itself is not 0.
const compare = (a: number, b: number): number => (a === b ? 0 : a - b)

const byText = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1)
