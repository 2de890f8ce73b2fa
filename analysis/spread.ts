import { receiversOfAdded } from '../core/evidence/copies.js'
import type { CallSeen, Evidence } from '../core/evidence/evidence.js'
import {
  callsAfter,
  carriedIn,
  droppedActivations,
  extraCalls,
  receiversOf,
  shareIn,
  shinglesOf,
  twinOf,
} from '../core/evidence/seen.js'
import { assertedIn } from '../core/evidence/words.js'
import type { Spread } from '../core/schemas/behaviour.js'
import { collapsed } from '../core/text/collapsed.js'
import { facts } from '../core/text/facts.js'
import { mentions } from '../core/text/mentions.js'

/**
 * How far a fault came. A model call is tainted when its reply carries what was planted: a fact, or a passage of injected
 * text. Where nothing was planted, since something was lost, misdirected or swollen, it is tainted when an agent that
 * got the changed payload, or read a tainted reply, acts otherwise than its twin.
 *
 * The fault is contained at the first model call behind the last tainted one, or, when nobody passed it on, at the
 * activation that dropped it or at the first call that got it. Nothing contained it when the answer carries it or states
 * other facts than the answer without the fault, or when there is none: what is wrong was let through, in whatever words.
 */
export function spreadOf(evidence: Evidence): Spread {
  const after = callsAfter(evidence)
  const tainted = taintedCalls(evidence)
  const divergent = after.find((call) => isDivergent(evidence, call))
  const last = tainted.at(-1)
  return {
    injected: evidence.since,
    agents: [...new Set(tainted.map(({ agent }) => agent))],
    firstDivergent: divergent?.step ?? null,
    lastTainted: last?.step ?? null,
    contained: containedAt(evidence, after, last),
  }
}

/** Model calls that passed the fault on, without those replies that the injection wrote itself. */
export function taintedCalls(evidence: Evidence): readonly CallSeen[] {
  const after = callsAfter(evidence)
  const isTainted = taintIn(evidence, after)
  return after.filter((_, at) => isTainted[at])
}

/** Whether the fault changed nothing but deliveries. */
export const isRouted = ({ injections }: Pick<Evidence, 'injections'>): boolean =>
  injections.every(({ site }) => site.startsWith('delivery:'))

/** Whether a call said something else than the call of the baseline at the same place, or has none there. */
function isDivergent(evidence: Evidence, call: CallSeen): boolean {
  const twin = twinOf(evidence, call)
  return twin === null || collapsed(twin.said) !== collapsed(call.said)
}

function taintIn(evidence: Evidence, after: readonly CallSeen[]): readonly boolean[] {
  const carried = carrying(evidence)
  if (carried) return after.map(carried)
  const receivers = receiversOf(evidence)
  // Of copies it is the being woken that goes on; of all else only what is done otherwise.
  const woken = isRouted(evidence) ? new Set(extraCalls(evidence).map(({ step }) => step)) : null
  const passedOn: string[] = []
  return after.map((call) => {
    const read = collapsed(call.read)
    const got = receivers.has(call.agent) || passedOn.some((text) => read.includes(text))
    const tainted = (got && actsOtherwise(evidence, call)) || woken?.has(call.step) === true
    const text = collapsed(call.reply.text)
    if (tainted && text.length > 0) passedOn.push(text)
    return tainted
  })
}

/** Recognises replies that carry planted facts; null when no fact was planted. */
function carrying({ planted }: Evidence): ((call: CallSeen) => boolean) | null {
  return planted.length > 0 ? (call) => carriedIn(call, planted).length > 0 : null
}

/**
 * Acts count, not words: who calls the tools, writes the blocks and gives the verdicts that somebody does in the baseline does
 * the same, whoever has to do it. Where a call has no act, its words count, other than those of doubt.
 */
function actsOtherwise(evidence: Evidence, call: CallSeen): boolean {
  const { trial, baseline } = evidence
  const known = new Set(baseline.actions.map(({ kind, text }) => `${kind} ${text}`))
  const acts = trial.actions.filter(({ step }) => step === call.step)
  if (acts.length > 0) return acts.some(({ kind, text }) => !known.has(`${kind} ${text}`))
  const asserted = assertedIn(call.said)
  if (asserted.trim() === '') return false
  const twin = twinOf(evidence, call)
  if (!twin) return !baseline.calls.some(({ said }) => collapsed(said) === collapsed(call.said))
  return (
    shareIn(shinglesOf(twin.said), asserted) < 0.5 && collapsed(twin.said) !== collapsed(call.said)
  )
}

function containedAt(
  evidence: Evidence,
  after: readonly CallSeen[],
  last: CallSeen | undefined,
): number | null {
  const { trial, planted } = evidence
  const { answer } = trial.end
  if (answer === null || !isAlike(answer, evidence.baseline.end.answer)) return null
  if (!last) {
    const [drop] = droppedActivations(evidence, receiversOfAdded(evidence))
    if (drop) return drop.step
    const receivers = receiversOf(evidence)
    return after.find(({ agent }) => receivers.has(agent))?.step ?? null
  }
  if (planted.length > 0 && carriedIn({ said: answer }, planted).length > 0) return null
  const passedOn = collapsed(last.reply.text)
  // Whom an added delivery never reached has not stopped it.
  const isReader = ({ read }: CallSeen) =>
    !isRouted(evidence) || (passedOn !== '' && collapsed(read).includes(passedOn))
  const next = after.find((call) => call.step > last.step && isReader(call))
  // The last to speak passed it on, so what is in force at the end came from it.
  return next?.step ?? null
}

/** Whether an answer says what that of the baseline says: in the same words, or with all of its facts in others. */
function isAlike(answer: string, twin: string | null): boolean {
  if (twin === null) return false
  if (collapsed(answer).toLowerCase() === collapsed(twin).toLowerCase()) return true
  const stated = facts(twin)
  return stated.length > 0 && stated.every(mentions(answer)) && facts(answer).every(mentions(twin))
}
