import { expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import { summarise } from '../../analysis/summarise.js'
import type { Behaviour } from '../../core/schemas/behaviour.js'
import type { SystemSummary } from '../../core/schemas/summary.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { dormant, faulted, faults, injection, line, plannedOf, runOf } from './lines.js'
import { grid } from './runs.js'
import { verification } from './verifications.js'

const places = grid.slice(0, 8)

const behaviour = (id: string | null, changes: Partial<Behaviour> = {}): Behaviour => ({
  ...{ fault: 'hallucination', id, by: id === null ? null : 'program' },
  ...{ tiers: {}, detects: null, proof: [], undecided: [], ...changes },
})

/** A trial of a fault at a place of its own, in which a behaviour was seen. */
const trial = (
  fault: string,
  place: number,
  verdict: 'held' | 'broke',
  seen: Behaviour,
  changes: Partial<TrialLine> = {},
): TrialLine => faulted(verdict, { ...places[place], fault, behaviours: [seen], ...changes })

const saved = behaviour('filters', { tiers: { rule: 'success' } })
const missed = behaviour('swallows', { tiers: { rule: 'failure', prompt: 'failure' } })
const unknown = behaviour(null, { undecided: ['asks'] })

const trials = [
  trial('hallucination', 0, 'held', saved, { noticed: 4 }),
  trial('hallucination', 1, 'broke', missed),
  trial('message-storm', 0, 'broke', saved),
  trial('message-storm', 1, 'held', unknown),
]

function systemOf(
  lines: readonly TrialLine[],
  verified: readonly TrialLine[] = [],
  planned: readonly string[] = ['hallucination', 'message-storm', 'message-cycle'],
): SystemSummary {
  const [system] = summarise({
    run: runOf({ faults: planned.map(plannedOf) }),
    lines: [...places.map((at) => line(at)), ...lines],
    verifications: verified.map((one) => verification(one, 'necessary', { saved: ['dedupe'] })),
    ...{ faults, injectorOf: () => 'response' },
  }).systems
  if (!system) throw new Error('a plan of one system has one system')
  return system
}

test('the tiers of a system are those of its trials, not a mean of its cells', () => {
  const { tiers, detection, undetermined } = systemOf(trials)
  expect(tiers).toEqual({
    rule: {
      ...{ triggered: 3, occurrence: scoreOf(3, 3) },
      ...{ local: scoreOf(2, 3), success: scoreOf(1, 3) },
    },
    prompt: {
      ...{ triggered: 1, occurrence: scoreOf(1, 3) },
      ...{ local: scoreOf(0, 1), success: scoreOf(0, 1) },
    },
    mechanism: null,
    reasoning: null,
  })
  expect(detection).toEqual(scoreOf(1, 4))
  expect(undetermined).toBe(1)
})

test('cells that only luck can save, and those that are not measured, are left out', () => {
  const lucky = trial('message-cycle', 0, 'held', missed, {
    injections: [injection({ recoverable: false })],
  })
  expect(systemOf([...trials, lucky])).toEqual(systemOf(trials))
  const lost = [1, 2, 3].map((place) =>
    dormant('not-reached', { ...places[place], fault: 'message-cycle' }),
  )
  const thin = [trial('message-cycle', 0, 'held', missed), ...lost]
  expect(systemOf([...trials, ...thin]).tiers).toEqual(systemOf(trials).tiers)
  const whole = [trial('message-cycle', 0, 'held', missed)]
  expect(systemOf([...trials, ...whole]).tiers.rule?.triggered).toBe(4)
})

test('what was verified of its trials is counted, and null where nothing was', () => {
  expect(systemOf(trials).verified).toBeNull()
  const held = trials.filter(({ verdict }) => verdict === 'held')
  expect(systemOf(trials, held).verified).toMatchObject({
    ...{ tried: 2, defences: { dedupe: 2 }, tiers: { rule: 2, mechanism: 0 } },
  })
})

test('a system that nobody watched has no tiers, and its detection is not 0', () => {
  const { tiers, detection } = systemOf(
    trials.map((one) => ({ ...one, behaviours: [], noticed: null })),
  )
  expect(Object.values(tiers)).toEqual([null, null, null, null])
  expect(detection).toEqual(scoreOf(0, 0))
})
