import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judge } from '../../analysis/judge.js'
import { stopState } from '../../analysis/stopping.js'
import { stoppedClock } from '../../core/clock.js'
import { rng } from '../../core/draw.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { Stopping } from '../../core/stopping.js'
import { trialId } from '../../core/trial-id.js'
import { expand, type Plan } from '../../engine/plan.js'
import { selectFaults } from '../../engine/select-faults.js'
import {
  type Progress,
  readTrials,
  runSession,
  type Session,
  type SessionResult,
} from '../../engine/session.js'
import { runFiles } from '../../engine/store.js'
import { faults } from '../../faults/catalogue.js'
import { simWeak } from '../../models/sim-weak.js'
import { tableQa } from '../../scenarios/table-qa/index.js'
import { criticLoop } from '../../systems/critic-loop/index.js'
import { pipeline } from '../../systems/pipeline/index.js'
import { systemOf } from '../analysis/lines.js'
import { decide, isHopeless, resultOf, shortLooks } from './rules.js'

let root = ''
let runs = 0
let plan: Plan
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'firedrill-until-decided-'))
  plan = {
    systems: [criticLoop, pipeline].map((system) => ({ system, without: [] })),
    scenarios: [{ scenario: tableQa, tasks: await tableQa.tasks({ count: 6, seed: 1 }) }],
    faults: selectFaults(faults, ['hallucination', 'message-storm:copies=5', 'H+MC', 'PFE']),
    ...{ seeds: [1, 2, 3], site: { kind: 'default' }, model: simWeak, engine: 'test' },
  }
})
afterAll(() => rmSync(root, { recursive: true }))

const file: Omit<RunFile, 'planId'> = {
  ...{ schema: 1, tool: { name: 'firedrill', version: 'test' }, id: 'r-test', arguments: {} },
  ...{ versions: {}, commit: null, created: '' },
  plan: {
    ...{ systems: [], scenarios: [], faults: [], site: 'default', seeds: [1, 2, 3] },
    model: { id: 'sim-weak', kind: 'simulated', hash: simWeak.hash },
  },
}

/** One gate over all faults but one, one on two of them; nothing is asked of the last fault. */
const stopping: Stopping = {
  questionsOf: ({ system, fault }) => [
    ...(fault === 'parameter-filling-error' ? [] : [`all ${system}`]),
    ...(fault.includes('hallucination') ? [`h ${system}`] : []),
  ],
  looks: new Map(
    ['critic-loop', 'pipeline'].flatMap((system) => [
      [`all ${system}`, shortLooks],
      [`h ${system}`, shortLooks],
    ]),
  ),
  resultOf,
  isHopeless,
  decide,
}

const sessionOf = (more: Partial<Session> = {}): Session => ({
  ...{ plan, file, stopping, resume: false, concurrency: 1, traces: 'all', judge },
  ...{ clock: stoppedClock, folder: join(root, `run-${runs++}`) },
  ...{ packageFolders: [import.meta.dirname], signal: new AbortController().signal },
  ...{ onProgress: () => undefined, ...more },
})
const sorted = (path: string) => readFileSync(path, 'utf8').split('\n').sort().join('\n')
const bytesOf = ({ folder }: Session) =>
  ['trials', 'traces'].map((name) => sorted(runFiles(folder)[name as 'trials' | 'traces']))

/** A session that is stopped after so many trials. */
function stoppedAfter(count: number, more: Partial<Session> = {}): Session {
  const controller = new AbortController()
  const onProgress = ({ done }: Progress) => {
    if (done === count) controller.abort()
  }
  return sessionOf({ ...more, signal: controller.signal, onProgress })
}

let session: Session
let result: SessionResult
beforeAll(async () => {
  session = sessionOf()
  result = await runSession(session)
})
/** What the analysis makes of the lines. */
const stateOf = (lines: readonly TrialLine[]) =>
  stopState({
    ...{ lines, stopping },
    injectorOf: (id) => faults.find((fault) => fault.id === id)?.injector ?? 'response',
    plan: {
      ...{ ...file.plan, seeds: [...plan.seeds] },
      systems: plan.systems.map(({ system: { id } }) => systemOf(id)),
      scenarios: plan.scenarios.map(({ scenario: { id }, tasks }) => ({
        ...{ id, tasksHash: '', tasks: tasks.map((one) => one.id) },
      })),
      faults: plan.faults.map(({ planned, also = [] }) => ({
        ...planned,
        also: also.map((one) => one.planned),
      })),
    },
  })
const faulted = (lines: readonly TrialLine[], system: string) =>
  lines.filter((line) => line.arm === 'fault' && line.system === system)

describe('a run that ends early', () => {
  test('executes less and is not interrupted', async () => {
    const { lines, total, notNeeded, interrupted } = result
    expect(total).toBe(2 * 6 * 3 * (1 + 2 + 4))
    expect(interrupted).toBe(false)
    expect(notNeeded).toBeGreaterThan(50)
    expect(lines.length + notNeeded).toBe(total)
    for (const system of ['critic-loop', 'pipeline']) {
      // Nothing is asked of this fault, so nothing can be decided about it.
      const unasked = faulted(lines, system).filter(({ fault }) => fault.startsWith('parameter'))
      expect(unasked).toHaveLength(6 * 3)
    }
  })

  test('says of each trial what a whole run says of it', async () => {
    const all = await runSession(sessionOf({ stopping: null }))
    expect(all).toMatchObject({ notNeeded: 0, interrupted: false })
    const byId = new Map(all.lines.map((line) => [line.id, line]))
    for (const line of result.lines) expect(line).toEqual(byId.get(line.id))
  })

  test('is decided again from its lines as it was decided when they were executed', () => {
    const state = stateOf(result.lines)
    expect(state).toMatchObject({ saved: result.notNeeded, isComplete: true })
    expect(state.wanted).toBe(result.lines.length)
    expect(state.questions.map(({ id }) => id).sort()).toEqual([...stopping.looks.keys()].sort())
    const asked = new Set(result.lines.map(({ id }) => id))
    for (const { fault, ...place } of state.notNeeded) {
      const label = fault === 'message-storm' ? 'message-storm:copies=5' : fault
      expect(asked).not.toContain(trialId({ ...place, fault: label }))
    }
  })

  test.each([4, 16])('stores the same bytes with %i trials in flight', async (concurrency) => {
    const many = sessionOf({ concurrency })
    expect(await runSession(many)).toMatchObject({ interrupted: false })
    expect(bytesOf(many)).toEqual(bytesOf(session))
  })

  test('has a baseline and a placebo before every fault, and no other', async () => {
    const { lines } = await runSession(
      sessionOf({
        concurrency: 16,
        stopping: { ...stopping, questionsOf: () => ['all pipeline'] },
      }),
    )
    const seen = new Set<string>()
    const used = new Set<string>()
    const trials = new Map(
      expand(plan).flatMap(({ trials: all }) => all.map((one) => [one.id, one])),
    )
    for (const { id, system, task, seed, arm } of lines) {
      const where = [system, task, seed].join()
      const injectors = trials.get(id)?.actions.map(({ injector }) => injector) ?? []
      const needs = [`${where} baseline`, ...injectors.map((name) => `${where} ${name}`)]
      if (arm === 'baseline') seen.add(`${where} baseline`)
      if (arm === 'placebo') for (const name of injectors) seen.add(`${where} ${name}`)
      if (arm !== 'fault') continue
      for (const need of needs) {
        expect(seen, id).toContain(need)
        used.add(need)
      }
    }
    expect(used).toEqual(seen)
    expect(lines.length).toBeLessThan(60)
  })
})

describe('a run that ends early and was interrupted', () => {
  const chance = rng(5, 'interruptions')
  const moments = Array.from({ length: 4 }, () => 4 + Math.floor(chance.next() * 130))
  test.each([1, 2, ...moments])('after %i trials comes to the same', async (count) => {
    const first = stoppedAfter(count, { concurrency: 4 })
    const stopped = await runSession(first)
    expect(stopped).toMatchObject({ interrupted: true })
    expect(stateOf(stopped.lines)).toMatchObject({ saved: stopped.notNeeded, isComplete: false })
    const before = readTrials(first.folder).lines.length
    const again = sessionOf({ folder: first.folder, resume: true, concurrency: 3 })
    const whole = await runSession(again)
    expect(whole).toMatchObject({ interrupted: false })
    expect(before).toBeLessThan(whole.lines.length)
    expect(bytesOf(again)).toEqual(bytesOf(session))
  })

  test('executes nothing when all is decided', async () => {
    const onProgress = () => {
      throw new Error('Nothing was left to do.')
    }
    const again = await runSession({ ...session, resume: true, onProgress })
    expect(again).toMatchObject({ interrupted: false, notNeeded: result.notNeeded })
    expect(again.lines).toHaveLength(result.lines.length)
  })
})
