import type { ToolCall } from '../messages.js'
import { facts } from '../text/facts.js'
import { mentions } from '../text/mentions.js'
import { callText } from './account.js'
import type { CallSeen, Evidence, Finding, ResultSeen } from './evidence.js'
import {
  callsAfter,
  countBy,
  ended,
  extraCalls,
  newResults,
  noticeOf,
  proof,
  reachedIn,
  rejectionOf,
} from './seen.js'

/** Rules for a call of a tool that was changed: who made the right one after all, or got its facts otherwise. */

type Changed = Readonly<{
  agent: string
  step: number
  /** Calls that the agent had meant, as the baseline has them; none when they stood in its words. */
  meant: readonly ToolCall[]
  /** What the tools answered to those in the baseline. */
  answers: readonly ResultSeen[]
  /** Names of the tools, meant and called. */
  tools: readonly string[]
}>

function changedCall(evidence: Evidence): Changed | null {
  const [first] = evidence.injections
  if (!first) return null
  const twin = evidence.baseline.calls.find(({ key }) => first.site === `call:${key}`)
  const called = evidence.trial.calls.find(({ key }) => first.site === `call:${key}`)
  const meant = twin?.reply.toolCalls ?? []
  const ids = new Set(meant.map(({ id }) => id))
  return {
    agent: first.agent,
    step: first.step,
    meant,
    answers: evidence.baseline.results.filter(
      ({ call }) => call?.id !== undefined && ids.has(call.id),
    ),
    tools: [
      ...meant.map(({ name }) => name),
      ...(called?.reply.toolCalls ?? []).map(({ name }) => name),
      ...(called?.reply.invalidToolCalls ?? []).map(({ name }) => name),
    ].filter((name) => name !== ''),
  }
}

const makes = (call: CallSeen, { meant }: Changed): string | null => {
  const made = new Set((call.reply.toolCalls ?? []).map(({ name, args }) => callText(name, args)))
  const same = meant.find(({ name, args }) => made.has(callText(name, args)))
  return same ? callText(same.name, same.args) : null
}

/** The agent itself makes the call that it had meant, in a later model call that saw what came of the wrong one. */
export function correctedByAgent(evidence: Evidence): Finding | null {
  const changed = changedCall(evidence)
  if (!changed) return null
  const { trial, baseline } = evidence
  for (const call of callsAfter(evidence)) {
    const text = call.agent === changed.agent ? makes(call, changed) : null
    if (text === null) continue
    // Where the baseline makes it twice as a matter of course, making it once is no correction.
    const isUsual = timesMade(trial.calls, changed, text) < timesMade(baseline.calls, changed, text)
    if (!isUsual) return [...seenBefore(evidence, changed, call), proof(call.step, 'calls', text)]
  }
  return null
}

/** What the tool layer had answered to the wrong call, as the agent saw it. */
function seenBefore(
  { trial }: Evidence,
  { step: since, agent }: Changed,
  { step: until }: CallSeen,
) {
  const seen = trial.results.find(
    ({ step, caller }) => step > since && step < until && caller === agent,
  )
  return seen ? [proof(seen.step, seen.failed ? 'fails' : 'answers', seen.text)] : []
}

function timesMade(calls: readonly CallSeen[], { agent }: Changed, text: string): number {
  const made = calls
    .filter((call) => call.agent === agent)
    .flatMap(({ reply }) => (reply.toolCalls ?? []).map(({ name, args }) => callText(name, args)))
  return countBy(made).get(text) ?? 0
}

/** The wrong call was repaired or repeated without a word about it: by a parser, a retry, or somebody whose turn came again. */
export function retriedBySystem(evidence: Evidence): Finding | null {
  const changed = changedCall(evidence)
  if (!changed || spokenOf(evidence, changed)) return null
  const { trial, since } = evidence
  const again = trial.trace.steps.findIndex(
    (one, step) => step > since && one.kind === 'start' && one.attempt > 0,
  )
  if (again >= 0 && reachedIn(evidence)) return [proof(again, 'extra', 'retry')]
  const repaired = trial.results.find(
    ({ step, caller, text, failed }) =>
      step > since &&
      caller === changed.agent &&
      !failed &&
      changed.answers.some((answer) => !answer.failed && answer.text.trim() === text.trim()),
  )
  if (repaired && extraCalls(evidence).length === 0) {
    return [proof(repaired.step, 'answers', repaired.text)]
  }
  const anew = extraCalls(evidence).find((call) => makes(call, changed) !== null)
  return anew ? [proof(anew.step, 'calls', makes(anew, changed))] : null
}

/** Another call, or another agent, brings what the call that was meant would have brought, and it is used. */
export function reachedOtherwise(evidence: Evidence): Finding | null {
  const changed = changedCall(evidence)
  if (!changed) return null
  const later = evidence.baseline.calls.filter(({ step }) =>
    changed.answers.some((answer) => step > answer.step),
  )
  const isUsed = mentions(later.map(({ said }) => said).join('\n\n'))
  const known = new Set(
    evidence.trial.results
      .filter(({ step }) => step < evidence.since)
      .flatMap(({ text }) => facts(text).map(({ normal }) => normal)),
  )
  const wanted = changed.answers
    .flatMap(({ text }) => facts(text))
    .filter((fact) => isUsed(fact) && !known.has(fact.normal) && !mentions(evidence.taskText)(fact))
  if (wanted.length === 0) return null
  const extra = new Set(extraCalls(evidence).map(({ agent }) => agent))
  const sources = [
    ...newResults(evidence),
    ...evidence.trial.results.filter(
      ({ step, caller }) => step > evidence.since && caller !== null && extra.has(caller),
    ),
  ]
  for (const { step, text } of sources) {
    const fact = wanted.find(mentions(text))
    const user =
      fact && callsAfter(evidence).find((call) => call.step > step && mentions(call.said)(fact))
    if (fact && user)
      return [proof(step, 'answers', fact.text), proof(user.step, 'says', fact.text)]
  }
  return null
}

/** Somebody speaks of the error or tries again, and yet the work that is in force is another than without the fault. */
export function triedInVain(evidence: Evidence): Finding | null {
  const changed = changedCall(evidence)
  if (!changed || reachedIn(evidence)) return null
  const spoken = spokenOf(evidence, changed)
  if (spoken) return [spoken, ended(evidence)]
  const again = extraCalls(evidence).find(({ agent }) => agent === changed.agent)
  return again ? [proof(again.step, 'extra', again.agent), ended(evidence)] : null
}

/** Nobody calls a model more often than in the baseline: what the wrong call brought is taken as it is. */
export function takenAsItIs(evidence: Evidence): Finding | null {
  const changed = changedCall(evidence)
  if (!changed || extraCalls(evidence).length > 0) return null
  const next = callsAfter(evidence).find(({ agent }) => agent === changed.agent)
  const result = evidence.trial.results.find(
    ({ step, caller }) => step > changed.step && caller === changed.agent,
  )
  return [
    proof(evidence.since, 'no-extra'),
    ...(result ? [proof(result.step, result.failed ? 'fails' : 'answers', result.text)] : []),
    ...(next && isOther(evidence, next) ? [proof(next.step, 'other', next.said)] : []),
  ]
}

const isOther = ({ baseline }: Evidence, call: CallSeen): boolean =>
  baseline.calls.find(({ key }) => key === call.key)?.said !== call.said

/** A word about the error: of the tools concerned, or a rejection of the work. */
function spokenOf(evidence: Evidence, { tools, answers }: Changed) {
  const stated = answers.flatMap(({ text }) => facts(text))
  return noticeOf(evidence, { facts: stated, subjects: tools }) ?? rejectionOf(evidence)
}
