import { describe, expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import { summarise } from '../../analysis/summarise.js'
import type { Behaviour } from '../../core/schemas/behaviour.js'
import type { Cell, Summary } from '../../core/schemas/summary.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { dormant, faulted, faults, injection, line, plannedOf, runOf } from './lines.js'
import { grid } from './runs.js'

const behaviour = (id: string | null, changes: Partial<Behaviour> = {}): Behaviour => ({
  fault: 'hallucination',
  id,
  by: id === null ? null : 'program',
  tiers: {},
  detects: null,
  proof: [],
  undecided: [],
  ...changes,
})

const places = grid.slice(0, 12)
const baselines = places.map((at) => line(at))

/** One trial after the other at places of their own. */
const trials = (...some: readonly (readonly ['held' | 'broke', Partial<TrialLine>])[]) =>
  some.map(([verdict, changes], at) => faulted(verdict, { ...places[at], ...changes }))

const seen = (...behaviours: readonly Behaviour[]): Partial<TrialLine> => ({
  behaviours: [...behaviours],
})

function summaryOf(lines: readonly TrialLine[], rules: readonly string[], fault: string): Summary {
  const known = faults.map((one) => ({ ...one, behaviours: rules.map((id) => ({ id })) }))
  const [id = '', other] = fault.split('+')
  const planned = other ? { ...plannedOf(id), also: [plannedOf(other)] } : plannedOf(id)
  return summarise({
    run: runOf({ faults: [planned] }),
    lines: [...baselines, ...lines],
    faults: known,
    injectorOf: () => 'response',
  })
}

function cellOf(
  lines: readonly TrialLine[],
  rules: readonly string[] = [],
  fault = 'hallucination',
): Cell {
  const [cell] = summaryOf(lines, rules, fault).cells
  if (!cell) throw new Error('a plan of one cell has one cell')
  return cell
}

describe('tiers of a cell', () => {
  test('are made of counted trials with a known behaviour', () => {
    const { tiers } = cellOf(
      trials(
        ['held', seen(behaviour('filters', { tiers: { rule: 'success' } }))],
        ['broke', seen(behaviour('filters', { tiers: { rule: 'success' } }))],
        ['broke', seen(behaviour('swallows', { tiers: { rule: 'failure' } }))],
        ['held', seen(behaviour('ignores'))],
        ['held', seen(behaviour(null))],
      ),
    )
    expect(tiers.rule).toEqual({
      triggered: 3,
      occurrence: scoreOf(3, 4),
      local: scoreOf(2, 3),
      success: scoreOf(1, 3),
    })
    expect(tiers.reasoning).toBeNull()
  })

  test('take no notice of trials in which the fault did not act', () => {
    const asleep = dormant('no-effect', {
      ...places[3],
      ...seen(behaviour('filters', { tiers: { rule: 'success' } })),
    })
    expect(cellOf([asleep, ...trials(['held', seen(behaviour('ignores'))])]).tiers.rule).toBeNull()
  })

  test('of several faults: any triggers it, and any failure is one', () => {
    const pair = 'hallucination+message-storm'
    const both = {
      fault: pair,
      injections: [injection(), injection({ fault: 'message-storm' })],
    }
    const failure = behaviour('floods', { fault: 'message-storm', tiers: { rule: 'failure' } })
    const success = behaviour('filters', { tiers: { rule: 'success', prompt: 'success' } })
    const { tiers } = cellOf(
      trials(
        ['held', { ...both, ...seen(success, failure) }],
        ['held', { ...both, ...seen(success, behaviour(null)) }],
      ),
      [],
      pair,
    )
    expect(tiers.rule).toMatchObject({ triggered: 2, local: scoreOf(1, 2) })
    expect(tiers.prompt).toMatchObject({ triggered: 2, local: scoreOf(2, 2) })
  })
})

describe('detection', () => {
  test('is a notice, or a behaviour that implies one', () => {
    const { detection } = cellOf(
      trials(
        ['held', { noticed: 0, ...seen(behaviour('ignores', { detects: false })) }],
        ['held', seen(behaviour('asks', { detects: true }))],
        ['broke', seen(behaviour('ignores', { detects: false }))],
        ['broke', seen(behaviour(null))],
      ),
    )
    expect(detection).toEqual(scoreOf(2, 4))
  })

  test('of trials in which nobody looked is not known, and not 0', () => {
    const { detection, behaviours, spread } = cellOf(trials(['held', {}], ['broke', {}]))
    expect({ detection, behaviours, spread }).toEqual({
      detection: scoreOf(0, 0),
      behaviours: [],
      spread: null,
    })
  })
})

describe('the list of behaviours', () => {
  const lines = trials(
    ['held', seen(behaviour('late'))],
    ['broke', seen(behaviour('late', { by: 'heuristic', undecided: ['early'] }))],
    ['broke', seen(behaviour('early', { by: 'judge' }))],
    ['broke', seen(behaviour(null, { undecided: ['early'] }))],
    ['held', seen(behaviour(null))],
    ['held', seen(behaviour(null))],
    ['held', seen(behaviour('b-strange'))],
    ['held', seen(behaviour('a-strange'))],
  )

  test('counts trials, how they ended, and who decided', () => {
    const { behaviours, undetermined } = cellOf(lines, ['early', 'late'])
    expect(behaviours[1]).toEqual({
      ...{ id: 'late', n: 2, held: 1, by: { program: 1, heuristic: 1 }, undecided: 1 },
    })
    expect(behaviours.at(-1)).toEqual({ id: null, n: 3, held: 2, by: {}, undecided: 1 })
    expect(undetermined).toBe(1)
  })

  test('stands in the order of the rules, unknown ones behind, what nothing fits last', () => {
    const order = (rules: readonly string[], some: readonly TrialLine[]) =>
      cellOf(some, rules).behaviours.map(({ id }) => id)
    const known = ['early', 'late', 'a-strange', 'b-strange', null]
    expect(order(['early', 'late'], lines)).toEqual(known)
    expect(order(['early', 'late'], [...lines].reverse())).toEqual(known)
    expect(order([], lines)).toEqual(['late', 'a-strange', 'b-strange', 'early', null])
  })

  test('counts a trial once for what two of its faults led to', () => {
    const pair = 'hallucination+message-storm'
    const injections = [injection(), injection({ fault: 'message-storm' })]
    const twice = seen(behaviour('early'), behaviour('early', { fault: 'message-storm' }))
    const [one] = cellOf(
      trials(['held', { fault: pair, injections, ...twice }]),
      [],
      pair,
    ).behaviours
    expect(one).toMatchObject({ id: 'early', n: 1, by: { program: 1 } })
  })
})

describe('how far a fault came', () => {
  const spread = (agents: number, contained: number | null, injected = 0) => ({
    ...seen(behaviour('ignores')),
    spread: {
      agents: Array.from({ length: agents }, (_, at) => `a${at}`),
      ...{ injected, firstDivergent: null, lastTainted: null, contained },
    },
  })

  test('is a mean over trials, and steps only where something stopped it', () => {
    const { spread: found } = cellOf(
      trials(
        ['held', spread(1, 9, 4)],
        ['held', spread(0, 3, 3)],
        ['held', spread(2, 8, 6)],
        ['broke', spread(3, null, 2)],
        ['broke', seen(behaviour('ignores'))],
      ),
    )
    expect(found).toMatchObject({ contained: 3, n: 4 })
    expect(found?.agents.mean).toBe(6 / 4)
    expect(found?.containment.mean).toBeCloseTo((5 + 0 + 2) / 3, 12)
  })

  test('has an interval over tasks, and none with fewer than six', () => {
    const over = (tasks: number) => {
      const lines = Array.from({ length: tasks }, (_, at) =>
        faulted('held', { task: `t${at}`, ...spread(1 + (at % 2), null) }),
      )
      const right = lines.map(({ task }) => line({ task }))
      return cellOf([...right, ...lines]).spread
    }
    expect(over(5)?.agents).toMatchObject({ low: null, high: null, n: 5 })
    expect(over(6)?.agents.mean).toBe(1.5)
    // Half of six means differ by half an agent: 0.5477 / sqrt(6) standard errors, times t of five degrees of freedom.
    expect(over(6)?.agents.high).toBeCloseTo(1.5 + (2.570582 * 0.547723) / Math.sqrt(6), 5)
    expect(over(6)?.containment).toEqual({ mean: null, low: null, high: null, n: 0 })
  })
})
