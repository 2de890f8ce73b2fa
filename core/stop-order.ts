import { draw } from './draw.js'
import { isDone } from './fit.js'
import type { RunFile } from './schemas/run-file.js'

/** A faulted trial of a plan, by its parts. */
export type StopPlace = Readonly<{
  system: string
  scenario: string
  fault: string
  task: string
  seed: number
}>

/** What the order depends on. */
type Planned = Pick<RunFile['plan'], 'scenarios' | 'seeds' | 'unfit'> &
  Readonly<{ systems: readonly string[]; faults: readonly string[] }>

/**
 * The order in which faulted trials are asked when a run may end early: seed by seed, and within a seed in rounds of
 * one trial per system, scenario and fault, each fault going through the tasks in an order of its own. However early a
 * run ends, every fault was asked as often as the others and on different tasks: asked task by task, false passes were
 * five times as frequent as promised.
 */
export function stopOrder(planned: Planned): readonly StopPlace[] {
  const { systems, scenarios, faults, seeds } = planned
  const longest = Math.max(0, ...scenarios.map(({ tasks }) => tasks.length))
  const questions = scenarios.flatMap(({ id, tasks }) =>
    faults.map((fault) => ({ scenario: id, fault, tasks })),
  )
  return seeds.flatMap((seed) => {
    const ordered = questions.map((one) => ({
      ...one,
      tasks: shuffled(one.tasks, [seed, one.scenario, one.fault]),
    }))
    return [...Array(longest).keys()].flatMap((round) =>
      ordered.flatMap(({ scenario, fault, tasks: { [round]: task } }) =>
        task === undefined
          ? []
          : systems
              .filter((system) => isDone(planned, system, scenario))
              .map((system) => ({ system, scenario, fault, task, seed })),
      ),
    )
  })
}

/** The name of a place, under which its trials are found. */
export const placeKey = ({ system, scenario, fault, task, seed }: StopPlace): string =>
  [system, scenario, fault, task, seed].join('\u0000')

function shuffled(
  tasks: readonly string[],
  key: readonly [number, string, string],
): readonly string[] {
  return tasks
    .map((task) => ({ task, rank: draw('stop-order', ...key, task) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ task }) => task)
}
