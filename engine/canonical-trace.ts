import { canonicalJson } from '../core/canonical-json.js'
import type { PlainMessage } from '../core/messages.js'
import type { Step, TraceLine } from '../core/schemas/trace-line.js'
import { maskSecrets } from './mask.js'
import { comparePositions, type Event, type Seen, toolNamesOf } from './recorder.js'

type Body = Pick<TraceLine, 'messages' | 'steps'>
type End = Readonly<{ outcome: string; answer: string | null }>

/**
 * The trace of a trial in canonical form: steps in the order of their positions, messages kept once, ids of tool calls
 * numbered in order of appearance, nothing in it that differs between two executions of the same trial.
 */
export function canonicalTrace(events: readonly Event[], end: End): Body {
  const ordered = [...events].sort((a, b) => comparePositions(a.position, b.position))
  const table = messageTable()
  const steps: Step[] = ordered.map((event) => stepOf(event, table.indexOf))
  steps.push({
    kind: 'end',
    key: '',
    agent: '',
    outcome: end.outcome,
    answer: end.answer === null ? null : maskSecrets(end.answer),
  })
  return { messages: table.messages, steps }
}

/** A trace as it would be had nothing been armed: what a placebo and its baseline are compared by. */
export function traceWithoutInjections({ messages, steps }: Body): string {
  return canonicalJson({ messages, steps: steps.filter(({ kind }) => kind !== 'injection') })
}

function stepOf(event: Event, indexOf: (seen: Seen) => number): Step {
  const { key, agent } = event
  switch (event.kind) {
    case 'start': {
      const { attempt, triggers, input } = event
      return {
        kind: 'start',
        key,
        agent,
        attempt,
        triggers: [...triggers],
        input: input.map(indexOf),
      }
    }
    case 'call':
      return {
        kind: 'call',
        key,
        agent,
        prompt: event.prompt.map(indexOf),
        reply: indexOf(event.reply),
        tools: [...toolNamesOf(event)],
        tokens: event.tokens,
        notes: [...(event.notes?.events ?? [])],
        unread: [...(event.notes?.unread ?? [])],
      }
    case 'write':
      return {
        kind: 'write',
        key,
        agent,
        messages: event.messages.map(indexOf),
        routes: [...event.routes],
      }
    case 'error':
      return { kind: 'error', key, agent, error: maskSecrets(event.error) }
    case 'injection': {
      const { fault, site, by, before, after } = event
      return {
        kind: 'injection',
        key,
        agent,
        fault,
        site,
        by,
        before: before.map(maskSecrets),
        after: after.map(maskSecrets),
      }
    }
    default:
      return event satisfies never
  }
}

function messageTable() {
  const messages: TraceLine['messages'] = []
  const byObject = new Map<PlainMessage, number>()
  const byText = new Map<string, number>()
  const callIds = new Map<string, string>()
  const numbered = (id: string) => {
    const known = callIds.get(id) ?? `call-${callIds.size + 1}`
    callIds.set(id, known)
    return known
  }
  const indexOf = ({ plain }: Seen): number => {
    const known = byObject.get(plain)
    if (known !== undefined) return known
    const message = canonicalMessage(plain, numbered)
    const text = canonicalJson(message)
    const index = byText.get(text) ?? messages.push(message) - 1
    byText.set(text, index)
    byObject.set(plain, index)
    return index
  }
  return { messages, indexOf }
}

function canonicalMessage(
  message: PlainMessage,
  numbered: (id: string) => string,
): TraceLine['messages'][number] {
  const { role, name, text, toolCalls, invalidToolCalls, toolCallId, status } = message
  return {
    role,
    ...(name ? { name } : {}),
    text: maskSecrets(text),
    ...(toolCalls
      ? {
          toolCalls: toolCalls.map(({ id, name: tool, args }) => ({
            ...(id ? { id: numbered(id) } : {}),
            name: tool,
            args: JSON.parse(maskSecrets(JSON.stringify(args ?? {}))) as Record<string, unknown>,
          })),
        }
      : {}),
    ...(invalidToolCalls ? { invalidToolCalls: [...invalidToolCalls] } : {}),
    ...(toolCallId ? { toolCallId: numbered(toolCallId) } : {}),
    ...(status ? { status } : {}),
  }
}
