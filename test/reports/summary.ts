import { onTasksLikeThese, scoreOf } from '../../analysis/interval.js'
import type { FaultFacts } from '../../core/report.js'
import { noInjectorUsage } from '../../core/schemas/injection-line.js'
import type {
  Cell,
  Estimate,
  GateResult,
  Summary,
  SystemSummary,
  TierScore,
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

/** A tier that so many of the trials with a known behaviour triggered; how many it saved, and how many were right. */
export const tier = (
  [triggered, tagged]: readonly [triggered: number, tagged: number],
  fixed: number,
  right: number,
): TierScore => ({
  triggered,
  occurrence: scoreOf(triggered, tagged),
  local: scoreOf(fixed, triggered),
  success: scoreOf(right, triggered),
})

/** A behaviour that a program recognised in so many trials; null: none that is known. */
export const seen = (id: string | null, n: number, undecided = 0): Cell['behaviours'][number] => ({
  ...{ id, n, held: n, undecided },
  by: id === null ? {} : { program: n },
})

/** No tier that anything triggered. */
export const noTiers = { mechanism: null, rule: null, prompt: null, reasoning: null } as const

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
    tiers: noTiers,
    detection: scoreOf(0, 0),
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
  tiers: noTiers,
  detection: scoreOf(0, 0),
  undetermined: 0,
  verified: null,
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
  cell('inexecutable-plan', 20, {
    detection: scoreOf(3, 20),
    behaviours: [
      seen('restores-plan-via-process', 3),
      seen('skips-inexecutable-part', 15),
      seen('no-correction', 2),
    ],
    tiers: { ...noTiers, mechanism: tier([3, 20], 3, 3), reasoning: tier([15, 20], 15, 15) },
    spread: {
      ...{ agents: estimate(0.42, -0.1, 0.94), containment: estimate(3, 2, 4) },
      ...{ contained: 18, n: 20 },
    },
  }),
  cell('critical-information-loss', 13, {
    n: 18,
    dormant: 1,
    void: 1,
    coverage: 0.9,
    leftOut: { ...nothingLeftOut, notReached: 1 },
    detection: scoreOf(1, 18),
    undetermined: 3,
    behaviours: [
      seen('infers-lost-information', 10),
      seen('ignores-lost-information', 4),
      seen(null, 4, 3),
    ],
    tiers: { ...noTiers, reasoning: tier([14, 14], 10, 12) },
  }),
  cell('memory-loss', 11),
  cell('hallucination', 15, {
    detection: scoreOf(9, 20),
    behaviours: [
      seen('detects-and-seeks-truth', 9),
      seen('ignores-misinformation', 5),
      seen('accepts-misinformation', 5),
      seen('repairs-from-external-source', 1),
    ],
    tiers: { ...noTiers, mechanism: tier([10, 20], 10, 9), reasoning: tier([20, 20], 14, 15) },
    spread: {
      ...{ agents: estimate(1.2, 0.8, 1.6), containment: estimate(8, 5, 11) },
      ...{ contained: 14, n: 20 },
    },
  }),
  withoutSite('tool-format-error'),
  cell('blind-trust', 3, {
    recoverable: false,
    detection: scoreOf(0, 20),
    behaviours: [seen('accepts-false-input', 20)],
    tiers: { ...noTiers, prompt: tier([20, 20], 0, 3) },
  }),
  cell('instruction-logic-conflict', 9, {
    n: 12,
    dormant: 8,
    coverage: 0.6,
    measured: false,
    leftOut: { ...nothingLeftOut, notReached: 8 },
    detection: scoreOf(7, 12),
    behaviours: [seen('asks-about-conflict', 7), seen(null, 5, 5)],
    undetermined: 5,
  }),
  cell('message-storm', 4, {
    detection: scoreOf(0, 20),
    behaviours: [seen('system-filters-messages', 4), seen('unfiltered-with-effect', 16)],
    tiers: { ...noTiers, rule: tier([20, 20], 4, 4), reasoning: tier([16, 20], 0, 0) },
    spread: {
      ...{ agents: { mean: 1, low: null, high: null, n: 5 }, containment: nothing },
      ...{ contained: 4, n: 20 },
    },
  }),
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
    system({
      tiers: {
        ...{ mechanism: tier([13, 74], 13, 12), rule: tier([20, 74], 4, 4) },
        ...{ prompt: null, reasoning: tier([65, 74], 39, 42) },
      },
      detection: scoreOf(13, 78),
      undetermined: 3,
      verified: {
        ...{ tried: 30, redundant: 2, unexplained: 20, untestable: 4 },
        defences: { dedupe: 4, 'shared-pool+ask-channel': 2 },
        tiers: { mechanism: 2, rule: 4 },
      },
    }),
    system({
      tiers: {
        ...{ mechanism: tier([13, 54], 13, 12), rule: null },
        ...{ prompt: null, reasoning: tier([49, 54], 39, 42) },
      },
      detection: scoreOf(13, 58),
      undetermined: 3,
      system: 'critic-loop',
      score: estimate(0.6525, 0.56, 0.74),
      worst: { category: 'communication', score: estimate(0.45, 0.39, 0.51) },
      calls: 3.42,
    }),
  ],
})

/** A run whose trials others executed: no placebo, no calls, no scores; say what is different. */
export function imported(changes: Partial<Summary> = {}): Summary {
  const { run, totals } = summaryOf()
  const none = { placebo: scoreOf(0, 0), damage: nothing, relative: nothing }
  return summaryOf({
    run: {
      ...run,
      id: 'masfire-1',
      evidence: 'measured',
      models: [{ id: 'gpt-5', kind: 'provider', hash: 'h' }],
      imported: {
        ...{ from: 'https://example.org/data', cite: 'arXiv:1234.5678', hash: 'h' },
        says: 'One trial per task.',
        caveats: [
          { system: 'pipeline', fault: 'message-storm', says: 'it cannot be passed' },
          { system: 'pipeline', fault: 'hallucination', says: 'it cannot be passed' },
        ],
      },
    },
    totals: { ...totals, calls: 0, tokens: 0, costUsd: null },
    cells: [
      cell('hallucination', 15, {
        ...none,
        ...{ detection: scoreOf(9, 20), behaviours: [seen('ignores-misinformation', 20)] },
      }),
      cell('message-storm', 4, none),
    ],
    systems: [
      system({
        ...{ score: nothing, worst: null, baseline: scoreOf(0, 0), faultsMeasured: 0, calls: null },
        tiers: { ...noTiers, rule: tier([9, 20], 9, 8) },
        detection: scoreOf(9, 20),
      }),
    ],
    ...changes,
  })
}
