import { groupBy } from '../core/lists.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { placeKey, type StopPlace, stopOrder } from '../core/stop-order.js'
import type { StopDecision, Stopping } from '../core/stopping.js'
import type { Injector } from '../core/taxonomy.js'
import { faultsIn, faultWithoutParameters } from '../core/trial-id.js'
import { plannedName } from './run-cells.js'
import { distinct } from './trials.js'

/** A question of a run that may end early, as far as the stored trials answer it. */
type StopQuestion = Readonly<{
  id: string
  /** Null: not decided yet, or the plan ended before. */
  decision: StopDecision | null
  /** Outcomes of the counted trials in stop order, held or not, up to the decision. */
  outcomes: readonly boolean[]
  /** Faulted trials of the plan that ask it. */
  planned: number
}>

/** How far a run is that may end early. */
export type StopState = Readonly<{
  /** In the order in which the plan asks them. */
  questions: readonly StopQuestion[]
  /** Places of the plan whose faulted trials are not needed any more: all their questions are decided. */
  notNeeded: readonly StopPlace[]
  /** Trials of the plan that early decisions spared: those at these places, and baselines and placebos for them alone. */
  saved: number
  /** Trials of the plan without those that were saved. */
  wanted: number
  /** Whether every wanted trial has its line. */
  isComplete: boolean
}>

type Asked = Readonly<{
  plan: RunFile['plan']
  /** In any order; a trial may come more than once. */
  lines: readonly TrialLine[]
  stopping: Stopping
  /** The injector of a fault, whose placebo arm it is compared with. */
  injectorOf: (fault: string) => Injector
}>

/** A place of the plan with the lines of its trials; several when faults were set together twice, with other parameters. */
type Asking = Readonly<{
  place: StopPlace
  questions: readonly string[]
  trials: number
  lines: readonly TrialLine[]
}>

/** Decides the questions of a run again from its stored trials: what the engine decided while they were executed. */
export function stopState({ plan, lines, stopping, injectorOf }: Asked): StopState {
  const trials = distinct(lines)
  const places = placesOf(plan, trials, stopping)
  const asked = places.flatMap((asking) => asking.questions.map((id) => ({ id, asking })))
  const questions = [...groupBy(asked, ({ id }) => id)].map(([id, all]) =>
    questionOf(
      id,
      all.map(({ asking }) => asking),
      stopping,
    ),
  )
  const decided = new Set(questions.filter(({ decision }) => decision).map(({ id }) => id))
  const isDecided = ({ questions: own }: Asking) =>
    own.length > 0 && own.every((id) => decided.has(id))
  const isLeftOut = (asking: Asking) => missing(asking) > 0 && isDecided(asking)
  const leftOut = places.filter(isLeftOut)
  const needed = places.filter((asking) => asking.lines.length > 0 || !isLeftOut(asking))
  const companions = companionsOf(places, injectorOf) - companionsOf(needed, injectorOf)
  const saved = leftOut.reduce((sum, asking) => sum + missing(asking), 0) + companions
  const planned = places.reduce((sum, asking) => sum + asking.trials, 0)
  const wanted = planned + companionsOf(places, injectorOf) - saved
  return {
    questions,
    notNeeded: leftOut.map(({ place }) => place),
    saved,
    wanted,
    isComplete: trials.length >= wanted,
  }
}

const missing = ({ trials, lines }: Asking): number => trials - lines.length

/** The places of a plan in stop order. */
function placesOf(
  plan: RunFile['plan'],
  trials: readonly TrialLine[],
  { questionsOf }: Stopping,
): readonly Asking[] {
  const names = groupBy(plan.faults.map(plannedName), (name) => name)
  const faulted = trials
    .filter(({ arm }) => arm === 'fault')
    .map((line) => ({ line, place: { ...line, fault: faultWithoutParameters(line.fault) } }))
  const stored = groupBy(faulted, ({ place }) => placeKey(place))
  const order = stopOrder({
    ...plan,
    systems: plan.systems.map(({ id }) => id),
    faults: [...names.keys()],
  })
  return order.map((place) => ({
    place,
    questions: questionsOf(place),
    trials: names.get(place.fault)?.length ?? 0,
    lines: (stored.get(placeKey(place)) ?? [])
      .map(({ line }) => line)
      .sort((a, b) => (a.fault < b.fault ? -1 : 1)),
  }))
}

/** A look is taken at the first n counted trials in stop order; behind one that is missing nothing counts yet. */
function questionOf(
  id: string,
  places: readonly Asking[],
  { looks, countsAs, decide }: Stopping,
): StopQuestion {
  const rule = looks.get(id) ?? []
  const planned = places.reduce((sum, { trials }) => sum + trials, 0)
  const outcomes: boolean[] = []
  for (const line of linesInOrder(places)) {
    const counted = countsAs(line)
    if (counted === null) continue
    outcomes.push(counted === 'held')
    const decision = rule.some(({ n }) => n === outcomes.length) ? decide(rule, outcomes) : null
    if (decision) return { id, decision, outcomes, planned }
  }
  return { id, decision: null, outcomes, planned }
}

function* linesInOrder(places: readonly Asking[]): Generator<TrialLine> {
  for (const asking of places) {
    yield* asking.lines
    if (missing(asking) > 0) return
  }
}

/** How many baselines and placebos the trials at some places are compared with. */
function companionsOf(places: readonly Asking[], injectorOf: Asked['injectorOf']): number {
  const arms = places.flatMap(({ place }) => {
    const { system, scenario, task, seed } = place
    const injectors = faultsIn(place.fault).map(injectorOf)
    return ['baseline', ...injectors].map((fault) =>
      placeKey({ system, scenario, fault, task, seed }),
    )
  })
  return new Set(arms).size
}
