import { metrics } from '../../core/gate.js'
import { wilson } from '../interval.js'
import { decideFixed, design } from '../sequential.js'
import type { Gate } from './select.js'

/** What so many trials can say at all, whatever comes out. */
export type Reach = Readonly<{
  rule: string
  /** The fewest trials of a system that can pass it, if all go well; null where trials are not what it counts. */
  fewest: number | null
  /** The most trials that the plan asks of a system. */
  planned: number
  /** How many trials a zone takes at most when it is asked in looks; null without a zone. */
  longest: number | null
}>

/** How many trials a gate needs, beside those that the plan has for each system at most. */
export function reachOf(gate: Gate, tasks: number, seeds: number): Reach {
  const { rule, metric, bound, fail, comparison } = gate
  const faults = metric === 'baseline' ? 1 : gate.faults.length
  const planned = tasks * seeds * faults
  if (metrics[metric].kind !== 'proportion') return { rule, fewest: null, planned, longest: null }
  const [pass, other] = comparison === '>=' ? [bound, fail] : [1 - bound, fail && 1 - fail]
  const passes = (n: number) =>
    other === null
      ? wilson(n, n).low >= pass
      : decideFixed({ pass, fail: other }, n, n) === 'passed'
  let fewest = 1
  while (!passes(fewest)) fewest++
  return {
    rule,
    fewest,
    planned,
    longest: other === null ? null : design({ pass, fail: other }).longest,
  }
}
