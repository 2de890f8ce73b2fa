import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stopState } from '../../analysis/stopping.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { stopOrder } from '../../core/stop-order.js'
import type { Stopping } from '../../core/stopping.js'
import { decide, isHopeless, resultOf, shortLooks } from '../engine/rules.js'
import { dormant, faulted, line, placebo, plannedOf, runOf } from './lines.js'

const tasks = ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8']
const faults = ['hallucination', 'message-storm']
const { plan } = runOf({
  ...{ scenarios: [{ id: 'table-qa', tasks, tasksHash: 'h' }], seeds: [1, 2] },
  faults: faults.map(plannedOf),
})
const order = stopOrder({ ...plan, systems: ['pipeline'], faults })
const injectorOf = (fault: string) => (fault === 'message-storm' ? 'routing' : 'response')

/** One question per fault, or one for both. */
const rule = (questionsOf: Stopping['questionsOf'] = ({ fault }) => [fault]): Stopping => ({
  ...{ questionsOf, resultOf, decide, isHopeless },
  looks: new Map([...faults, 'both'].map((id) => [id, shortLooks])),
})
const stateOf = (lines: readonly TrialLine[], stopping = rule()) =>
  stopState({ plan, lines, stopping, injectorOf })

/** The first trials of a fault in stop order; d: dormant, v: void, h: held, b: broke, -: missing. */
const asked = (fault: string, outcomes: string) =>
  order
    .filter((place) => place.fault === fault)
    .flatMap((place, at) => {
      if (outcomes[at] === 'd') return [dormant('no-effect', place)]
      if (outcomes[at] === 'v') return [faulted('held', { ...place, verdict: 'void' })]
      if (outcomes[at] === 'h') return [faulted('held', place)]
      return outcomes[at] === 'b' ? [faulted('broke', place)] : []
    })

/** Trials with the baselines and placebos that they are compared with. */
const withTwins = (trials: readonly TrialLine[]) => [
  ...trials,
  ...trials.flatMap(({ task, seed, fault }) => [
    line({ task, seed }),
    placebo({ task, seed, fault: `placebo-${injectorOf(fault)}` }),
  ]),
]

describe('a question', () => {
  test('is decided at the first look that decides; what does not count is no part of it', () => {
    const [hallucination, storm] = stateOf([
      ...asked('hallucination', 'dhhdhhb'),
      ...asked('message-storm', 'hbhhhhh'),
    ]).questions
    expect(hallucination).toEqual({
      ...{ id: 'hallucination', end: { verdict: 'passed', after: 4 }, planned: 16 },
      outcomes: [true, true, true, true],
    })
    expect(storm).toMatchObject({ id: 'message-storm', end: null })
    expect(storm?.outcomes).toHaveLength(7)
  })

  test('is given up when many were left out and none counted, but not when trials were lost', () => {
    const [hallucination, storm] = stateOf([
      ...asked('hallucination', 'ddddd'),
      ...asked('message-storm', 'ddddvvvv'),
    ]).questions
    expect(hallucination).toMatchObject({ end: { verdict: 'given up', after: 5 }, outcomes: [] })
    expect(storm).toMatchObject({ end: null })
    expect(stateOf(asked('hallucination', 'ddhddd')).questions[0]).toMatchObject({
      ...{ end: null, outcomes: [true] },
    })
    expect(stateOf(asked('hallucination', 'ddddd')).notNeeded).toEqual(
      order.filter(({ fault }) => fault === 'hallucination').slice(5),
    )
  })

  test('hears nothing behind a trial that is missing', () => {
    const { questions } = stateOf(asked('hallucination', 'hh-hhhhh'))
    expect(questions[0]).toMatchObject({ end: null, outcomes: [true, true] })
  })

  test('comes to the same in whatever order the lines are, and when some come twice', () => {
    const lines = withTwins([
      ...asked('hallucination', 'hbdhhbbhhhh'),
      ...asked('message-storm', 'bbdbb'),
    ])
    const state = stateOf(lines)
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...lines, ...lines], { minLength: 2 * lines.length }),
        (all) => {
          expect(stateOf(all)).toEqual(state)
        },
      ),
    )
  })
})

describe('trials of a plan', () => {
  test('are not needed when all their questions are decided', () => {
    const { notNeeded } = stateOf(asked('message-storm', 'bbbb'))
    expect(notNeeded).toEqual(order.filter(({ fault }) => fault === 'message-storm').slice(4))
  })

  test('are needed while one of their questions is open, or when they have none', () => {
    const lines = asked('message-storm', 'bbbb')
    expect(
      stateOf(
        lines,
        rule(({ fault }) => [fault, 'both']),
      ).notNeeded,
    ).toEqual([])
    expect(
      stateOf(
        lines,
        rule(() => []),
      ).notNeeded,
    ).toEqual([])
  })

  test('are saved with the baselines and placebos that only they would have needed', () => {
    const storm = asked('message-storm', 'bbbb')
    // The other fault needs all baselines: twelve trials and their placebos are saved.
    expect(stateOf(withTwins(storm))).toMatchObject({ saved: 24, wanted: 56, isComplete: false })
    const lines = withTwins([...storm, ...asked('hallucination', 'hhhh')])
    const groups = new Set(lines.map(({ task, seed }) => `${task}#${seed}`)).size
    const saved = 2 * 12 + 2 * 12 + (16 - groups)
    expect(stateOf(lines)).toMatchObject({ saved, wanted: 80 - saved, isComplete: true })
    expect(stateOf(lines.slice(1))).toMatchObject({ isComplete: false })
  })

  test('of faults that are set together twice are asked one after the other', () => {
    const twice = { ...plannedOf('hallucination'), also: [plannedOf('message-storm')] }
    const name = 'hallucination+message-storm'
    const places = stopOrder({ ...plan, systems: ['pipeline'], faults: [name] })
    const lines = places
      .slice(0, 2)
      .flatMap((place) => [
        faulted('broke', { ...place, fault: `${name}:copies=9` }),
        faulted('broke', { ...place, fault: `${name}:copies=5` }),
      ])
    const state = stopState({
      ...{ plan: { ...plan, faults: [twice, twice] }, lines, injectorOf },
      stopping: rule(() => ['both']),
    })
    expect(state.questions).toMatchObject([{ planned: 32, end: { verdict: 'failed' } }])
    // Of 32 faulted trials four were asked; baselines and two placebos go with a place.
    expect(state.saved).toBe(28 + 3 * 14)
  })
})
