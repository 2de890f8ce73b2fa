import { canonicalJson } from '../canonical-json.js'
import { type PlainMessage, said, type ToolCall } from '../messages.js'
import type { Step } from '../schemas/trace-line.js'
import { normalise } from '../text/normalise.js'
import type {
  Account,
  ActionSeen,
  ActivationSeen,
  CallSeen,
  ResultSeen,
  Trace,
} from './evidence.js'
import { namedQuestionIn, verdictIn } from './words.js'

const accounts = new WeakMap<Trace, Account>()

/** Reads a trace once, so that rules can ask it questions; the same trace gives the same account. */
export function accountOf(trace: Trace): Account {
  const known = accounts.get(trace)
  if (known) return known
  const account = read(trace)
  accounts.set(trace, account)
  return account
}

function read(trace: Trace): Account {
  const calls = callsIn(trace)
  const ends = numbered(trace).findLast(({ kind }) => kind === 'end')
  const end =
    ends?.kind === 'end'
      ? { step: ends.step, outcome: ends.outcome, answer: ends.answer }
      : { step: Math.max(0, trace.steps.length - 1), outcome: '', answer: null }
  return {
    trace,
    calls,
    results: resultsIn(trace, calls),
    activations: activationsIn(trace, calls),
    actions: [...calls.flatMap(actionsOf), ...answered(end)],
    errors: numbered(trace).flatMap((one) =>
      one.kind === 'error' ? [{ step: one.step, agent: one.agent, error: one.error }] : [],
    ),
    end,
  }
}

const numbered = ({ steps }: Trace): readonly (Step & Readonly<{ step: number }>)[] =>
  steps.map((one, step) => ({ ...one, step }))

const messagesAt = ({ messages }: Trace, at: readonly number[]): readonly PlainMessage[] =>
  at.flatMap((index) => messages[index] ?? []) as readonly PlainMessage[]

function callsIn(trace: Trace): readonly CallSeen[] {
  return trace.steps.flatMap((one, step) => {
    if (one.kind !== 'call') return []
    const [reply] = messagesAt(trace, [one.reply])
    if (!reply) return []
    const prompt = messagesAt(trace, one.prompt)
    const { key, agent } = one
    return [
      { step, key, agent, prompt, reply, read: prompt.map(said).join('\n\n'), said: said(reply) },
    ]
  })
}

/** Answers of tools where a node wrote them, or else where a model first read them. */
function resultsIn(trace: Trace, calls: readonly CallSeen[]): readonly ResultSeen[] {
  const asked = new Map<string, Readonly<{ caller: string; call: ToolCall }>>()
  for (const { agent, reply } of calls) {
    for (const call of reply.toolCalls ?? []) {
      if (call.id && !asked.has(call.id)) asked.set(call.id, { caller: agent, call })
    }
  }
  const seen = new Set<number>()
  return trace.steps.flatMap((one, step) => {
    const at = one.kind === 'write' ? one.messages : one.kind === 'call' ? one.prompt : []
    return at.flatMap((index) => {
      const message = trace.messages[index]
      if (message?.role !== 'tool' || seen.has(index)) return []
      seen.add(index)
      const origin = asked.get(message.toolCallId ?? '')
      const { text, status } = message
      const result = { step, caller: origin?.caller ?? null, call: origin?.call ?? null, text }
      return [{ ...result, failed: status === 'error' }]
    })
  })
}

function activationsIn(trace: Trace, calls: readonly CallSeen[]): readonly ActivationSeen[] {
  const written = new Map<string, { wrote: PlainMessage[]; routes: string[] }>()
  for (const one of trace.steps) {
    if (one.kind !== 'write') continue
    const known = written.get(one.key) ?? { wrote: [], routes: [] }
    known.wrote.push(...messagesAt(trace, one.messages))
    known.routes.push(...one.routes)
    written.set(one.key, known)
  }
  const callsBy = new Map<string, number[]>()
  for (const { key, step } of calls) {
    for (const execution of executionsOf(key)) {
      const known = callsBy.get(execution)
      if (known) known.push(step)
      else callsBy.set(execution, [step])
    }
  }
  return trace.steps.flatMap((one, step) => {
    if (one.kind !== 'start') return []
    const { key, agent } = one
    const { wrote = [], routes = [] } = written.get(key) ?? {}
    return [{ step, key, agent, calls: callsBy.get(key) ?? [], wrote, routes }]
  })
}

/** The executions that a call happened in, the outermost first: `a#0/model#1.0` happened in `a#0` and in `a#0/model#1`. */
function executionsOf(callKey: string): readonly string[] {
  const parts = callKey.replace(/(~\d+)?\.\d+$/, '').split('/')
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}

function actionsOf({ step, agent, reply }: CallSeen): readonly ActionSeen[] {
  const calls = (reply.toolCalls ?? []).map(({ name, args }) => callText(name, args))
  const blocks = blocksIn(reply.text)
  const verdict = verdictIn(reply.text)
  const asked = namedQuestionIn(reply.text)
  return [
    ...calls.map((text) => ({ step, agent, kind: 'tool' as const, text })),
    ...blocks.map((text) => ({ step, agent, kind: 'deliverable' as const, text })),
    ...(verdict ? [{ step, agent, kind: 'verdict' as const, text: verdict }] : []),
    ...(asked ? [{ step, agent, kind: 'question' as const, text: asked }] : []),
  ]
}

/** A call of a tool as one text: equal calls are equal texts. */
export const callText = (name: string, args: Readonly<Record<string, unknown>>): string =>
  `${name}(${canonicalJson(args)})`

const fenced = /^[ \t]*(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)^[ \t]*\1[ \t]*$/gm

const blocksIn = (text: string): readonly string[] =>
  [...text.matchAll(fenced)].map(
    ([, , kind = '', body = '']) => `${kind.trim()}: ${normalise(body)}`,
  )

const answered = ({ step, answer }: Account['end']): readonly ActionSeen[] =>
  answer === null ? [] : [{ step, agent: '', kind: 'answer', text: normalise(answer) }]
