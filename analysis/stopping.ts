import { openHearing } from '../core/hearing.js'
import { groupBy } from '../core/lists.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { placeKey, type StopPlace, stopOrder } from '../core/stop-order.js'
import type { StopEnd, Stopping } from '../core/stopping.js'
import type { Injector } from '../core/taxonomy.js'
import { faultsIn, faultWithoutParameters } from '../core/trial-id.js'
import { plannedName } from './run-cells.js'
import { distinct } from './trials.js'

/** A question of a run that may end early, as far as the stored trials answer it. */
type StopQuestion = Readonly<{
  id: string
  /** Null: neither clear nor given up yet, or the plan ended before. */
  end: StopEnd | null
  /** Outcomes of the counted trials in stop order, held or not, up to the decision. */
  outcomes: readonly boolean[]
  /** Faulted trials of the plan that ask it. */
  planned: number
}>

/** How far a run is that may end early. */
export type StopState = Readonly<{
  /** In the order in which the plan asks them. */
  questions: readonly StopQuestion[]
  /** Places of the plan whose faulted trials are not needed any more: all their questions are clear or given up. */
  notNeeded: readonly StopPlace[]
  /** Those of them of which some question is clear, not only given up. */
  clearEarly: readonly StopPlace[]
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
  const over = new Map(questions.flatMap(({ id, end }) => (end ? [[id, end.verdict]] : [])))
  const isLeftOut = (asking: Asking) =>
    missing(asking) > 0 &&
    asking.questions.length > 0 &&
    asking.questions.every((id) => over.has(id))
  const leftOut = places.filter(isLeftOut)
  const needed = places.filter((asking) => asking.lines.length > 0 || !isLeftOut(asking))
  const companions = companionsOf(places, injectorOf) - companionsOf(needed, injectorOf)
  const saved = leftOut.reduce((sum, asking) => sum + missing(asking), 0) + companions
  const planned = places.reduce((sum, asking) => sum + asking.trials, 0)
  const wanted = planned + companionsOf(places, injectorOf) - saved
  return {
    questions,
    notNeeded: leftOut.map(({ place }) => place),
    clearEarly: leftOut
      .filter((asking) => asking.questions.some((id) => over.get(id) !== 'given up'))
      .map(({ place }) => place),
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
  { looks, resultOf, ...rule }: Stopping,
): StopQuestion {
  const planned = places.reduce((sum, { trials }) => sum + trials, 0)
  const hearing = openHearing(looks.get(id) ?? [], planned, rule)
  for (const line of linesInOrder(places)) {
    hearing.hear(resultOf(line))
    if (hearing.end()) break
  }
  return { id, end: hearing.end(), outcomes: hearing.outcomes, planned }
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
