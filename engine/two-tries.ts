import type { AskedFailure, AskedMessage, AskedModel, AskedReply } from '../core/asked-model.js'
import { maskSecrets } from './mask.js'

/** The second try is told what was wrong with the first; there is no third. */
export const mostTries = 2

/** Reads an answer: what it comes to, or why it cannot be used, in words that the model is told. */
export type Reading<Value, Reason> = Readonly<{ value: Value }> | Refusal<Reason>
type Refusal<Reason> = Readonly<{ reason: Reason; says: string }>

/** What asking came to, and what it took. `failed`: there was no answer to read. */
export type Tried<Value, Reason> = Readonly<{
  answeredBy: string | null
  calls: number
  /** Null when the server of any call did not say. */
  tokens: number | null
}> &
  (
    | Readonly<{ kind: 'read'; value: Value }>
    | (Refusal<Reason> & Readonly<{ kind: 'refused' }>)
    | Readonly<{ kind: 'failed'; failure: AskedFailure; says: string }>
  )

/** Asks a model for an answer of a certain form, and once more if the first one has it not. */
export async function twoTries<Value, Reason>(
  model: AskedModel,
  { prompt, form }: Readonly<{ prompt: string; form: string }>,
  read: (said: string) => Reading<Value, Reason>,
): Promise<Tried<Value, Reason>> {
  const messages: AskedMessage[] = [{ role: 'user', content: prompt }]
  const replies: AskedReply[] = []
  for (;;) {
    const reply = await model.ask(messages, replies.length + 1)
    replies.push(reply)
    // The client has tried again already where that could help.
    if (reply.kind === 'failed') {
      return { kind: 'failed', failure: reply.failure, says: reply.because, ...usage(replies) }
    }
    const reading = read(maskSecrets(reply.text))
    if ('value' in reading) return { kind: 'read', value: reading.value, ...usage(replies) }
    if (replies.length === mostTries) return { kind: 'refused', ...reading, ...usage(replies) }
    messages.push(
      { role: 'assistant', content: reply.text },
      { role: 'user', content: `That cannot be used: ${reading.says}. Answer once more, ${form}.` },
    )
  }
}

const usage = (replies: readonly AskedReply[]) => ({
  answeredBy:
    replies.flatMap((one) => (one.kind === 'text' ? (one.answeredBy ?? []) : [])).at(-1) ?? null,
  calls: replies.reduce((sum, { calls }) => sum + calls, 0),
  tokens: replies.reduce<number | null>(
    (sum, { tokens }) => (sum === null || tokens === null ? null : sum + tokens),
    0,
  ),
})
