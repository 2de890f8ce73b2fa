import type { InjectorMessage, InjectorModel, InjectorReply } from '../../core/injector-model.js'
import {
  type InjectionLine,
  type InjectorUsage,
  noInjectorUsage,
} from '../../core/schemas/injection-line.js'
import { maskSecrets } from '../mask.js'
import { answerOf } from './answer.js'

/** A text that is wanted of an injector model. */
export type Wanted = Readonly<{
  key: string
  fault: string
  prompt: () => string
  /** Why a text cannot be used here; null when it can. */
  refuse: (text: string) => string | null
}>

/** The texts of a run: each is asked for once, whoever wants it, and kept. */
export type Texts = Readonly<{
  /** Id of the injector model. */
  injector: string
  /** The text under a key, asked for if nobody has; `trial` is the key of the trial that wants it. */
  obtain: (wanted: Wanted, trial: string) => Promise<InjectionLine>
  /** What was asked for on behalf of a trial, in this session and before. */
  usageOf: (trial: string) => InjectorUsage
}>

/** Where texts come from and where they are kept. */
export type TextSource = Readonly<{
  model: InjectorModel
  /** Texts of earlier sessions of the same run. */
  stored: readonly InjectionLine[]
  keep: (line: InjectionLine) => void
}>

/** The second try is told what was wrong with the first; then the program has to do it. */
export const mostTries = 2

/** The texts of a run. Trials that want the same one at the same time share one request. */
export function textsOf({ model, stored, keep }: TextSource): Texts {
  const known = new Map(stored.map((line) => [line.key, line]))
  const underWay = new Map<string, Promise<InjectionLine>>()
  const write = async (wanted: Wanted, trial: string): Promise<InjectionLine> => {
    try {
      const written = await tried(wanted, model)
      const { key, fault } = wanted
      const line: InjectionLine = {
        ...{ schema: 1, key, attempt: 1, fault, injector: model.id, trial },
        ...written,
      }
      known.set(key, line)
      keep(line)
      return line
    } finally {
      underWay.delete(wanted.key)
    }
  }
  return {
    injector: model.id,
    async obtain(wanted, trial) {
      const before = known.get(wanted.key)
      if (before) return before
      const asked = underWay.get(wanted.key) ?? write(wanted, trial)
      underWay.set(wanted.key, asked)
      return asked
    },
    usageOf: (trial) =>
      [...known.values()].filter((line) => line.trial === trial).reduce(added, noInjectorUsage),
  }
}

/** What a call to somebody else's model costs is not known; nothing is not zero. */
const added = (sum: InjectorUsage, { calls, tokens }: InjectionLine): InjectorUsage => ({
  calls: sum.calls + calls,
  tokens: sum.tokens === null || tokens === null ? null : sum.tokens + tokens,
  costUsd: sum.calls + calls === 0 ? 0 : null,
})

type Written = Pick<InjectionLine, 'text' | 'edits' | 'because' | 'answeredBy' | 'calls' | 'tokens'>

async function tried({ prompt, refuse }: Wanted, model: InjectorModel): Promise<Written> {
  const messages: InjectorMessage[] = [{ role: 'user', content: prompt() }]
  const replies: InjectorReply[] = []
  const written = (text: string | null, edits: InjectionLine['edits'], because: string | null) => ({
    ...{ text, edits, because },
    answeredBy:
      replies.flatMap((one) => (one.kind === 'text' ? (one.answeredBy ?? []) : [])).at(-1) ?? null,
    calls: replies.reduce((sum, { calls }) => sum + calls, 0),
    tokens: replies.reduce<number | null>(
      (sum, { tokens }) => (sum === null || tokens === null ? null : sum + tokens),
      0,
    ),
  })
  let because = ''
  for (let attempt = 1; attempt <= mostTries; attempt++) {
    const reply = await model.ask(messages, attempt)
    replies.push(reply)
    // The client has tried again already where that could help.
    if (reply.kind === 'failed') return written(null, [], reply.because)
    const answer = answerOf(maskSecrets(reply.text))
    const reason = answer.text === null ? answer.because : refuse(answer.text)
    if (answer.text !== null && reason === null) return written(answer.text, answer.edits, null)
    because = reason ?? ''
    messages.push(
      { role: 'assistant', content: reply.text },
      {
        role: 'user',
        content: `That cannot be used: ${because}. Answer once more, in the form of section 9.`,
      },
    )
  }
  return written(null, [], `${because} (${mostTries} tries)`)
}
