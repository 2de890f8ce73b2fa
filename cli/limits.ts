import { sum } from '../analysis/sums.js'
import type { ModelAddress } from '../core/asked-model.js'
import { FiredrillError } from '../core/errors.js'
import type { Judgement } from '../core/schemas/judgement.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { Plan } from '../engine/plan.js'
import { isWritten } from './injector.js'
import { type Given, wordIn } from './options.js'

/** How much a run may use before no further trial is begun; null: no limit. */
export type Limits = Readonly<{
  /** Of models, the injector model and the judge model among them. */
  tokens: number | null
  milliseconds: number | null
  /** US dollars. */
  cost: number | null
}>

/** The limits among the arguments; throws `bad-argument` with the form that is expected. */
export function limitsIn(given: Given): Limits {
  const read = <Value>(name: string, parse: (text: string) => Value): Value | null => {
    const text = wordIn(given, name)
    return text === null ? null : parse(text)
  }
  return {
    tokens: read('max-tokens', tokensFrom),
    milliseconds: read('max-time', millisecondsFrom),
    cost: read('max-cost', costFrom),
  }
}

/** A number of tokens, from 1. */
export function tokensFrom(text: string): number {
  const tokens = /^\d+$/.test(text) ? Number(text) : 0
  if (tokens >= 1 && Number.isSafeInteger(tokens)) return tokens
  throw badLimit('--max-tokens', text, 'Give a whole number of tokens from 1: --max-tokens 500000.')
}

const millisecondsOf = { s: 1000, m: 60_000, h: 3_600_000 } as const
/** Timers of Node ring at once when they are set to more than 24 days. */
const longest = 500 * millisecondsOf.h

/**
 * A time in milliseconds.
 *
 * @example
 * 90s  ->  90000
 */
export function millisecondsFrom(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(text) ?? []
  const milliseconds = Number(number ?? 0) * millisecondsOf[(unit ?? 's') as 's' | 'm' | 'h']
  if (milliseconds > 0 && milliseconds <= longest) return milliseconds
  throw badLimit(
    '--max-time',
    text,
    'Give seconds, minutes or hours, at most 500h: 90s, 20m or 2h.',
  )
}

/** A sum of US dollars. */
export function costFrom(text: string): number {
  const dollars = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (dollars > 0 && Number.isFinite(dollars)) return dollars
  throw badLimit('--max-cost', text, 'Give US dollars above 0: --max-cost 5 or --max-cost 0.50.')
}

const badLimit = (option: string, text: string, hint: string) =>
  new FiredrillError('bad-argument', `${option} cannot be "${text}".`, { hint })

/** Refuses a limit of cost that could not be noticed: a budget that cannot trip is worse than none. */
export function requirePrices(
  { cost }: Limits,
  plan: Plan,
  judge: ModelAddress | null = null,
): void {
  if (cost === null) return
  const unknown = modelWithoutPrice(plan) ?? (judge && `the judge model ${judge.id}`)
  if (unknown === null) return
  throw new FiredrillError(
    'bad-argument',
    `--max-cost cannot be kept: nobody knows what ${unknown} costs.`,
    { hint: 'Leave it out, and limit what is known: --max-tokens 500000 or --max-time 20m.' },
  )
}

function modelWithoutPrice(plan: Plan): string | null {
  if (plan.model === null) return 'the model of your system'
  if (plan.model.kind !== 'simulated') return plan.model.id
  return plan.injector && isWritten(plan) ? `the injector model ${plan.injector.id}` : null
}

/** What has been used of a run's limits. */
export type Used = Readonly<{ tokens: number; cost: number }>

/** What a limit counts of a trial. */
export type Spent = Pick<TrialLine, 'tokens' | 'costUsd' | 'injector'>

/** What trials have used, those of the injector model included; what is not known counts as nothing. */
export const usedBy = (lines: readonly Spent[]): Used =>
  lines.reduce(
    ({ tokens, cost }, line) => ({
      tokens: tokens + line.tokens + (line.injector.tokens ?? 0),
      cost: cost + (line.costUsd ?? 0) + (line.injector.costUsd ?? 0),
    }),
    { tokens: 0, cost: 0 },
  )

/** What judge models have used for a run. */
export const usedByJudges = (judgements: readonly Judgement[]): Used => ({
  tokens: sum(judgements.map(({ tokens }) => tokens ?? 0)),
  cost: sum(judgements.map(({ costUsd }) => costUsd ?? 0)),
})

/** The sum of several uses. */
export const usedTogether = (all: readonly Used[]): Used => ({
  tokens: sum(all.map(({ tokens }) => tokens)),
  cost: sum(all.map(({ cost }) => cost)),
})

/** The limit that trials have reached; null while they have reached none. */
export function reachedBy(limits: Limits, { tokens, cost }: Used): keyof Limits | null {
  if (limits.tokens !== null && tokens >= limits.tokens) return 'tokens'
  return limits.cost !== null && cost >= limits.cost ? 'cost' : null
}
