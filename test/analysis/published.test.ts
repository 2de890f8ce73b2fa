import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import { type TierEffects, type TierTrial, tierScores } from '../../analysis/tiers.js'
import { type Tier, tiers } from '../../core/taxonomy.js'

type PublishedTier = Readonly<{
  triggered: number
  fixed: number
  passedAmongTriggered: number
  occurrence: number
  local: number
  success: number
}>
type PublishedCell = Readonly<{
  system: string
  model: string
  fault: string
  tasks: number
  passed: number
  robustness: number
  tagged: number
  tiers: Record<Tier, PublishedTier | null>
  labels: readonly Readonly<{ behaviour: string | null; count: number; passed: number }>[]
}>

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/masfire/${name}`, import.meta.url), 'utf8'))
const { cells } = read('published-cells.json') as Readonly<{ cells: readonly PublishedCell[] }>
const { faults } = read('taxonomy.json') as Readonly<{
  faults: readonly Readonly<{
    id: string
    behaviours: readonly Readonly<{ id: string; tiers: TierEffects }>[]
  }>[]
}>

/** What the taxonomy says of a behaviour; null for a label that it lacks. */
function effectsOf(fault: string, behaviour: string | null): TierEffects | null {
  if (behaviour === null) return null
  const rules = faults.find(({ id }) => id === fault)?.behaviours
  const rule = rules?.find(({ id }) => id === behaviour)
  if (!rule) throw new Error(`The taxonomy has no ${behaviour} of ${fault}.`)
  return rule.tiers
}

/** The trials of a cell, made from how often each label occurs and how often it passed. */
const trialsOf = ({ fault, labels }: PublishedCell): readonly TierTrial[] =>
  labels.flatMap(({ behaviour, count, passed }) => {
    const effects = effectsOf(fault, behaviour)
    return Array.from({ length: count }, (_, at) => ({ tiers: effects, passed: at < passed }))
  })

const sixDigits = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1e6) / 1e6

/** What the publication says of a tier, and what comes out here, in the same form. */
const valuesOf = (tier: PublishedTier | null) =>
  tier && { occurrence: tier.occurrence, local: tier.local, success: tier.success }

describe('the published study, computed again from its labels', () => {
  test('has 64 cells with 11,495 trials and 768 values of tiers', () => {
    expect(cells.length).toBe(64)
    expect(cells.length * tiers.length * 3).toBe(768)
    expect(cells.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(11_495)
  })

  test.each(cells)('$system on $model under $fault', (cell) => {
    const trials = trialsOf(cell)
    const passed = trials.filter((trial) => trial.passed).length
    expect([trials.length, passed]).toEqual([cell.tasks, cell.passed])
    expect(sixDigits(scoreOf(passed, trials.length).mean)).toBe(cell.robustness)
    const scores = tierScores(trials)
    for (const tier of tiers) {
      const score = scores[tier]
      const published = cell.tiers[tier]
      expect(score?.triggered, tier).toBe(published?.triggered)
      expect(
        score && {
          occurrence: sixDigits(score.occurrence.mean),
          local: sixDigits(score.local.mean),
          success: sixDigits(score.success.mean),
        },
        tier,
      ).toEqual(valuesOf(published))
      if (score) expect(score.occurrence.n, tier).toBe(cell.tagged)
    }
  })
})
