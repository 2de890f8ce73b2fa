import type { Tier } from './taxonomy.js'

/** The numbers that a gate can ask for: what each is, and how it decides. `docs/statistics.md` has the formulas. */
export const metrics = {
  score: { kind: 'estimate', summary: 'relative robustness: mean of faults, then of categories' },
  robustness: { kind: 'proportion', summary: 'held of the trials that count' },
  relative: { kind: 'estimate', summary: 'robustness over placebo: what faults cost beyond luck' },
  damage: { kind: 'estimate', summary: 'placebo minus robustness, as a fraction' },
  baseline: { kind: 'proportion', summary: 'tasks solved unharmed' },
  placebo: { kind: 'proportion', summary: 'right with the injector armed and nothing changed' },
  coverage: { kind: 'count', summary: 'counted trials of those that should count' },
  'every-time': { kind: 'estimate', summary: 'chance that three seeds of a task all hold' },
  'void-rate': { kind: 'count', summary: 'trials that the testbed lost' },
  regression: { kind: 'regression', summary: 'how much worse than the baseline file' },
  'worst.category': { kind: 'worst', summary: 'the score of every category, the lowest first' },
  'worst.fault': { kind: 'worst', summary: 'the score of every fault, the lowest first' },
  cost: { kind: 'count', summary: 'dollars spent by the trials' },
  tokens: { kind: 'count', summary: 'tokens used by the trials' },
  detection: { kind: 'proportion', summary: 'trials in which the fault was noticed' },
  'tier.mechanism': { kind: 'proportion', summary: 'right of the trials where mechanisms acted' },
  'tier.rule': { kind: 'proportion', summary: 'right of the trials where rules acted' },
  'tier.prompt': { kind: 'proportion', summary: 'right of the trials where prompts acted' },
  'tier.reasoning': { kind: 'proportion', summary: 'right of the trials where reasoning acted' },
} as const satisfies Record<string, Readonly<{ kind: string; summary: string }>> &
  Record<`tier.${Tier}`, unknown>

/** The name of a score that a gate can ask for. */
export type Metric = keyof typeof metrics

type Zone = '' | ` fail ${number}`
type Selector = '' | `(${string})`

/**
 * A condition on a metric, in the words of the command line; a misspelt metric does not compile.
 *
 * @example
 * robustness(hallucination,critic-loop) >= 0.9 fail 0.8
 */
export type Gate = `${Metric}${Selector} ${'>=' | '<='} ${number}${Zone}`

/** What a gate says, of one system or of all. */
export const gateVerdicts = ['passed', 'failed', 'undecided'] as const
export type GateVerdict = (typeof gateVerdicts)[number]
