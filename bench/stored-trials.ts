import { hashOf } from '../core/canonical-json.js'
import { draw } from '../core/draw.js'
import type { Behaviour } from '../core/schemas/behaviour.js'
import { noInjectorUsage } from '../core/schemas/injection-line.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { injectors } from '../core/taxonomy.js'
import { baselineArm, trialId } from '../core/trial-id.js'
import { faults } from '../faults/catalogue.js'

const pair = faults.slice(0, 2).map(({ id }) => id)
const names = (what: string, n: number) => Array.from({ length: n }, (_, at) => `${what}-${at + 1}`)
const planned = (id: string) => ({ id, parameters: {}, trigger: 'once' as const })
const [first = '', second = ''] = pair

/** A plan of 100,000 trials: 5 systems, 2 scenarios, all faults and two together, 100 tasks, 5 seeds. */
export const plan: RunFile['plan'] = {
  systems: names('system', 5).map((id) => ({ id, without: [], codeHash: 'bench', path: null })),
  scenarios: ['scenario-1', 'scenario-2'].map((id) => ({
    ...{ id, tasks: names('task', 100), tasksHash: 'bench' },
  })),
  faults: [...faults.map(({ id }) => planned(id)), { ...planned(first), also: [planned(second)] }],
  site: 'any',
  seeds: [1, 2, 3, 4, 5],
  model: { id: 'bench', kind: 'simulated', hash: 'bench' },
}

type Where = Readonly<{ system: string; scenario: string; task: string; seed: number }>

/** All lines of the plan, one after the other and the same every time: about as large and as varied as real ones. */
export function* storedTrials(): Generator<TrialLine> {
  for (const { id: system } of plan.systems) {
    for (const { id: scenario, tasks } of plan.scenarios) {
      for (const task of tasks) {
        for (const seed of plan.seeds) yield* linesAt({ system, scenario, task, seed })
      }
    }
  }
}

function* linesAt(where: Where): Generator<TrialLine> {
  const chance = (what: string) => draw(where.system, where.scenario, where.task, where.seed, what)
  const isSolved = chance('baseline') < 0.95
  yield lineOf(where, { arm: 'baseline', fault: baselineArm }, isSolved)
  for (const injector of injectors) {
    const held = chance(injector) < 0.93
    yield {
      ...lineOf(where, { arm: 'placebo', fault: `placebo-${injector}` }, held),
      sameAsBaseline: held,
    }
  }
  for (const ids of [...faults.map(({ id }) => [id]), pair]) {
    const fault = ids.join('+')
    yield faultedAt(where, ids, isSolved, chance(fault))
  }
}

type Arm = Pick<TrialLine, 'arm' | 'fault'>

function lineOf(where: Where, { arm, fault }: Arm, correct: boolean): TrialLine {
  const id = trialId({ ...where, fault })
  const result = correct ? 'right' : 'wrong'
  return {
    ...{ schema: 1, key: hashOf(id), attempt: 1, id, arm, ...where, fault },
    outcome: {
      ...{ kind: 'answered', answer: `answer of ${id}`, correct },
      mark: { correct, result, note: `${result}, as the oracle says` },
    },
    ...{ verdict: null, dormantBecause: null, sameAsBaseline: null },
    ...{ injections: [], behaviours: [], noticed: null, spread: null },
    ...{ supersteps: 9, calls: 7, tokens: 4321, costUsd: 0, injector: noInjectorUsage },
    ...{ unread: 0, duration: null },
  }
}

/** A faulted trial: one in twenty is dormant, four in five hold, and those that acted were observed. */
function faultedAt(
  where: Where,
  ids: readonly string[],
  isSolved: boolean,
  drawn: number,
): TrialLine {
  const held = drawn < 0.8
  const line = lineOf(where, { arm: 'fault', fault: ids.join('+') }, held)
  if (!isSolved) return { ...line, outcome: { kind: 'not-run', reason: 'ineligible' } }
  if (drawn > 0.95) return { ...line, verdict: 'dormant', dormantBecause: 'no-effect' }
  const contained = drawn < 0.5 ? 12 : null
  return {
    ...line,
    verdict: held ? 'held' : 'broke',
    injections: ids.map((fault) => ({
      ...{ fault, site: 'call:agent-2#0/model#0.0', agent: 'agent-2' },
      ...{ changed: true, delivered: true, effective: true, recoverable: true },
      ...{ by: 'program' as const, note: null },
    })),
    behaviours: ids.map((id) => behaviourOf(id, drawn)),
    noticed: drawn < 0.3 ? 9 : null,
    spread: {
      ...{ injected: 4, agents: ['agent-2', 'agent-3'].slice(0, held ? 1 : 2) },
      ...{ firstDivergent: 5, lastTainted: 9, contained },
    },
  }
}

function behaviourOf(fault: string, drawn: number): Behaviour {
  const rules = faults.find(({ id }) => id === fault)?.behaviours ?? []
  const rule = rules[Math.floor(drawn * (rules.length + 1))]
  return {
    ...{ fault, id: rule?.id ?? null, by: rule?.by ?? null, tiers: { ...rule?.tiers } },
    detects: rule?.detects ?? null,
    proof: [5, 9, 12].map((step) => ({ step, shows: 'says', what: `what was said at ${step}` })),
    undecided: rules.slice(0, 1).map(({ id }) => id),
  }
}
