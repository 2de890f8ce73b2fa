import { beforeAll, describe, expect, test } from 'vitest'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { criticalInformationLoss } from '../../faults/intra-agent/critical-information-loss.js'
import { hallucination } from '../../faults/intra-agent/hallucination.js'
import { codeRules } from '../../scenarios/code-rules/index.js'
import { armOf, count, solved, taskCount, trialsOf } from './trials.js'

const faults = [criticalInformationLoss, hallucination]

const trials = (...without: readonly string[]) =>
  trialsOf({ system: 'pipeline', without, faults, scenario: codeRules })
const held = (lines: readonly TrialLine[], fault: string) => count(armOf(lines, fault), 'held')

let [pool, none]: (readonly TrialLine[])[] = []
beforeAll(async () => {
  pool = await trials()
  none = await trials('shared-pool')
})

describe('functions from rules', () => {
  test('are written right by everybody when nothing goes wrong, and every trial counts', () => {
    for (const lines of [pool, none]) {
      expect(solved(armOf(lines ?? [], 'baseline'))).toBeGreaterThanOrEqual(0.9 * taskCount)
      expect(count(lines ?? [], 'void')).toBe(0)
    }
  })

  test('cost nothing when an injector is armed and changes nothing', () => {
    for (const lines of [pool, none]) {
      const placebo = armOf(lines ?? [], 'placebo-response')
      expect(placebo.filter(({ sameAsBaseline }) => sameAsBaseline)).toHaveLength(taskCount)
    }
  })

  test('are saved by a pool when a rule is lost, and mostly when one is false', () => {
    for (const { id } of faults) expect(held(pool ?? [], id)).toBeGreaterThan(held(none ?? [], id))
    expect(held(pool ?? [], 'critical-information-loss')).toBeGreaterThanOrEqual(0.9 * taskCount)
  })
})
