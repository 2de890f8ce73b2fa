import type { Trace } from '../../core/evidence/evidence.js'
import type { Step, TraceLine } from '../../core/schemas/trace-line.js'

type Message = TraceLine['messages'][number]
type Spoken = Readonly<{
  agent: string
  reads?: readonly (string | Message)[]
  says: string | Message
}>

/** One thing that happens in a trace of a test: a model call, a tool's answer, an injection, an idle activation. */
export type Happening =
  | Spoken
  | Readonly<{ answers: string; to: string; failed?: boolean }>
  | Readonly<{ injects: string; at: string; before: string; after: string }>
  | Readonly<{ idle: string }>

/** A trace of what happens, in this order, and then the answer. */
export function traceOf(happenings: readonly Happening[], answer: string | null = 'done'): Trace {
  const messages: Message[] = []
  const counts = new Map<string, number>()
  const index = (message: string | Message, role = 'human') =>
    messages.push(typeof message === 'string' ? { role, text: message } : message) - 1
  const next = (agent: string) => {
    const n = counts.get(agent) ?? 0
    counts.set(agent, n + 1)
    return n
  }
  const steps = happenings.flatMap((one): Step[] => {
    if ('answers' in one) {
      const at = index({
        ...{ role: 'tool', text: one.answers, toolCallId: one.to },
        ...(one.failed ? { status: 'error' as const } : {}),
      })
      return [{ kind: 'write', key: 'tools#0', agent: 'tools', messages: [at], routes: [] }]
    }
    if ('injects' in one) {
      const agent = one.at.replace(/^[a-z]+:/, '').replace(/[#>@].*$/, '')
      const { injects: fault, at: site } = one
      return [
        {
          ...{ kind: 'injection', key: `${agent}#0`, agent, fault, site, by: 'program' },
          ...{ before: [one.before], after: [one.after] },
        },
      ]
    }
    const agent = 'idle' in one ? one.idle : one.agent
    const key = `${agent}#${next(agent)}`
    const start: Step = { kind: 'start', key, agent, attempt: 0, triggers: [], input: [] }
    if ('idle' in one) return [start]
    const prompt = (one.reads ?? []).map((message) => index(message))
    const call = { key: `${key}.0`, agent, prompt, reply: index(one.says, 'ai') }
    return [start, { kind: 'call', ...call, tools: [], tokens: 1, notes: [], unread: [] }]
  })
  const end: Step = { kind: 'end', key: '', agent: '', outcome: 'right', answer }
  return { messages, steps: [...steps, end] }
}

/** Position of the n-th model call of an agent in a trace. */
export const callOf = ({ steps }: Trace, agent: string, n = 0): number =>
  steps.flatMap((one, at) => (one.kind === 'call' && one.agent === agent ? [at] : []))[n] ?? -1
