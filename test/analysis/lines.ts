import type { FaultFacts } from '../../core/report.js'
import { noInjectorUsage } from '../../core/schemas/injection-line.js'
import type { Outcome } from '../../core/schemas/outcome.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import type { Injection, TrialLine } from '../../core/schemas/trial-line.js'
import { trialId } from '../../core/trial-id.js'

const mark = { correct: true, result: 'right', note: '' }

/** A right answer. */
export const right: Outcome = { kind: 'answered', answer: '42', correct: true, mark }

/** A wrong answer. */
export const wrong: Outcome = {
  kind: 'answered',
  answer: '41',
  correct: false,
  mark: { ...mark, correct: false, result: 'wrong' },
}

/** An injection that acted; say what was different. */
export function injection(changes: Partial<Injection> = {}): Injection {
  const site = { fault: 'hallucination', site: 'call:a#0.0', agent: 'a' }
  const flags = { changed: true, delivered: true, effective: true, recoverable: true }
  return { ...site, ...flags, by: 'program', note: null, ...changes }
}

/** A stored trial; say what matters. */
export function line(changes: Partial<TrialLine> = {}): TrialLine {
  const parts = { system: 'pipeline', scenario: 'table-qa', fault: 'baseline', task: 't1', seed: 1 }
  const { system, scenario, fault, task, seed } = { ...parts, ...changes }
  const id = trialId({ system, scenario, fault, task, seed })
  return {
    schema: 1,
    key: id,
    attempt: 1,
    id,
    arm: 'baseline',
    ...parts,
    outcome: right,
    verdict: null,
    dormantBecause: null,
    sameAsBaseline: null,
    injections: [],
    behaviours: [],
    noticed: null,
    spread: null,
    supersteps: 3,
    calls: 3,
    tokens: 100,
    costUsd: 0,
    injector: noInjectorUsage,
    unread: 0,
    duration: null,
    ...changes,
  }
}

/** A trial in which the fault acted, held or broke. */
export const faulted = (verdict: 'held' | 'broke', changes: Partial<TrialLine> = {}): TrialLine =>
  line({
    arm: 'fault',
    fault: 'hallucination',
    verdict,
    outcome: verdict === 'held' ? right : wrong,
    injections: [injection()],
    ...changes,
  })

/** A trial in which the fault did not act. */
export const dormant = (
  dormantBecause: NonNullable<TrialLine['dormantBecause']>,
  changes: Partial<TrialLine> = {},
): TrialLine => faulted('held', { verdict: 'dormant', dormantBecause, injections: [], ...changes })

/** A placebo trial of the response injector. */
export const placebo = (changes: Partial<TrialLine> = {}): TrialLine =>
  line({ arm: 'placebo', fault: 'placebo-response', sameAsBaseline: true, ...changes })

/** A run of one system, scenario and fault; say what its plan has instead. */
export function runOf(plan: Partial<RunFile['plan']> = {}): RunFile {
  return {
    schema: 1,
    tool: { name: 'firedrill', version: '0.1.0' },
    id: 'r-1',
    planId: 'p-1',
    plan: {
      systems: [systemOf('pipeline')],
      scenarios: [{ id: 'table-qa', tasks: ['t1'], tasksHash: 'h' }],
      faults: [plannedOf('hallucination')],
      site: 'any',
      seeds: [1],
      model: { id: 'sim-strong', kind: 'simulated', hash: 'h' },
      ...plan,
    },
    arguments: {},
    versions: {},
    commit: null,
    created: '2026-01-01',
  }
}

/** A system as a plan has it. */
export const systemOf = (id: string): RunFile['plan']['systems'][number] => ({
  id,
  without: [],
  codeHash: 'h',
  path: null,
})

/** A fault as a plan has it. */
export const plannedOf = (id: string): RunFile['plan']['faults'][number] => ({
  id,
  parameters: {},
  trigger: 'once',
})

/** Facts of three faults, two of them of one category. */
export const faults: readonly FaultFacts[] = [
  { id: 'hallucination', abbreviation: 'H', category: 'reasoning', summary: 'Says what is false.' },
  { id: 'message-storm', abbreviation: 'MS', category: 'communication', summary: 'Says it often.' },
  { id: 'message-cycle', abbreviation: 'MC', category: 'communication', summary: 'Says it again.' },
]
