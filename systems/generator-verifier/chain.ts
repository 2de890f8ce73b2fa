import type { BuildContext } from '../../core/system.js'
import { agent } from '../agent.js'

/** The agents of one chain in the order in which they work, each under a name of its own. */
export function chainOf(context: BuildContext, number: number) {
  const has = (defence: string) => !context.without.has(defence)
  const [generator, verifier, refiner] = ['generator', 'verifier', 'refiner'].map(
    (job) => `${job}-${number}`,
  ) as [string, string, string]

  const generate = agent(context, generator, 'produce', {
    hears: ['task'],
    reads: ['task', generator],
    usesTools: true,
  })
  const verify = agent(context, verifier, 'review', {
    hears: [generator],
    reads: [...(has('own-source') ? ['task'] : []), generator, verifier],
    usesTools: true,
  })
  const refine = agent(context, refiner, 'revise', {
    hears: [has('verifier') ? verifier : generator],
    reads: ['task', generator, verifier, refiner],
    usesTools: true,
  })
  const first = { id: generator, node: generate }
  const last = { id: refiner, node: refine }
  return has('verifier') ? [first, { id: verifier, node: verify }, last] : [first, last]
}
