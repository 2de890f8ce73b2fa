import { type Reply, say } from '../../wording.js'
import { firstDifference, isColumnSlot } from '../steps.js'
import type { Situation } from './situation.js'

/** Names the kind of error that the newest rejection proves: row, column or final step. */
export function route({ sight, mind }: Situation): Reply {
  const corrections = sight.verdicts.findLast(({ approves }) => !approves)?.corrections ?? []
  const plan = sight.answers.findLast(({ plan }) => plan !== null)?.plan?.steps ?? []
  const kinds = corrections.map(({ number, step }) => {
    const theirs = plan[number - 1]
    const slot = theirs ? firstDifference([step], [theirs])?.slot : undefined
    if (slot && isColumnSlot(slot)) return 'column'
    return step.op === 'find' || step.op === 'sort' || slot === 'row' ? 'row' : 'final step'
  })
  const kind = kinds[0] ?? 'final step'
  mind.note(`routed: ${kind}`)
  return say(`The kind of error is: ${kind}.`)
}
