import type { BaselineFile } from '../../core/schemas/baseline-file.js'
import type { GateSubject } from '../../core/schemas/summary.js'
import type { CountedCell } from '../cell.js'
import { fewestTasks } from '../interval.js'
import { notWorse } from '../paired.js'
import { mean, sum } from '../sums.js'
import type { Tested } from './check.js'
import { coveredCells, isLost, type SystemEvidence } from './evidence.js'
import type { Gate } from './select.js'

/** What regression is asked of. */
type Facts = Readonly<{
  systems: readonly SystemEvidence[]
  file: BaselineFile | null
  /** The name of a cell's fault with its parameters, as baseline files have it. */
  nameOf: (fault: string) => string
  /** The name of a system with all its defences. */
  baseOf: (system: string) => string
  complete: boolean
}>

/**
 * How much worse each system has become since the baseline file: new minus old by task, over the faults that both have.
 * Passed when a one-sided 95% bound excludes a loss of the margin, failed when the other one excludes less.
 */
export function regressionOf(gate: Gate, facts: Facts): readonly Tested[] {
  return facts.systems
    .filter(({ system }) => gate.systems.includes(system))
    .map((one) => ofSystem(gate, one, facts))
}

function ofSystem(gate: Gate, one: SystemEvidence, facts: Facts): Tested {
  const { system } = one
  const finding = {
    ...{ system, part: null, unit: 'tasks' as const, held: null, lost: [], unasked: null },
    actual: { mean: null, low: null, high: null, n: 0 },
  }
  const { file, complete } = facts
  if (!file) return { finding, answer: { by: 'nothing', because: 'no baseline file' } }
  const covered = coveredCells(gate, one.cells).filter(({ cell }) => cell.applicable)
  const lost = covered.flatMap(({ cell }) => (isLost(cell) ? [cell.fault] : []))
  const differences = differencesOf(system, covered, facts)
  const n = differences.length
  const rough = { ...finding.actual, mean: mean(differences.map(({ worse }) => -worse)), n }
  const because = whyUnanswered(n, lost, complete)
  if (because) {
    return { finding: { ...finding, lost, actual: rough }, answer: { by: 'nothing', because } }
  }
  const found = notWorse(
    differences.map(({ worse }) => -worse),
    { margin: gate.bound, pairs: sum(differences.map(({ pairs }) => pairs)) },
  )
  // Shown as a loss, which is what the gate is about: the bounds change places.
  const actual = { mean: 0 - found.mean, low: 0 - found.high, high: 0 - found.low, n }
  return {
    finding: { ...finding, actual },
    answer: { by: 'test', passed: found.verdict === 'passed', p: found.p, family: 'regression' },
  }
}

function whyUnanswered(
  n: number,
  lost: readonly string[],
  complete: boolean,
): GateSubject['because'] {
  if (!complete) return 'unfinished'
  if (lost.length > 0) return 'not measured'
  if (n === 0) return 'no trials'
  return n < fewestTasks ? 'too few tasks' : null
}

type Difference = Readonly<{ worse: number; pairs: number }>

/** Old minus new rates by task, each the mean over the faults that both runs counted. */
function differencesOf(
  system: string,
  cells: readonly CountedCell[],
  { file, nameOf, baseOf }: Facts,
): readonly Difference[] {
  const byTask = new Map<string, Difference[]>()
  for (const { cell, tasks } of cells) {
    const then = pastCell(file, [system, baseOf(system)], `${cell.scenario}/${nameOf(cell.fault)}`)
    for (const [task, [held = 0, n = 0]] of tasks) {
      // A task may be called like something that every object has.
      const [heldThen, nThen] = (Object.hasOwn(then, task) && then[task]) || [0, 0]
      if (n === 0 || nThen === 0) continue
      const key = `${cell.scenario}\u0000${task}`
      const known = byTask.get(key) ?? []
      byTask.set(key, known)
      known.push({ worse: heldThen / nThen - held / n, pairs: Math.min(n, nThen) })
    }
  }
  return [...byTask.values()].map((some) => ({
    worse: mean(some.map(({ worse }) => worse)) ?? 0,
    pairs: sum(some.map(({ pairs }) => pairs)),
  }))
}

/** A system with defences taken out is compared with itself as it was with them, when nothing nearer is there. */
function pastCell(
  file: BaselineFile | null,
  systems: readonly string[],
  rest: string,
): BaselineFile['cells'][string] {
  const names = systems.map((system) => `${system}/${rest}`)
  const found = names.find((name) => file && Object.hasOwn(file.cells, name))
  return (found && file?.cells[found]) || {}
}

/** Tasks that the baseline file counts and a run does not: what is no longer solved unharmed cannot get worse. */
export function uncompared(
  systems: readonly SystemEvidence[],
  file: BaselineFile,
  baseOf: (system: string) => string,
): readonly string[] {
  return systems.flatMap(({ system, cells }) => {
    const now = new Set(
      cells.flatMap(({ cell, tasks }) =>
        [...tasks.keys()].map((task) => `${cell.scenario}/${task}`),
      ),
    )
    const own = Object.entries(file.cells).filter(([name]) =>
      [system, baseOf(system)].includes(name.split('/')[0] ?? ''),
    )
    const then = new Set(
      own.flatMap(([name, tasks]) =>
        Object.keys(tasks).map((task) => `${name.split('/')[1]}/${task}`),
      ),
    )
    const gone = [...then].filter((task) => !now.has(task)).length
    return gone === 0
      ? []
      : [
          `${gone} of ${then.size} tasks that the baseline file counts for ${system} were not counted now: not solved unharmed, or not asked.`,
        ]
  })
}
