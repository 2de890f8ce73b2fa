import type { AskedModel } from '../../core/asked-model.js'
import {
  type InjectionLine,
  type InjectorUsage,
  noInjectorUsage,
} from '../../core/schemas/injection-line.js'
import { mostTries, twoTries } from '../two-tries.js'
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
  model: AskedModel
  /** Texts of earlier sessions of the same run. */
  stored: readonly InjectionLine[]
  keep: (line: InjectionLine) => void
}>

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

async function tried({ prompt, refuse }: Wanted, model: AskedModel): Promise<Written> {
  const asked = { prompt: prompt(), form: 'in the form of section 9' }
  const { answeredBy, calls, tokens, ...end } = await twoTries(model, asked, (said) => {
    const answer = answerOf(said)
    const says = answer.text === null ? answer.because : refuse(answer.text)
    return answer.text === null || says !== null
      ? { reason: null, says: says ?? '' }
      : { value: answer }
  })
  const used = { answeredBy, calls, tokens }
  if (end.kind === 'read') return { ...end.value, because: null, ...used }
  // A program has to do it then.
  const because = end.kind === 'refused' ? `${end.says} (${mostTries} tries)` : end.says
  return { text: null, edits: [], because, ...used }
}
