import { said } from '../messages.js'
import type { Claim, Proof } from '../schemas/behaviour.js'
import { collapsed } from '../text/collapsed.js'
import type { Fact } from '../text/fact.js'
import { mentions } from '../text/mentions.js'
import { wordsOf } from '../text/normalise.js'
import { callText } from './account.js'
import type { ActionSeen, ActivationSeen, CallSeen, Evidence, ResultSeen } from './evidence.js'
import { assertedIn, isAskTool, noticeIn, questionIn, verdictIn } from './words.js'

/** Questions that rules ask of evidence. Steps are those of the faulted trial; all is in the order of the steps. */

const mostShown = 160

/** A proof: what is to be seen at a step. */
export const proof = (step: number, shows: Claim, what: string | null = null): Proof => ({
  step,
  shows,
  what: what === null ? null : what.slice(0, mostShown),
})

/** The proof that the trial came to its end. */
export const ended = ({ trial }: Evidence): Proof => proof(trial.end.step, 'ends', trial.end.answer)

/** Whether a reply was put into its agent's mouth by the injection. */
function isInjected({ injections }: Evidence, { key, said }: CallSeen): boolean {
  return injections.some(
    ({ site, after }) =>
      site === `call:${key}` && after.length === 1 && collapsed(after[0] ?? '') === collapsed(said),
  )
}

/** Model calls behind the first injection, without the replies that the injection itself wrote. */
export function callsAfter(evidence: Evidence): readonly CallSeen[] {
  const { trial, since } = evidence
  return trial.calls.filter((call) => call.step > since && !isInjected(evidence, call))
}

/** All that a call's prompt says, with single spaces. */
export const collapsedReads = ({ read }: CallSeen): string => collapsed(read)

/** Whether a call was made by an agent, or by one nested in it. */
export const isOf = (agent: string, within: string): boolean =>
  agent === within || agent.startsWith(`${within}/`)

/** Whether the injection changed what agents read, and nothing that anybody said. */
export function isPromptChanged({ injections, trial }: Evidence): boolean {
  return injections.every(({ site, after }) => {
    if (site.startsWith('input:')) return true
    const call = trial.calls.find(({ key }) => site === `call:${key}`)
    return call !== undefined && collapsed(after.join('\n\n')) !== collapsed(call.said)
  })
}

/**
 * Agents that received the changed payload: those whose prompt was changed, or else those in whose prompts the changed text or
 * a planted fact came up later. Where nothing was left of what was said, its author goes on without it.
 */
export function receiversOf(evidence: Evidence): ReadonlySet<string> {
  const { injections, planted } = evidence
  const after = callsAfter(evidence)
  if (isPromptChanged(evidence)) {
    const hit = ({ agent }: CallSeen) => injections.some((one) => isOf(agent, one.agent))
    return new Set(after.filter(hit).map(({ agent }) => agent))
  }
  const texts = injections.flatMap((one) => one.after.map(collapsed)).filter((text) => text !== '')
  const emptied = injections.filter(
    (one) => one.after.join('') === '' && one.before.join('') !== '',
  )
  const isReader = (call: CallSeen) => {
    const read = call.prompt.map((message) => collapsed(said(message)))
    return (
      emptied.some(({ agent }) => isOf(call.agent, agent)) ||
      texts.some((text) => read.some((one) => one.includes(text))) ||
      planted.some(mentions(call.read))
    )
  }
  return new Set(after.filter(isReader).map(({ agent }) => agent))
}

/** The call of the baseline that happened at the same place. */
export const twinOf = ({ baseline }: Evidence, { key }: CallSeen): CallSeen | null =>
  baseline.calls.find((call) => call.key === key) ?? null

/** Model calls that the baseline lacks: the later ones of agents that called more often than there. */
export function extraCalls(evidence: Evidence): readonly CallSeen[] {
  const allowed = countBy(evidence.baseline.calls.map(({ agent }) => agent))
  const used = new Map<string, number>()
  return evidence.trial.calls.filter(({ agent, step }) => {
    const times = (used.get(agent) ?? 0) + 1
    used.set(agent, times)
    return times > (allowed.get(agent) ?? 0) && step > evidence.since
  })
}

/** How often each value comes. */
export function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** The facts that a call's reply stands for: stated otherwise than in doubt. Calls of tools and deliverables always count. */
export const carriedIn = (
  { said }: Pick<CallSeen, 'said'>,
  facts: readonly Fact[],
): readonly Fact[] => (facts.length === 0 ? [] : facts.filter(mentions(assertedIn(said))))

/** The first of some calls whose reply carries one of the facts, as proof; null when none does. */
export function firstCarrying(calls: readonly CallSeen[], facts: readonly Fact[]): Proof | null {
  for (const call of calls) {
    const [fact] = carriedIn(call, facts)
    if (fact) return proof(call.step, 'says', fact.text)
  }
  return null
}

/** The first word of doubt about what was changed that no agent of the baseline said; null when there is none. */
export function noticeOf(
  evidence: Evidence,
  {
    calls = callsAfter(evidence),
    facts = [...evidence.planted, ...evidence.lost],
    subjects = [],
  }: Readonly<{
    calls?: readonly CallSeen[]
    facts?: readonly Fact[]
    subjects?: readonly string[]
  }> = {},
): Proof | null {
  const before = evidence.baseline.calls.map(({ said }) => collapsed(said))
  for (const call of calls) {
    const sentence = noticeIn(call.said, facts, subjects)
    if (sentence === null || before.some((said) => said.includes(collapsed(sentence)))) continue
    return proof(call.step, 'doubts', sentence)
  }
  return null
}

/** The first rejection that the baseline has not at the same place; null when there is none. */
export function rejectionOf(evidence: Evidence, calls = callsAfter(evidence)): Proof | null {
  for (const call of calls) {
    if (verdictIn(call.reply.text) !== 'rejects') continue
    const twin = twinOf(evidence, call)
    if (twin && verdictIn(twin.reply.text) === 'rejects') continue
    return proof(call.step, 'rejects', call.reply.text.trim())
  }
  return null
}

/** Questions to a colleague or a person that no agent of the baseline asked. */
export function asksOf(evidence: Evidence, calls = callsAfter(evidence)): readonly Proof[] {
  const { baseline, canAsk } = evidence
  const asked = new Set(baseline.calls.flatMap((call) => questionsAt(call, canAsk)))
  return calls.flatMap((call) =>
    questionsAt(call, canAsk)
      .filter((text) => !asked.has(text))
      .map((text) => proof(call.step, 'asks', text)),
  )
}

function questionsAt({ reply }: CallSeen, canAsk: Evidence['canAsk']): readonly string[] {
  const tools = (reply.toolCalls ?? [])
    .filter(({ name }) => isAskTool(name))
    .map(({ name, args }) => callText(name, args))
  const said = canAsk === 'nobody' ? null : questionIn(reply.text)
  return said === null ? tools : [...tools, said]
}

/** Answers of tools to calls that no agent of the baseline made. */
export function newResults(evidence: Evidence): readonly ResultSeen[] {
  const { trial, baseline, since } = evidence
  const known = new Set(
    baseline.results.flatMap(({ call }) => (call ? [callText(call.name, call.args)] : [])),
  )
  return trial.results.filter(
    ({ step, call }) => step > since && call !== null && !known.has(callText(call.name, call.args)),
  )
}

/** Actions behind the first injection, without those that the injection itself put into somebody's mouth. */
function actionsAfter(evidence: Evidence): readonly ActionSeen[] {
  const own = new Set(callsAfter(evidence).map(({ step }) => step))
  const { trial } = evidence
  return trial.actions.filter(({ step, kind }) => own.has(step) || kind === 'answer')
}

/** Actions of the baseline from the place of the injection on, as far as that can be told by their number per agent. */
function baselineActionsAfter(evidence: Evidence): readonly ActionSeen[] {
  const { trial, baseline, since } = evidence
  const before = countBy(trial.calls.filter(({ step }) => step < since).map(({ agent }) => agent))
  const used = new Map<string, number>()
  const early = new Set<number>()
  for (const { agent, step } of baseline.calls) {
    const times = (used.get(agent) ?? 0) + 1
    used.set(agent, times)
    if (times <= (before.get(agent) ?? 0)) early.add(step)
  }
  return baseline.actions.filter(({ step }) => !early.has(step))
}

/** An action as a text that is equal for equal actions of the same agent. */
export const actionText = ({ agent, kind, text }: ActionSeen): string => `${agent} ${kind} ${text}`

/** The first action behind the injection that the baseline has as well; null when none is the same. */
export function sameAction(
  evidence: Evidence,
  is: (action: ActionSeen) => boolean = () => true,
): ActionSeen | null {
  const known = new Set(baselineActionsAfter(evidence).map(actionText))
  return actionsAfter(evidence).find((one) => is(one) && known.has(actionText(one))) ?? null
}

/** The last deliverable or answer behind the injection: what is in force at the end. Null when there is none. */
function lastWork(evidence: Evidence): ActionSeen | null {
  return (
    actionsAfter(evidence).findLast(({ kind }) => kind === 'deliverable' || kind === 'answer') ??
    null
  )
}

/**
 * Whether what the fault had hit was reached after all: the work that is in force at the end equals a work of the
 * baseline. The oracle is not asked: a right answer by another way is not looked at here, and a wrong one may be reached.
 */
export function reachedIn(evidence: Evidence): ActionSeen | null {
  const works = new Set(
    evidence.baseline.actions
      .filter(({ kind }) => kind === 'deliverable' || kind === 'answer')
      .map(({ text }) => answerText(text)),
  )
  const last = lastWork(evidence)
  return last && works.has(answerText(last.text)) ? last : null
}

/** A deliverable that is the answer is the same as the answer. */
const answerText = (text: string): string => text.replace(/^\w{0,20}: /, '').toLowerCase()

/** Activations behind the injection, of the agents that messages were added for, which led to no model call. */
export function droppedActivations(
  { trial, since }: Evidence,
  receivers: readonly string[],
): readonly ActivationSeen[] {
  return trial.activations.filter(
    ({ step, agent, calls }) => step > since && receivers.includes(agent) && calls.length === 0,
  )
}

/** Five-word shingles of a text: how whole sentences are recognised. */
export function shinglesOf(text: string): ReadonlySet<string> {
  const words = wordsOf(text)
  return new Set(words.slice(4).map((_, at) => words.slice(at, at + 5).join(' ')))
}

/** The share of some shingles that a text holds, 0 to 1. */
export function shareIn(shingles: ReadonlySet<string>, text: string): number {
  if (shingles.size === 0) return 0
  const held = shinglesOf(text)
  let found = 0
  for (const shingle of shingles) if (held.has(shingle)) found++
  return found / shingles.size
}
