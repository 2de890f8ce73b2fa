import type { CallSeen, Evidence } from '../../core/evidence/evidence.js'
import { asksOf, callsAfter, carriedIn, noticeOf, rejectionOf } from '../../core/evidence/seen.js'
import type { FlowEdge } from '../../core/flow.js'
import { taintedCalls } from '../spread.js'

/** What became of the fault at each model call that had read it, by the step of the call. */
export type BecameAt = ReadonlyMap<number, NonNullable<FlowEdge['became']>>

/**
 * What agents did with a fault that they had read. A call that does nothing but ask a tool has not made up its mind: the next
 * call of the agent that says or does something about it tells. Who says nothing more has let it drop.
 */
export function becameOf(evidence: Evidence, readers: ReadonlySet<number>): BecameAt {
  const became = new Map<number, NonNullable<FlowEdge['became']>>()
  const waiting = new Map<string, number[]>()
  const verdict = verdictOn(evidence)
  const after = callsAfter(evidence)
  for (const call of after) {
    const open = waiting.get(call.agent) ?? []
    if (readers.has(call.step)) open.push(call.step)
    waiting.set(call.agent, open)
    if (open.length === 0) continue
    const how = verdict(call)
    if (how === null) continue
    for (const step of open.splice(0)) became.set(step, { how, step: call.step })
  }
  for (const step of [...waiting.values()].flat()) became.set(step, { how: 'dropped', step })
  return became
}

/** What a call made of the fault; null when it is still at work. */
function verdictOn(
  evidence: Evidence,
): (call: CallSeen) => 'carried' | 'dropped' | 'corrected' | null {
  const tainted = new Set(taintedCalls(evidence).map(({ step }) => step))
  return (call) => {
    if (tainted.has(call.step)) return 'carried'
    if (isCorrecting(evidence, call)) return 'corrected'
    return call.reply.text.trim() === '' && call.reply.toolCalls?.length ? null : 'dropped'
  }
}

/** Whether a call states the truth, or doubts, rejects or asks as nobody does in the baseline. */
function isCorrecting(evidence: Evidence, call: CallSeen): boolean {
  const calls = [call]
  return (
    carriedIn(call, evidence.lost).length > 0 ||
    rejectionOf(evidence, calls) !== null ||
    noticeOf(evidence, { calls }) !== null ||
    asksOf(evidence, calls).length > 0
  )
}
