import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { observer } from '../../analysis/detect.js'
import { judge } from '../../analysis/judge.js'
import { flawIn } from '../../analysis/proof.js'
import { stoppedClock } from '../../core/clock.js'
import type { Proof } from '../../core/schemas/behaviour.js'
import type { TraceLine } from '../../core/schemas/trace-line.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { Lines } from '../../engine/line.js'
import { expand, type Plan } from '../../engine/plan.js'
import { execute } from '../../engine/run.js'
import { selectFaults } from '../../engine/select-faults.js'
import { cutSeams } from '../../engine/session.js'
import { faults } from '../../faults/catalogue.js'
import { simStrong } from '../../models/sim-strong.js'
import { scenarios } from '../../scenarios/catalogue.js'
import { systems } from '../../systems/catalogue.js'

type Looked = Readonly<{ line: TrialLine; trace: TraceLine; baseline: TraceLine }>
const looked: Looked[] = []

beforeAll(async () => {
  const plan: Plan = {
    // A variant is the graph of another system with one part more.
    systems: systems
      .filter(({ variantOf }) => variantOf === undefined)
      .map((system) => ({ system, without: [] })),
    scenarios: await Promise.all(
      scenarios
        .filter(({ realOnly }) => !realOnly)
        .map(async (scenario) => ({
          scenario,
          tasks: await scenario.tasks({ count: 2, seed: 2 }),
        })),
    ),
    faults: selectFaults(faults, []),
    seeds: [1],
    site: { kind: 'default' },
    model: simStrong,
    engine: 'test',
  }
  const lines: Lines[] = []
  const uninstall = await cutSeams([import.meta.dirname])
  await execute({
    ...{ plan, groups: expand(plan), done: new Map(), concurrency: 4, clock: stoppedClock, judge },
    observe: observer(faults),
    signal: new AbortController().signal,
    onTrial: (line) => lines.push(line),
  }).finally(uninstall)
  const twin = ({ system, scenario, task, seed }: TrialLine) =>
    lines.find(
      ({ line }) =>
        line.arm === 'baseline' &&
        line.system === system &&
        line.scenario === scenario &&
        line.task === task &&
        line.seed === seed,
    )?.trace
  for (const { line, trace } of lines) {
    const baseline = line.arm === 'fault' ? twin(line) : null
    const acted = line.verdict === 'held' || line.verdict === 'broke'
    if (trace && baseline && acted) looked.push({ line, trace, baseline })
  }
}, 600_000)
afterAll(() => {
  looked.length = 0
})

const proofs = (): readonly (Looked & Readonly<{ proof: Proof; what: string }>)[] =>
  looked.flatMap((one) =>
    one.line.behaviours.flatMap(({ id, proof: all }) =>
      all.map((proof) => ({ ...one, proof, what: `${one.line.id} ${id}: ${proof.shows}` })),
    ),
  )

describe('every behaviour of a whole offline run', () => {
  test('was looked for wherever a fault acted', () => {
    expect(looked.length).toBeGreaterThan(150)
    for (const { line } of looked) {
      expect(line.behaviours, line.id).toHaveLength(1)
      expect(line.spread, line.id).not.toBeNull()
    }
  })

  test('is proved by steps that show what is claimed when they are read again', () => {
    expect(proofs().length).toBeGreaterThan(300)
    const flaws = proofs().flatMap(({ proof, trace, baseline, what }) => {
      const flaw = flawIn(proof, trace, baseline)
      return flaw ? [`${what}: ${flaw}`] : []
    })
    expect(flaws).toEqual([])
  })

  test('has no proof that any step would show as well', () => {
    // A reader who nods at everything would not have found a lie: claims about other facts, agents and steps are refused.
    const moved = (['says', 'calls', 'reads', 'answers', 'rejects', 'asks'] as const).flatMap(
      (shows) => proofs().filter(({ proof }) => proof.shows === shows),
    )
    const lies = moved.map(({ proof, trace, baseline }) => {
      const what = proof.what === null ? null : 'Zanzibar on 1871-13-77'
      const elsewhere = trace.steps.findIndex(({ kind }) => kind === 'end')
      return flawIn({ ...proof, step: elsewhere, what }, trace, baseline)
    })
    expect(moved.length).toBeGreaterThan(100)
    expect(lies).not.toContain(null)
    const others = moved
      .filter(({ proof }) => proof.shows === 'says' || proof.shows === 'reads')
      .map(({ proof, trace, baseline }) =>
        flawIn({ ...proof, what: 'Zanzibar on 1871-13-77' }, trace, baseline),
      )
    expect(others).not.toContain(null)
  })

  test('is found by the rules in their order, or left to a judge, and seldom to nobody', () => {
    const known = looked.filter(({ line }) => line.behaviours.every(({ id }) => id !== null))
    const open = looked.filter(({ line }) =>
      line.behaviours.some(({ id, undecided }) => id === null && undecided.length === 0),
    )
    expect(known.length / looked.length).toBeGreaterThan(0.85)
    expect(open.length / looked.length).toBeLessThan(0.05)
    for (const { line } of looked) {
      for (const { id, by, undecided } of line.behaviours) {
        const rules = faults.find((fault) => fault.id === line.fault)?.behaviours ?? []
        const at = id === null ? rules.length : rules.findIndex((rule) => rule.id === id)
        const before = rules.slice(0, at).filter((rule) => rule.by === 'judge')
        expect(undecided, line.id).toEqual(before.map((rule) => rule.id))
        if (id !== null) expect(by, line.id).toBe(rules[at]?.by)
      }
    }
  })

  test('contains a spread whose steps are in the trace, in order', () => {
    for (const { line, trace } of looked) {
      const { injected, lastTainted, contained, agents } = line.spread ?? {}
      expect(trace.steps[injected ?? -1]?.kind, line.id).toBe('injection')
      if (lastTainted != null) expect(lastTainted, line.id).toBeGreaterThan(injected ?? 0)
      if (contained != null)
        expect(contained, line.id).toBeGreaterThan(lastTainted ?? injected ?? 0)
      expect(agents?.length === 0, line.id).toBe(lastTainted === null)
    }
  })
})
