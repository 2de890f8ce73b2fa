import type { Proof } from '../schemas/behaviour.js'
import { collapsed } from '../text/collapsed.js'
import type { ActionSeen, CallSeen, Evidence, Finding } from './evidence.js'
import {
  callsAfter,
  collapsedReads,
  ended,
  extraCalls,
  proof,
  reachedIn,
  receiversOf,
  rejectionOf,
} from './seen.js'

/**
 * Rules for agents whose role was blurred. Foreign is what such an agent does and never does in the baseline: a tool, a
 * kind of block or a verdict. It is also disturbed when a colleague to whom it hands over never gets to speak.
 */

type Disturbance = Readonly<{
  own: readonly CallSeen[]
  /** Foreign actions of the agent. */
  foreign: readonly ActionSeen[]
  /** A colleague of the baseline that never spoke. */
  missing: string | null
}>

const kindOf = ({ kind, text }: ActionSeen): string =>
  kind === 'deliverable'
    ? `block ${text.split(':', 1)[0]}`
    : kind === 'tool'
      ? `tool ${text.split('(', 1)[0]}`
      : kind

function disturbanceIn(evidence: Evidence): Disturbance {
  const { trial, baseline } = evidence
  const receivers = receiversOf(evidence)
  const own = callsAfter(evidence).filter(({ agent }) => receivers.has(agent))
  const usual = new Set(baseline.actions.filter(({ agent }) => receivers.has(agent)).map(kindOf))
  const foreign = trial.actions.filter(
    (action) =>
      receivers.has(action.agent) && action.step > evidence.since && !usual.has(kindOf(action)),
  )
  const spoke = new Set(trial.calls.map(({ agent }) => agent))
  const missing = baseline.calls.find(({ agent }) => !spoke.has(agent))?.agent ?? null
  return { own, foreign, missing }
}

const isDisturbed = ({ foreign, missing }: Disturbance): boolean =>
  foreign.length > 0 || missing !== null

function disturbed(evidence: Evidence, found: Disturbance): readonly Proof[] {
  const [first] = found.foreign
  if (first) return [proof(first.step, 'other', first.text)]
  return found.missing === null ? [] : [proof(evidence.trial.end.step, 'silent', found.missing)]
}

/** The agent does what it does in the baseline and nothing of another kind. */
export function stayedInRole(evidence: Evidence): Finding | null {
  const found = disturbanceIn(evidence)
  if (isDisturbed(found) || found.own.length === 0) return null
  return found.own.map(({ step, agent }) => proof(step, 'in-role', agent))
}

/** The agent is disturbed, no foreign tool ran, and no colleague read any of its foreign work. */
export function foreignWorkFiltered(evidence: Evidence): Finding | null {
  const found = disturbanceIn(evidence)
  if (found.foreign.length === 0 || executedForeign(evidence, found)) return null
  const read = readBy(evidence, found)
  if (read || !reachedIn(evidence)) return null
  return [...disturbed(evidence, found), ended(evidence)]
}

/** The agent is disturbed and then does its own work, so that the goal is reached. */
export function correctedItself(evidence: Evidence): Finding | null {
  const found = disturbanceIn(evidence)
  const [first] = found.foreign
  if (!first || !reachedIn(evidence)) return null
  const usual = new Set(
    evidence.baseline.actions.map(({ agent, kind, text }) => `${agent} ${kind} ${text}`),
  )
  const own = evidence.trial.actions.find(
    ({ agent, kind, text, step }) =>
      agent === first.agent && step > first.step && usual.has(`${agent} ${kind} ${text}`),
  )
  return own
    ? [...disturbed(evidence, found), proof(own.step, 'same', own.text), ended(evidence)]
    : null
}

/** The agent is disturbed, and colleagues reject or do more than usual, so that the goal is reached. */
export const peersMadeUp = (evidence: Evidence): Finding | null =>
  reachedIn(evidence) ? withPeers(evidence) : null

/** The agent is disturbed, and what colleagues do about it is not enough. */
export const peersFailed = (evidence: Evidence): Finding | null =>
  reachedIn(evidence) ? null : withPeers(evidence)

function withPeers(evidence: Evidence): Finding | null {
  const found = disturbanceIn(evidence)
  if (!isDisturbed(found)) return null
  const agents = new Set(found.own.map(({ agent }) => agent))
  const peers = callsAfter(evidence).filter(({ agent }) => !agents.has(agent))
  const extra = extraCalls(evidence).find(({ agent }) => !agents.has(agent))
  const act =
    rejectionOf(evidence, peers) ?? (extra ? proof(extra.step, 'extra', extra.agent) : null)
  return act ? [...disturbed(evidence, found), act, ended(evidence)] : null
}

/** A foreign call of a tool was let through and ran. */
export function foreignWorkPassed(evidence: Evidence): Finding | null {
  const found = disturbanceIn(evidence)
  const ran = executedForeign(evidence, found)
  return ran ? [...disturbed(evidence, found), ran] : null
}

/** The agent is disturbed, and nobody rejects or does more than usual. */
export function nobodyReacted(evidence: Evidence): Finding | null {
  const found = disturbanceIn(evidence)
  if (!isDisturbed(found) || rejectionOf(evidence)) return null
  const agents = new Set(found.own.map(({ agent }) => agent))
  if (extraCalls(evidence).some(({ agent }) => !agents.has(agent))) return null
  return [...disturbed(evidence, found), ended(evidence)]
}

function executedForeign({ trial }: Evidence, { foreign }: Disturbance): Proof | null {
  const calls = new Set(
    foreign.filter(({ kind }) => kind === 'tool').map(({ text }) => text.split('(', 1)[0]),
  )
  const agents = new Set(foreign.map(({ agent }) => agent))
  const ran = trial.results.find(
    ({ call, caller, failed }) =>
      !failed && call !== null && calls.has(call.name) && caller !== null && agents.has(caller),
  )
  return ran ? proof(ran.step, 'answers', ran.text) : null
}

/** The first colleague in whose prompt a foreign deliverable or verdict stands. */
function readBy(evidence: Evidence, { foreign }: Disturbance): CallSeen | null {
  const texts = foreign.flatMap(({ step, kind }) => {
    const call = evidence.trial.calls.find((one) => one.step === step)
    return call && kind !== 'tool'
      ? [{ step, agent: call.agent, text: collapsed(call.reply.text) }]
      : []
  })
  return (
    callsAfter(evidence).find((call) =>
      texts.some(
        ({ step, agent, text }) =>
          call.step > step && call.agent !== agent && collapsedReads(call).includes(text),
      ),
    ) ?? null
  )
}
