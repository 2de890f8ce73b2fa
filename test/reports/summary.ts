import { onTasksLikeThese, scoreOf } from '../../analysis/interval.js'
import type { FaultFacts } from '../../core/report.js'
import { noInjectorUsage } from '../../core/schemas/injection-line.js'
import type {
  Cell,
  Estimate,
  GateResult,
  Summary,
  SystemSummary,
} from '../../core/schemas/summary.js'

/** Facts of all faults that the example names. */
export const faults: readonly FaultFacts[] = [
  ['inexecutable-plan', 'IP', 'planning'],
  ['critical-information-loss', 'CIL', 'planning'],
  ['memory-loss', 'ML', 'memory'],
  ['hallucination', 'H', 'reasoning'],
  ['tool-format-error', 'TFE', 'action'],
  ['blind-trust', 'BT', 'configuration'],
  ['instruction-logic-conflict', 'ILC', 'instruction'],
  ['message-storm', 'MS', 'communication'],
  ['message-broadcast-amplification', 'MBA', 'communication'],
].map(([id = '', abbreviation = '', category]) => ({
  id,
  abbreviation,
  category: category as FaultFacts['category'],
  summary: 'Something goes wrong.',
}))

/** An estimate from its mean and its bounds. */
export const estimate = (
  mean: number,
  low: number | null,
  high: number | null,
  n = 10,
): Estimate => ({
  mean,
  low,
  high,
  n,
})

const nothing: Estimate = { mean: null, low: null, high: null, n: 0 }
const nothingLeftOut = {
  ...{ ineligible: 0, noSite: 0, notReached: 0, notWritten: 0, noEffect: 0 },
  notRecoverable: 0,
}

/** A cell of ten tasks with two trials each, of which so many held; say what is different. */
export function cell(fault: string, held: number, changes: Partial<Cell> = {}): Cell {
  const n = changes.n ?? 20
  const tasks = Array.from({ length: n / 2 }, (_, at) => ({
    held: Math.min(2, Math.max(0, held - 2 * at)),
    n: 2,
  }))
  const mean = n === 0 ? null : held / n
  return {
    system: 'pipeline',
    scenario: 'table-qa',
    fault,
    tasks: tasks.length,
    n,
    held,
    broke: n - held,
    dormant: 0,
    void: 0,
    applicable: true,
    recoverable: true,
    coverage: n === 0 ? null : 1,
    measured: n > 0,
    robustness: scoreOf(held, n),
    robustnessOnTasksLikeThese: onTasksLikeThese(tasks),
    placebo: scoreOf(n, n),
    damage: mean === null ? nothing : estimate(1 - mean, 0.9 - mean, 1.1 - mean),
    relative: mean === null ? nothing : estimate(mean, mean - 0.1, mean + 0.1),
    everyTime: nothing,
    decidedEarly: false,
    tiers: { mechanism: null, rule: null, prompt: null, reasoning: null },
    detection: scoreOf(0, n),
    behaviours: [],
    undetermined: 0,
    spread: null,
    verified: null,
    leftOut: { ...nothingLeftOut, ...changes.leftOut },
    ...changes,
  }
}

/** A cell without a place for its fault. */
export const withoutSite = (fault: string, changes: Partial<Cell> = {}): Cell =>
  cell(fault, 0, {
    n: 0,
    applicable: false,
    dormant: 20,
    leftOut: { ...nothingLeftOut, noSite: 20 },
    ...changes,
  })

/** A system; say what is different. */
export const system = (changes: Partial<SystemSummary> = {}): SystemSummary => ({
  system: 'pipeline',
  score: estimate(0.565, 0.49, 0.64),
  worst: { category: 'communication', score: estimate(0.1, -0.02, 0.22) },
  robustness: scoreOf(68, 120),
  everyTime: nothing,
  baseline: scoreOf(20, 22),
  faultsMeasured: 6,
  faultsPlanned: 9,
  calls: 3,
  ...changes,
})

/** The result of a gate about one system. */
export const gate = (
  rule: string,
  actual: Estimate,
  verdict: GateResult['verdict'],
  changes: Partial<GateResult['subjects'][number]> = {},
): GateResult => ({
  rule,
  metric: rule.split(/[ (]/)[0] ?? '',
  comparison: rule.includes('<=') ? '<=' : '>=',
  bound: Number(/[<>]= ([\d.]+)/.exec(rule)?.[1] ?? 0),
  fail: null,
  scenarios: ['table-qa'],
  faults: ['hallucination', 'message-storm'],
  declared: true,
  verdict,
  subjects: [
    {
      ...{ system: 'pipeline', part: null, actual, verdict, p: null, because: null, lost: [] },
      ...{ more: null, unit: 'trials', early: null, ...changes },
    },
  ],
})

/** A run of one system and fault; say what is different. */
export function summaryOf(changes: Partial<Summary> = {}): Summary {
  return {
    schema: 1,
    tool: { name: 'firedrill', version: '0.1.0' },
    run: {
      id: 'r-20261122-a41f',
      evidence: 'simulated',
      models: [{ id: 'sim-strong', kind: 'simulated', hash: 'h' }],
      seeds: [1, 2],
      injector: null,
      judge: null,
    },
    totals: {
      trials: 60,
      planned: 60,
      notRun: 0,
      held: 15,
      broke: 5,
      dormant: 0,
      void: 0,
      calls: 180,
      tokens: 1234567,
      costUsd: 0,
      injector: noInjectorUsage,
      seconds: null,
      unread: 0,
      placeboDiffers: 0,
    },
    cells: [cell('hallucination', 15)],
    systems: [system()],
    pairs: [],
    look: [],
    weights: null,
    stopping: null,
    baselineFile: null,
    gates: [],
    verdict: 'none',
    ...changes,
  }
}

const pipeline: readonly Cell[] = [
  cell('inexecutable-plan', 20),
  cell('critical-information-loss', 13, {
    n: 18,
    dormant: 1,
    void: 1,
    coverage: 0.9,
    leftOut: { ...nothingLeftOut, notReached: 1 },
  }),
  cell('memory-loss', 11),
  cell('hallucination', 15),
  withoutSite('tool-format-error'),
  cell('blind-trust', 3, { recoverable: false }),
  cell('instruction-logic-conflict', 9, {
    n: 12,
    dormant: 8,
    coverage: 0.6,
    measured: false,
    leftOut: { ...nothingLeftOut, notReached: 8 },
  }),
  cell('message-storm', 4),
  cell('message-broadcast-amplification', 0),
]

const criticLoop = pipeline
  .map((one): Cell => ({ ...one, system: 'critic-loop' }))
  .map((one) =>
    one.fault === 'message-storm' ? cell(one.fault, 18, { system: 'critic-loop' }) : one,
  )

/** Two systems and nine faults with everything that may become of a cell; what the golden files show. */
export const example: Summary = summaryOf({
  totals: {
    trials: 460,
    planned: 460,
    notRun: 58,
    held: 170,
    broke: 94,
    dormant: 58,
    void: 2,
    calls: 1480,
    tokens: 1234567,
    costUsd: 0,
    injector: noInjectorUsage,
    seconds: null,
    unread: 3,
    placeboDiffers: 0,
  },
  cells: [...pipeline, ...criticLoop],
  systems: [
    system(),
    system({
      system: 'critic-loop',
      score: estimate(0.6525, 0.56, 0.74),
      worst: { category: 'communication', score: estimate(0.45, 0.39, 0.51) },
      calls: 3.42,
    }),
  ],
})
