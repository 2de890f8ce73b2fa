import { groupBy } from '../../core/lists.js'
import { type FaultFacts, simulatedNotice } from '../../core/report.js'
import type { Compared, ComparedSide, Comparison } from '../../core/schemas/comparison.js'
import { closing, type SideNames, verdict } from './differences.js'
import { visible } from './escape.js'
import type { Note } from './note.js'
import { count, counted, ranges } from './numbers.js'

/** How both sides are called: by their systems, and by their runs where these are two. */
export function sideNames({ a, b }: Compared): SideNames {
  const called = ({ system, run }: ComparedSide) =>
    a.run === b.run ? visible(system) : `${visible(system)} of ${visible(run)}`
  return [called(a), called(b)]
}

/** What stands above all comparisons: what was found, and of what kind the evidence is. */
export function opening({ comparisons, evidence, notices }: Comparison): readonly Note[] {
  const found = comparisons.map((one): Note => {
    const text = verdict(one, sideNames(one), comparisons.length)
    if (one.score.adjusted === null) return { label: 'NO VERDICT', text, tone: 'doubt' }
    return one.better
      ? { label: 'DIFFERENCE', text, tone: 'good' }
      : { label: 'NOT FOUND', text, tone: 'doubt' }
  })
  const models = comparisons.flatMap(({ a, b }) => [...a.models, ...b.models].map(({ id }) => id))
  const kind: Note =
    evidence === 'simulated'
      ? { label: 'SIMULATED', text: simulatedNotice, tone: 'doubt' }
      : {
          label: 'MEASURED',
          text: `Agents were answered by ${[...new Set(models)].map(visible).join(', ')}.`,
          tone: 'quiet',
        }
  return [
    ...found,
    kind,
    ...otherTempers(comparisons, evidence),
    ...notices.map((text) => noticed(visible(text))),
  ]
}

/** What a difference under one temper of a simulated model, or the mean of many, says of others. */
function otherTempers(
  comparisons: Comparison['comparisons'],
  evidence: Comparison['evidence'],
): readonly Note[] {
  if (evidence !== 'simulated') return []
  const isSwept = comparisons.some(({ a, b }) =>
    [...a.models, ...b.models].some(({ sweep }) => sweep),
  )
  return [
    noticed(
      isSwept
        ? 'Swept: these are means over many tempers of the model. Which orders nearly all of them share is told by firedrill report.'
        : 'Not swept: with another temper of the model it may be otherwise; firedrill run --model sim-sweep asks many.',
    ),
  ]
}

const noticed = (text: string): Note => ({ label: 'NOTE', text, tone: 'doubt' })

/** What was compared, in one line. */
export function compoundOf({ scenarios, tasks, seeds, faults, trials }: Compared): string {
  return [
    scenarios.map(visible).join(', '),
    `paired by task: ${counted(tasks, 'task')}, seeds ${ranges(seeds)}, ${counted(faults.length, 'fault')}`,
    `${counted(trials, 'trial')} on each side`,
  ].join('; ')
}

/** What stands below a table: what that means, what it costs, and what was left out. */
export function below(compared: Compared, facts: readonly FaultFacts[]): readonly Note[] {
  return [
    { label: 'Result', text: closing(compared), tone: 'quiet' },
    ...defences(compared),
    ...costNotes(compared),
    ...leftOut(compared, facts),
    ...tasksOfOne(compared),
  ]
}

function defences({ removed, restored }: Compared): readonly Note[] {
  const named = (ids: readonly string[]) => ids.map(visible).join(', ')
  return [
    ...(removed.length > 0
      ? [`B lacks ${named(removed)}: B - A is the effect of removing ${named(removed)}.`]
      : []),
    ...(restored.length > 0
      ? [`A lacks ${named(restored)}: B - A is the effect of adding ${named(restored)}.`]
      : []),
  ].map((text): Note => ({ label: 'Defence', text, tone: 'quiet' }))
}

function costNotes({ cost: { a, b, change }, trials }: Compared): readonly Note[] {
  if (trials === 0) return []
  const digits = (number: number) => (number < 100 ? number.toFixed(1) : count(Math.round(number)))
  const moved = (title: string, key: keyof typeof a) => {
    const [from, to, by] = [a[key], b[key], change[key]]
    const shown = (number: number | null) => (number === null ? 'none' : digits(number))
    const percent = by === null ? '' : ` (${by >= 0 ? '+' : '-'}${Math.round(Math.abs(by) * 100)}%)`
    return `${title} ${shown(from)} → ${shown(to)}${percent}`
  }
  const perTrial = [
    moved('calls', 'calls'),
    moved('tokens', 'tokens'),
    moved('supersteps', 'supersteps'),
  ]
  const perHeld = [moved('calls', 'callsPerHeld'), moved('tokens', 'tokensPerHeld')]
  return [
    {
      label: 'Cost',
      text: `A → B, per trial: ${perTrial.join(', ')}.`,
      items: [`For each trial that held: ${perHeld.join(', ')}.`],
      tone: 'quiet',
    },
  ]
}

const reasons = {
  'only a': 'only A has a score',
  'only b': 'only B has a score',
  neither: 'neither has a score',
  'no trial in common': 'no trial in common',
} as const satisfies Record<Compared['notCompared'][number]['because'], string>

function leftOut(
  { notCompared, scenarios }: Compared,
  facts: readonly FaultFacts[],
): readonly Note[] {
  const nameOf = ({ scenario, fault }: Compared['notCompared'][number]) => {
    const short = facts.find(({ id }) => id === fault)?.abbreviation ?? fault
    return scenarios.length > 1 ? `${visible(short)} on ${visible(scenario)}` : visible(short)
  }
  const texts = [...groupBy(notCompared, ({ because }) => because)].map(
    ([because, some]) => `${some.map(nameOf).join(', ')}: ${reasons[because]}`,
  )
  return texts.length === 0
    ? []
    : [{ label: 'Left out', text: `${texts.join('; ')}.`, tone: 'quiet' }]
}

const mostTasks = 8

function tasksOfOne({ onlyA, onlyB }: Compared): readonly Note[] {
  const said = (side: string, tasks: Compared['onlyA']) => {
    const shown = tasks.slice(0, mostTasks).map(({ task }) => visible(task))
    const more = tasks.length > mostTasks ? [`${tasks.length - mostTasks} more`] : []
    return tasks.length === 0
      ? []
      : [`Only ${side} has trials that count of ${[...shown, ...more].join(', ')}.`]
  }
  return [...said('A', onlyA), ...said('B', onlyB)].map(
    (text): Note => ({ label: 'Tasks', text, tone: 'quiet' }),
  )
}
