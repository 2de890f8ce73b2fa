import { beforeAll, describe, expect, test } from 'vitest'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { parseTrialCalls } from '../../core/trial-calls.js'
import { faults } from '../../faults/catalogue.js'
import { messageStorm } from '../../faults/inter-agent/message-storm.js'
import { armOf, count, solved, taskCount, trialsOf } from './trials.js'

const communication = ['message-cycle', 'message-storm']
const arms = ['baseline', ...faults.map(({ id }) => id)]

let whole: readonly TrialLine[] = []
beforeAll(async () => {
  whole = await trialsOf({ system: 'pipeline', faults })
})

/** What somebody who looks at a cell from outside sees of it. */
const behaviourOf = (lines: readonly TrialLine[], fault: string) =>
  armOf(lines, fault).map(({ task, outcome, verdict, calls }) => ({
    task,
    outcome,
    verdict,
    calls,
  }))

/** The cells and the baseline in which leaving out a defence changed an answer, a verdict or the number of calls. */
const changedBy = (lines: readonly TrialLine[]) =>
  arms.filter(
    (fault) =>
      JSON.stringify(behaviourOf(lines, fault)) !== JSON.stringify(behaviourOf(whole, fault)),
  )
const held = (lines: readonly TrialLine[], fault: string) => count(armOf(lines, fault), 'held')
const calls = (lines: readonly TrialLine[], fault: string) =>
  armOf(lines, fault).reduce((sum, line) => sum + line.calls, 0)

describe('a pipeline without its filter for repeated messages', () => {
  let bare: readonly TrialLine[] = []
  beforeAll(async () => {
    bare = await trialsOf({ system: 'pipeline', without: ['dedupe'], faults })
  })

  test('does something else under the faults of communication, and nowhere else', () => {
    expect(changedBy(bare)).toEqual(communication)
  })

  test('answers every copy: an echo doubles the work, a storm multiplies it', () => {
    expect(calls(whole, 'message-storm')).toBe(calls(whole, 'baseline'))
    expect(calls(bare, 'message-storm')).toBeGreaterThan(10 * calls(bare, 'baseline'))
    expect(calls(bare, 'message-cycle')).toBe(2 * calls(bare, 'baseline'))
  })

  test('is never better off', () => {
    for (const fault of communication) {
      expect(held(bare, fault)).toBeLessThanOrEqual(held(whole, fault))
    }
    expect(held(whole, 'message-storm')).toBe(taskCount)
  })
})

describe('a pipeline whose trials may take twice the calls of their baselines', () => {
  const limited = (without: readonly string[]) =>
    trialsOf({
      ...{ system: 'pipeline', without, tasks: 6 },
      faults: [messageStorm],
      trialCalls: parseTrialCalls('2x'),
    })
  const free = (without: readonly string[]) =>
    trialsOf({ ...{ system: 'pipeline', without, tasks: 6 }, faults: [messageStorm] })
  const storm = (lines: readonly TrialLine[]) => armOf(lines, 'message-storm')

  test('survives a storm with its filter, in the same calls as without a limit', async () => {
    const [under, without] = [await limited([]), await free([])]
    expect(count(storm(under), 'held')).toBe(6)
    expect(behaviourOf(under, 'message-storm')).toEqual(behaviourOf(without, 'message-storm'))
  })

  test('is stalled by each storm without its filter, most of which it survived without a limit', async () => {
    const [under, without] = [await limited(['dedupe']), await free(['dedupe'])]
    expect(count(storm(without), 'held')).toBeGreaterThan(3)
    for (const { outcome, verdict, calls, task } of storm(under)) {
      expect({ outcome, verdict }).toEqual({
        ...{ outcome: { kind: 'stalled', limit: 'calls' }, verdict: 'broke' },
      })
      const baseline = armOf(under, 'baseline').find((line) => line.task === task)
      // Copies are answered side by side: calls that were tried after the last one that was allowed count as well.
      expect(calls).toBeGreaterThan(2 * (baseline?.calls ?? 0))
    }
    expect(solved(armOf(under, 'baseline'))).toBe(6)
    expect(solved(armOf(under, 'placebo-routing'))).toBe(6)
  })
})

describe('a pipeline without its shared pool', () => {
  let bare: readonly TrialLine[] = []
  beforeAll(async () => {
    bare = await trialsOf({ system: 'pipeline', without: ['shared-pool'], faults })
  })

  test('solves the same tasks unharmed', () => {
    expect(solved(armOf(bare, 'baseline'))).toBe(taskCount)
  })

  test('does something else only where a message lies or lacks something', () => {
    const changed = changedBy(bare)
    expect(changed).toContain('critical-information-loss')
    for (const fault of [...communication, 'baseline']) expect(changed).not.toContain(fault)
  })

  test('loses tasks that the pool had saved, and asks more to make up for the loss', () => {
    const loss = 'critical-information-loss'
    expect(held(bare, loss)).toBeLessThan(held(whole, loss))
    expect(calls(bare, loss)).toBeGreaterThan(calls(whole, loss))
    expect(held(bare, 'hallucination')).toBeLessThanOrEqual(held(whole, 'hallucination'))
  })
})

test('faults cost something: without any, all is solved, and under a false fact it is not', () => {
  expect(solved(armOf(whole, 'baseline'))).toBe(taskCount)
  expect(held(whole, 'hallucination')).toBeLessThan(taskCount)
})

test('an injector that is armed and changes nothing costs nothing', () => {
  for (const arm of ['placebo-prompt', 'placebo-response', 'placebo-routing']) {
    const lines = armOf(whole, arm)
    expect(solved(lines), arm).toBe(taskCount)
    expect(
      lines.filter(({ sameAsBaseline }) => sameAsBaseline),
      arm,
    ).toHaveLength(taskCount)
  }
})
