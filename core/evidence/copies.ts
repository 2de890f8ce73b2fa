import { said } from '../messages.js'
import type { CallSeen, Evidence, Finding } from './evidence.js'
import {
  actionText,
  countBy,
  droppedActivations,
  ended,
  extraCalls,
  isOf,
  proof,
  twinOf,
} from './seen.js'

/** Rules for deliveries that were added: filtered, read without effect, or read with effect. */

/** Nobody called a model more often than in the baseline, and no prompt holds a message more often than there. */
export function filtered(evidence: Evidence): Finding | null {
  if (extraCalls(evidence).length > 0 || repeatedPrompt(evidence)) return null
  const drops = droppedActivations(evidence, receiversOfAdded(evidence))
  return [
    proof(evidence.since, 'no-extra'),
    ...drops.slice(0, 3).map(({ step, agent }) => proof(step, 'drops', agent)),
    ended(evidence),
  ]
}

/** An added message was read or woke an agent, and everybody did what they do in the baseline. */
export function readWithoutEffect(evidence: Evidence): Finding | null {
  const seen = readAt(evidence)
  return seen && !otherAction(evidence) ? [seen, ended(evidence)] : null
}

/** An added message was read or woke an agent, and somebody did something else, or the trial stalled. */
export function readWithEffect(evidence: Evidence): Finding | null {
  const seen = readAt(evidence)
  const other = otherAction(evidence)
  return seen && other ? [seen, proof(other.step, other.claim, other.what)] : null
}

/** The first sign that an added delivery came through: a model call that the baseline lacks, or a message twice in a prompt. */
function readAt(evidence: Evidence) {
  const [extra] = extraCalls(evidence)
  if (extra) return proof(extra.step, 'extra', extra.agent)
  const repeated = repeatedPrompt(evidence)
  return repeated ? proof(repeated.call.step, 'reads', repeated.text) : null
}

/** The first prompt in which a message comes more often than in the prompt of its twin. */
function repeatedPrompt(evidence: Evidence): Readonly<{ call: CallSeen; text: string }> | null {
  for (const call of evidence.trial.calls) {
    if (call.step <= evidence.since) continue
    const twin = twinOf(evidence, call)
    const usual = countBy((twin?.prompt ?? []).map(said))
    for (const [text, times] of countBy(call.prompt.map(said))) {
      if (text !== '' && times > Math.max(1, usual.get(text) ?? 0)) return { call, text }
    }
  }
  return null
}

/** Deliveries that the injections added, by the names of their nodes. */
export function addedDeliveries({
  injections,
}: Pick<Evidence, 'injections'>): readonly Readonly<{ from: string; to: string }>[] {
  return injections.flatMap(({ before, after, agent }) => {
    const known = new Set(before)
    const parent = agent.includes('/') ? agent.slice(0, agent.lastIndexOf('/') + 1) : ''
    return after
      .filter((line) => !known.has(line))
      .flatMap((line) => {
        const [, from, to] = /^(.+) -> (.+?)(?: x\d+)?$/.exec(line) ?? []
        return from && to ? [{ from: `${parent}${from}`, to: `${parent}${to}` }] : []
      })
  })
}

/** Agents to whom something was delivered that the baseline does not deliver, by the names of their nodes. */
export const receiversOfAdded = (evidence: Evidence): readonly string[] => [
  ...new Set(addedDeliveries(evidence).map(({ to }) => to)),
]

type Other = Readonly<{ step: number; claim: 'other' | 'ends'; what: string | null }>

/**
 * The first action that is not among those of the same agent in the baseline, or the end if one of those is missing. The same
 * action again is no other one, and what the unintended receivers themselves say is what being woken means.
 */
function otherAction(evidence: Evidence): Other | null {
  const { trial, baseline } = evidence
  const woken = receiversOfAdded(evidence)
  const extra = new Set(extraCalls(evidence).map(({ step }) => step))
  const isWoken = ({ step, agent }: Readonly<{ step: number; agent: string }>) =>
    extra.has(step) && woken.some((name) => isOf(agent, name))
  const acts = trial.actions.filter((action) => !isWoken(action))
  const known = new Set(baseline.actions.map(actionText))
  const strange = acts.find((action) => !known.has(actionText(action)))
  if (strange) {
    return strange.kind === 'answer'
      ? { step: strange.step, claim: 'ends', what: trial.end.answer }
      : { step: strange.step, claim: 'other', what: strange.text }
  }
  const done = new Set(trial.actions.map(actionText))
  const isMissing = baseline.actions.some((action) => !done.has(actionText(action)))
  return isMissing || trial.end.answer === null
    ? { step: trial.end.step, claim: 'ends', what: trial.end.answer }
    : null
}
