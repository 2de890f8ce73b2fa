import { FiredrillError } from '../core/errors.js'
import type { RunFile } from '../core/schemas/run-file.js'

type PlannedSystem = RunFile['plan']['systems'][number]

/** Two systems that shall be compared, a of the first run and b of the second or the same. */
export type Sides = Readonly<{ a: PlannedSystem; b: PlannedSystem }>

/** What parts the systems that are compared. */
export type CompareBy = 'system' | 'defence'

/** Which systems of one run are compared: all with each other, or each with what it is without a defence. */
export function sidesOfRun({ id, plan }: RunFile, by: CompareBy): readonly Sides[] {
  const { systems } = plan
  const pairs = by === 'system' ? allPairs(systems) : ablations(systems)
  if (pairs.length > 0) return pairs
  const names = systems.map((one) => one.id).join(', ')
  const [message, hint] =
    by === 'system'
      ? [`Run ${id} has one system, ${names}.`, 'Name a second run, or run two systems in one.']
      : [
          `No system of run ${id} has a defence taken out and its whole beside it: ${names}.`,
          'Run both in one: firedrill run pipeline pipeline~dedupe. Or name two runs.',
        ]
  throw new FiredrillError('not-comparable', message, { hint })
}

const allPairs = (systems: readonly PlannedSystem[]): readonly Sides[] =>
  systems.flatMap((a, at) => systems.slice(at + 1).map((b) => ({ a, b })))

const ablations = (systems: readonly PlannedSystem[]): readonly Sides[] =>
  systems
    .filter(({ without }) => without.length > 0)
    .flatMap((b) => systems.filter((a) => isBaseOf(a, b)).map((a) => ({ a, b })))

/**
 * Which systems of two runs are compared: those of the same name; a system with defences taken out, when the other run
 * has not the same, with the whole one.
 */
export function sidesOfRuns(first: RunFile, second: RunFile, by: CompareBy): readonly Sides[] {
  const [left, right] = [first.plan.systems, second.plan.systems]
  const has = (systems: readonly PlannedSystem[], { id }: PlannedSystem) =>
    systems.some((one) => one.id === id)
  const pairs = left.flatMap((a) =>
    right
      .filter(
        (b) =>
          a.id === b.id || (isBaseOf(a, b) && !has(left, b)) || (isBaseOf(b, a) && !has(right, a)),
      )
      .map((b) => ({ a, b })),
  )
  const chosen = by === 'system' ? pairs : pairs.filter(({ a, b }) => a.id !== b.id)
  if (chosen.length > 0) return chosen
  const names = ({ id, plan }: RunFile) =>
    `${id} has ${plan.systems.map((one) => one.id).join(', ')}`
  const kind =
    by === 'system' ? 'system in common' : 'system with a defence taken out in one of them'
  throw new FiredrillError(
    'not-comparable',
    `The runs have no ${kind}: ${names(first)}; ${names(second)}.`,
    { hint: 'Two systems are compared within one run: firedrill run pipeline critic-loop.' },
  )
}

/** Whether b is a with defences taken out. */
const isBaseOf = (a: PlannedSystem, b: PlannedSystem): boolean =>
  a.without.length === 0 && b.without.length > 0 && baseName(b) === a.id

/** The name of a system with all its defences. */
export function baseName({ id, without }: PlannedSystem): string {
  const ending = [...without].sort().map((defence) => `~${defence}`)
  return id.endsWith(ending.join('')) ? id.slice(0, id.length - ending.join('').length) : id
}
