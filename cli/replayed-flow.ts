import { flowOf, flowWithoutFault } from '../analysis/flow.js'
import { accountOf } from '../core/evidence/account.js'
import { evidenceOf } from '../core/evidence/evidence-of.js'
import type { FlowGraph } from '../core/flow.js'
import type { Lines } from '../engine/line.js'

/** Who read what from whom in a trial, and the way of the first of its faults that acted; null without a trace. */
export function replayedFlow({ line, trace }: Lines, baseline: Lines): FlowGraph | null {
  if (!trace) return null
  const [first] = line.behaviours
  const fault = first?.fault ?? line.injections.find(({ effective }) => effective)?.fault
  const { injections } = line
  const evidence =
    fault !== undefined && line.arm === 'fault' && baseline.trace
      ? evidenceOf({ trace, baseline: baseline.trace, injections, fault })
      : null
  return fault !== undefined && evidence
    ? flowOf(fault, evidence)
    : flowWithoutFault(accountOf(trace), trace.canAsk)
}
