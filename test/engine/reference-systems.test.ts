import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judge } from '../../analysis/judge.js'
import { stoppedClock } from '../../core/clock.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { expand, type Plan } from '../../engine/plan.js'
import { execute } from '../../engine/run.js'
import { selectFaults } from '../../engine/select-faults.js'
import { cutSeams } from '../../engine/session.js'
import { faults } from '../../faults/catalogue.js'
import { simStrong } from '../../models/sim-strong.js'
import { tableQa } from '../../scenarios/table-qa/index.js'
import { systems } from '../../systems/catalogue.js'

const count = 5
const lines: TrialLine[] = []

beforeAll(async () => {
  const plan: Plan = {
    systems: systems.map((system) => ({ system, without: [] })),
    scenarios: [{ scenario: tableQa, tasks: await tableQa.tasks({ count, seed: 1 }) }],
    faults: selectFaults(faults, []),
    seeds: [1],
    site: { kind: 'default' },
    model: simStrong,
    engine: 'test',
  }
  const uninstall = await cutSeams([import.meta.dirname])
  const { signal } = new AbortController()
  await execute({
    ...{ plan, groups: expand(plan), done: new Map(), concurrency: 4, clock: stoppedClock, judge },
    ...{ signal, onTrial: ({ line }) => lines.push(line) },
  }).finally(uninstall)
}, 300_000)
afterAll(() => {
  lines.length = 0
})

const of = (system: string, fault: string) =>
  lines.filter((line) => line.system === system && line.fault === fault)

describe.each(systems)('$id', ({ id }) => {
  test('solves its tasks unharmed', () => {
    const right = of(id, 'baseline').filter(
      ({ outcome }) => outcome.kind === 'answered' && outcome.correct,
    )
    expect(right).toHaveLength(count)
  })

  test.each(['placebo-prompt', 'placebo-response', 'placebo-routing'])(
    'does under %s what it does without, byte for byte',
    (arm) => {
      const armed = of(id, arm).filter(({ outcome }) => outcome.kind !== 'not-run')
      const expected = id === 'solo' && arm === 'placebo-routing' ? 0 : count
      expect(armed).toHaveLength(expected)
      for (const line of armed) {
        expect(line.sameAsBaseline, line.id).toBe(true)
        expect(line.injections, line.id).toMatchObject([{ changed: false, delivered: true }])
      }
    },
  )

  test('has no void trial', () => {
    expect(lines.filter(({ system, verdict }) => system === id && verdict === 'void')).toEqual([])
  })
})

/** Cells in which the work offers the fault nothing to bite on. */
const empty: Readonly<Record<string, TrialLine['dormantBecause']>> = {
  'solo message-cycle': 'no-site',
  'solo message-storm': 'no-site',
  'solo message-broadcast-amplification': 'no-site',
  // It takes two for these: a plan that is handed on, a colleague's role, a colleague's word.
  'solo inexecutable-plan': 'no-site',
  'solo role-ambiguity': 'no-site',
  'solo blind-trust': 'no-site',
  // Two have nobody else to whom a message could go as well.
  'role-play message-broadcast-amplification': 'no-site',
  'role-play-guarded message-broadcast-amplification': 'no-site',
}
const cells = systems.flatMap((system) => faults.map((fault) => [fault.id, system.id] as const))

test.each(cells)('%s reaches %s, or it is known why not', (fault, system) => {
  const trials = of(system, fault)
  expect(trials).toHaveLength(count)
  const because = empty[`${system} ${fault}`]
  for (const { id, verdict, dormantBecause, injections } of trials) {
    if (because)
      expect({ verdict, dormantBecause }, id).toEqual({
        verdict: 'dormant',
        dormantBecause: because,
      })
    else
      expect(injections.some(({ effective }) => effective) || verdict === 'dormant', id).toBe(true)
  }
  const reached = trials.filter(({ verdict }) => verdict === 'held' || verdict === 'broke')
  expect(reached.length > 0).toBe(because === undefined)
})

test('what a fault did is told with its site, once or wherever it stayed', () => {
  const counted = lines.filter(({ verdict }) => verdict === 'held' || verdict === 'broke')
  for (const { fault, injections, id } of counted) {
    const { trigger = 'once' } = faults.find((one) => one.id === fault) ?? {}
    if (trigger !== 'once') expect(injections.length, id).toBeGreaterThanOrEqual(1)
    else expect(injections, id).toHaveLength(1)
    for (const { site } of injections) expect(site, id).toMatch(/^(input|call|tool|delivery):/)
  }
  expect(counted.length).toBeGreaterThan(30)
})
