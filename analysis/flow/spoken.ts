import type { Account, CallSeen, Evidence } from '../../core/evidence/evidence.js'
import type { FlowKind } from '../../core/flow.js'
import { type PlainMessage, said } from '../../core/messages.js'
import { collapsed } from '../../core/text/collapsed.js'

/** Who said something: an agent at a model call, a tool that a call had asked, or somebody else. */
export type Author = Readonly<{
  kind: FlowKind
  name: string
  /** The model call that said it or asked for it; null when there is none. */
  call: number | null
}>

/** Something that was said, and the first step at which it may be read; its texts have single spaces. */
export type Spoken = Readonly<{
  author: Author
  since: number
  raw: string
  texts: readonly string[]
}>

/** The shortest text that is recognised inside of another one: of shorter ones many say the same. */
export const shortest = 12

/** All that was said in a trial, in the order in which it could be read. */
export function spokenIn(account: Account, canAsk: Evidence['canAsk']): readonly Spoken[] {
  const all = [
    ...taskIn(account),
    ...account.calls.map(replied),
    ...answered(account),
    ...withoutModel(account, canAsk),
  ]
  return all
    .map((one) => ({ ...one, texts: [...new Set(one.texts)].filter((text) => text !== '') }))
    .filter(({ texts }) => texts.length > 0)
    .sort((a, b) => a.since - b.since)
}

/** The messages that the graph was started with. */
function taskIn({ trace }: Account): readonly Spoken[] {
  const author = { kind: 'task', name: 'task', call: null } as const
  return trace.steps.flatMap((one) =>
    one.kind === 'write' && one.agent === '__start__'
      ? one.messages.flatMap((at) =>
          spoken(author, 0, trace.messages[at] as PlainMessage | undefined),
        )
      : [],
  )
}

const spoken = (
  author: Author,
  since: number,
  message: PlainMessage | undefined,
): readonly Spoken[] =>
  message && message.role !== 'system'
    ? [{ author, since, raw: said(message), texts: [message.text, said(message)].map(collapsed) }]
    : []

const replied = ({ agent, step, reply, said: all }: CallSeen): Spoken => ({
  author: { kind: 'agent', name: agent, call: step },
  since: step + 1,
  raw: all,
  texts: [reply.text, all].map(collapsed),
})

/** Answers of tools; by that name, when nobody can tell which tool was called. */
function answered({ results, calls }: Account): readonly Spoken[] {
  return results.map(({ step, call, text }) => {
    const asking = call ? calls.find(({ reply }) => reply.toolCalls?.includes(call)) : undefined
    const author = { kind: 'tool', name: call?.name ?? '', call: asking?.step ?? null } as const
    return { author, since: step, raw: text, texts: [collapsed(text)] }
  })
}

/** What nodes wrote that called no model: code of the system, or a person whom it lets an agent ask. Relaying is no saying. */
function withoutModel(
  { activations, calls }: Account,
  canAsk: Evidence['canAsk'],
): readonly Spoken[] {
  const known = [...new Set(calls.map(({ reply }) => collapsed(reply.text)))]
  const isRelayed = (text: string) =>
    known.some((one) => one === text || (one.length >= shortest && text.includes(one)))
  return activations
    .filter((one) => one.calls.length === 0)
    .flatMap(({ agent, step, wrote }) =>
      wrote.flatMap((message) => {
        if (message.role === 'tool' || isRelayed(collapsed(message.text))) return []
        const isPerson = canAsk === 'person' && message.role === 'human'
        const author: Author = isPerson
          ? { kind: 'person', name: 'person', call: null }
          : { kind: 'code', name: agent, call: null }
        return spoken(author, step + 1, message)
      }),
    )
}
