import { accountOf } from '../core/evidence/account.js'
import type { Account, CallSeen, Trace } from '../core/evidence/evidence.js'
import { actionText, countBy } from '../core/evidence/seen.js'
import {
  assertedIn,
  doubts,
  isAskTool,
  questionIn,
  sentencesOf,
  verdictIn,
} from '../core/evidence/words.js'
import { type PlainMessage, said } from '../core/messages.js'
import type { Claim, Proof } from '../core/schemas/behaviour.js'
import { collapsed } from '../core/text/collapsed.js'
import { normalOf, quantityType } from '../core/text/fact.js'
import { mentions } from '../core/text/mentions.js'
import { wordsOf } from '../core/text/normalise.js'

/** What a claim is checked against. */
type Checked = Readonly<{
  step: number
  what: string | null
  trial: Account
  baseline: Account
  /** The model call at the step. */
  call: CallSeen | null
}>

/**
 * Reads a step again and says why it does not show what a proof claims; null when it does. It knows no rule and no fault:
 * what it finds wrong is a false claim, whoever made it.
 */
export function flawIn({ step, shows, what }: Proof, trace: Trace, before: Trace): string | null {
  if (!trace.steps[step]) return `step ${step} is not in the trace`
  const [trial, baseline] = [accountOf(trace), accountOf(before)]
  const call = trial.calls.find((one) => one.step === step) ?? null
  return checks[shows]({ step, what, trial, baseline, call })
    ? null
    : `step ${step} does not show: ${shows}${what === null ? '' : ` ${what}`}`
}

/** What has to be true of a step for a claim about it. */
const checks: Readonly<Record<Claim, (checked: Checked) => boolean>> = {
  says: ({ call, what }) => call !== null && states(call.said, what),
  quotes: ({ trial, step, what }) =>
    collapsed(textOf(trial.trace, step)).includes(collapsed(what ?? '')),
  calls: ({ call, what }) =>
    (call?.reply.toolCalls ?? []).some(({ name }) => (what ?? '').startsWith(name)),
  doubts: ({ call, what }) =>
    call !== null && states(call.said, what) && (doubts(call.said) || rejects(call)),
  rejects: ({ call }) => call !== null && rejects(call),
  asks: ({ call }) =>
    call !== null &&
    (questionIn(call.reply.text) !== null ||
      (call.reply.toolCalls ?? []).some(({ name }) => isAskTool(name))),
  reads: ({ call, what }) => call !== null && states(call.read, what),
  answers: ({ trial, step, what }) =>
    trial.results.some((one) => one.step === step && states(one.text, what)),
  fails: ({ trial, step, what }) =>
    trial.results.some((one) => one.step === step && one.failed && states(one.text, what)) ||
    trial.errors.some((one) => one.step === step && states(one.error, what)),
  extra: ({ step, trial, baseline }) => isExtra(step, trial, baseline),
  same: ({ step, what, trial, baseline }) =>
    trial.actions.some((one) => one.step === step && isWork(one.text, what ?? '')) &&
    baseline.actions.some(({ text }) => isWork(text, what ?? '')),
  other: ({ call, trial, baseline }) => call !== null && isOther(call, trial, baseline),
  drops: ({ step, trial }) =>
    trial.activations.some((one) => one.step === step && one.calls.length === 0),
  ends: ({ step, what, trial }) =>
    trial.end.step === step && (what === null || (trial.end.answer ?? '').startsWith(what)),
  'never-says': ({ step, what, trial }) =>
    !behind(trial, step).some(({ said: text }) => names(assertedIn(text), what ?? '')),
  'never-reads': ({ call, what }) => call !== null && !states(call.read, what),
  'no-extra': ({ step, trial, baseline }) =>
    !behind(trial, step).some((one) => isExtra(one.step, trial, baseline)),
  'never-doubts': ({ step, what, trial, baseline }) =>
    !behind(trial, step - 1).some(({ said: text }) => isNewDoubt(text, what ?? '', baseline)),
  'in-role': ({ call, what }) => call?.agent === what,
  silent: ({ what, trial, baseline }) =>
    !trial.calls.some(({ agent }) => agent === what) &&
    baseline.calls.some(({ agent }) => agent === what),
}

/** Whether an action is, or begins as, what is claimed; a block that is the answer is the same as the answer. */
function isWork(text: string, what: string): boolean {
  const plain = (one: string) => one.replace(/^\w{0,20}: /, '').toLowerCase()
  return text.startsWith(what) || plain(text).startsWith(plain(what))
}

const rejects = ({ reply }: CallSeen): boolean => verdictIn(reply.text) === 'rejects'

/** Whether a text states what a proof names: as a fact in whatever form, or in these words. */
function states(text: string, what: string | null): boolean {
  if (what === null || names(text, what)) return true
  // Shown texts are cut, and passages are kept as their words alone.
  return (
    collapsed(text).includes(collapsed(what)) ||
    wordsOf(text).join(' ').includes(wordsOf(what).join(' '))
  )
}

/** Whether a text states a fact, whose type is not known here. */
function names(text: string, what: string): boolean {
  const has = mentions(text)
  const types = [quantityType(what) ?? 'name', 'ordinal', 'comparator'] as const
  return types.some((type) => has({ type, normal: normalOf(type, what) }))
}

/** Model calls behind a step, without replies that an injection wrote itself. */
function behind({ calls, trace }: Account, step: number): readonly CallSeen[] {
  const written = new Map(
    trace.steps.flatMap((one) =>
      one.kind === 'injection' ? [[one.site, collapsed(one.after.join('\n\n'))] as const] : [],
    ),
  )
  return calls.filter(
    (call) => call.step > step && written.get(`call:${call.key}`) !== collapsed(call.said),
  )
}

/** Whether a step is a model call, or another attempt, that goes beyond what its agent does in the baseline. */
function isExtra(step: number, { calls, trace }: Account, baseline: Account): boolean {
  const entry = trace.steps[step]
  if (entry?.kind === 'start') return entry.attempt > 0
  const call = calls.find((one) => one.step === step)
  if (!call) return false
  const upToHere = calls.filter((one) => one.agent === call.agent && one.step <= step).length
  return upToHere > (countBy(baseline.calls.map(({ agent }) => agent)).get(call.agent) ?? 0)
}

/** Whether a call does or says what no call of its agent does in the baseline. */
function isOther(call: CallSeen, trial: Account, baseline: Account): boolean {
  const known = new Set(baseline.actions.map(actionText))
  const acts = trial.actions.filter(({ step }) => step === call.step).map(actionText)
  if (acts.some((act) => !known.has(act))) return true
  return !baseline.calls.some(
    ({ agent, said: text }) => agent === call.agent && collapsed(text) === collapsed(call.said),
  )
}

/** Whether a text has a sentence of doubt with one of these words that no agent of the baseline said. */
function isNewDoubt(text: string, about: string, { calls }: Account): boolean {
  const known = collapsed(calls.map(({ said: before }) => before).join('\n'))
  const subjects = wordsOf(about)
  const isAbout = (sentence: string) => {
    const lower = sentence.toLowerCase()
    return subjects.some((word) => lower.includes(word))
  }
  return sentencesOf(text).some(
    (one) => doubts(one) && isAbout(one) && !known.includes(collapsed(one)),
  )
}

/** All that a step holds in words: the messages that it names, or its error. */
function textOf({ messages, steps }: Trace, step: number): string {
  const entry = steps[step]
  if (!entry) return ''
  const at =
    entry.kind === 'call'
      ? [...entry.prompt, entry.reply]
      : entry.kind === 'write'
        ? entry.messages
        : entry.kind === 'start'
          ? entry.input
          : []
  const texts = at
    .flatMap((index) => messages[index] ?? [])
    .map((message) => said(message as PlainMessage))
  if (entry.kind === 'error') texts.push(entry.error)
  if (entry.kind === 'end') texts.push(entry.answer ?? '')
  return texts.join('\n')
}
