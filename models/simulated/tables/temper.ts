import type { Mind } from '../chance.js'
import type { Step } from './steps.js'
import type { Column } from './table.js'

type Change = (step: Step) => Step | null

const set = (step: Step, slot: string, value: string): Step | null =>
  step.slots[slot] === value ? null : { op: step.op, slots: { ...step.slots, [slot]: value } }

/**
 * What a step becomes when one of its facts is overlooked: the usual value stands in its place.
 *
 * One draw per fact and activation, however many copies of it are in sight.
 */
function overlooked(columns: readonly Column[]): Readonly<Record<string, Change>> {
  const firstNumber = columns.find(({ type }) => type === 'number')?.name
  return {
    'sort.order': (step) => (step.op === 'sort' ? set(step, 'order', 'high to low') : null),
    'pick.row': (step) => (step.op === 'pick' ? set(step, 'row', '1') : null),
    'count.comparison': (step) => (step.op === 'count' ? set(step, 'comparison', 'above') : null),
    'higher.which': (step) => (step.op === 'higher' ? set(step, 'which', 'higher') : null),
    'sort.column': (step) =>
      step.op === 'sort' && firstNumber ? set(step, 'column', firstNumber) : null,
    'total.column': (step) =>
      step.op === 'total' && firstNumber ? set(step, 'column', firstNumber) : null,
  }
}

/** The steps without the facts that the agent overlooks; the fuller its window, the more. */
export function overlook(
  steps: readonly Step[],
  mind: Mind,
  columns: readonly Column[],
): readonly Step[] {
  const probability = mind.profile.miss * (1 + 2 * mind.load)
  const misses = (fact: string) => mind.happens('miss', fact, probability)
  const rest = steps.filter((step, at) => {
    const isFilter = step.op === 'find' && steps[at + 1]?.op === 'sort'
    if (!isFilter || !misses('filter')) return true
    mind.note('missed filter')
    return false
  })
  return Object.entries(overlooked(columns)).reduce<readonly Step[]>(
    (left, [fact, change]) =>
      changeFirst(
        left,
        change,
        () => misses(fact),
        () => mind.note(`missed ${fact}`),
      ),
    rest,
  )
}

function changeFirst(
  steps: readonly Step[],
  change: Change,
  happens: () => boolean,
  note: () => void,
): readonly Step[] {
  const at = steps.findIndex((step) => change(step) !== null)
  if (at < 0 || !happens()) return steps
  note()
  return steps.map((step, place) => (place === at ? (change(step) ?? step) : step))
}

const neighbours: readonly Change[] = [
  (step) =>
    step.op === 'sort'
      ? set(step, 'order', step.slots['order'] === 'low to high' ? 'high to low' : 'low to high')
      : null,
  (step) => (step.op === 'pick' ? set(step, 'row', String(Number(step.slots['row']) + 1)) : null),
  (step) =>
    step.op === 'count'
      ? set(step, 'comparison', step.slots['comparison'] === 'below' ? 'at most' : 'at least')
      : null,
  ({ op, slots: { left = '1', right = '2', ...rest } }) =>
    op === 'minus' ? { op, slots: { ...rest, left: right, right: left } } : null,
  (step) =>
    step.op === 'higher'
      ? set(step, 'which', step.slots['which'] === 'lower' ? 'higher' : 'lower')
      : null,
]

/** The steps as the agent writes them down: now and then one of them is a neighbour of what it meant. */
export function slip(steps: readonly Step[], mind: Mind): readonly Step[] {
  const possible = neighbours.filter((change) => steps.some((step) => change(step) !== null))
  const change = possible[Math.floor(mind.chance('slip', 'kind') * possible.length)]
  if (!change) return steps
  return changeFirst(
    steps,
    change,
    () => mind.happens('slip', 'steps', mind.profile.slip),
    () => mind.note('slip'),
  )
}
