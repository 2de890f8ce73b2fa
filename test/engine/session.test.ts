import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AIMessage } from '@langchain/core/messages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judge } from '../../analysis/judge.js'
import { stoppedClock } from '../../core/clock.js'
import { textOf, withText } from '../../core/messages.js'
import type { Scenario } from '../../core/scenario.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import { parseTrialCalls } from '../../core/trial-calls.js'
import type { Plan } from '../../engine/plan.js'
import {
  type Progress,
  readRunFile,
  readTrace,
  readTrials,
  runSession,
  type Session,
} from '../../engine/session.js'
import { runFiles } from '../../engine/store.js'
import { ask, modelOf, oneNode, planOf, responseFault, sums, systemOf, task } from './stage.js'

let root = ''
let runs = 0
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'firedrill-session-'))
})
afterAll(() => rmSync(root, { recursive: true }))

const shout = responseFault('shout', { inject: (said) => withText(said, `${textOf(said)}!`) })
const quiet = responseFault('quiet', { inject: (said) => withText(said, '4.') })
/** Forgives what `quiet` does. */
const scenario: Scenario = {
  ...sums,
  oracle: (asked, answer) => sums.oracle(asked, answer.replace('.', '')),
}
const tasks = ['t1', 't2', 't3'].map((id) => ({ ...task, id }))
const plan = planOf({ system: systemOf(oneNode(ask)), faults: [shout, quiet], scenario, tasks })

const file: Omit<RunFile, 'planId'> = {
  ...{ schema: 1, tool: { name: 'firedrill', version: 'test' }, id: 'r-test', arguments: {} },
  ...{ versions: {}, commit: null, created: '' },
  plan: {
    ...{ systems: [], scenarios: [], faults: [], site: 'first', seeds: [1] },
    model: { id: 'scripted', kind: 'simulated', hash: 'scripted' },
  },
}
const sessionOf = (more: Partial<Session> = {}): Session => ({
  ...{ plan, file, resume: false, concurrency: 1, traces: 'all', clock: stoppedClock, judge },
  ...{ folder: join(root, `run-${runs++}`), packageFolders: [import.meta.dirname] },
  ...{ signal: new AbortController().signal, onProgress: () => undefined, ...more },
})
const sorted = (path: string) => readFileSync(path, 'utf8').split('\n').sort().join('\n')

/** A session that is stopped after so many trials. */
function stoppedAfter(count: number, more: Partial<Session> = {}): Session {
  const controller = new AbortController()
  const onProgress = ({ done }: Progress) => {
    if (done === count) controller.abort()
  }
  return sessionOf({ ...more, signal: controller.signal, onProgress })
}

describe('a session', () => {
  test('keeps every trial with its trace and says how far it is', async () => {
    const seen: string[] = []
    const session = sessionOf({
      onProgress: ({ done, total, line }) => seen.push(`${done}/${total} ${line.fault}`),
    })
    const { lines, total, interrupted } = await runSession(session)
    expect({ total, interrupted, count: lines.length }).toEqual({
      ...{ total: 12, interrupted: false, count: 12 },
    })
    expect(seen.slice(0, 4)).toEqual([
      ...['1/12 baseline', '2/12 placebo-response', '3/12 shout', '4/12 quiet'],
    ])
    const stored = readTrials(session.folder)
    expect(stored).toEqual({ lines, broken: 0 })
    expect(readRunFile(session.folder)).toMatchObject({ id: 'r-test', planId: expect.any(String) })
    const executed = lines.filter(({ outcome }) => outcome.kind !== 'not-run')
    for (const { id, key } of executed)
      expect(readTrace(session.folder, id)).toMatchObject({ id, key })
    expect(readTrace(session.folder, 'little/sums/other/t1#1')).toBeNull()
  })

  test.each([2, 8, 32])('stores the same bytes with %i trials in flight', async (concurrency) => {
    const [one, many] = [sessionOf(), sessionOf({ concurrency })]
    await runSession(one)
    await runSession(many)
    for (const name of ['trials', 'traces'] as const) {
      expect(sorted(runFiles(many.folder)[name])).toBe(sorted(runFiles(one.folder)[name]))
    }
  })

  test.each<readonly [Session['traces'], readonly string[]]>([
    ['all', ['baseline', 'quiet', 'shout']],
    ['broke', ['baseline', 'shout']],
    ['none', []],
  ])('keeps the traces that are wanted: %s', async (traces, faults) => {
    const session = sessionOf({ traces })
    const { lines } = await runSession(session)
    const kept = lines.filter(({ id }) => readTrace(session.folder, id) !== null)
    expect([...new Set(kept.map(({ fault }) => fault))].sort()).toEqual(faults)
  })
})

describe('a session that was interrupted', () => {
  test.each([1, 2, 5, 11])('after %i trials goes on and comes to the same', async (count) => {
    const whole = sessionOf()
    await runSession(whole)
    const first = stoppedAfter(count)
    expect(await runSession(first)).toMatchObject({ interrupted: true })
    expect(readTrials(first.folder).lines).toHaveLength(count)
    const rest: string[] = []
    const onProgress = ({ line }: Progress) => rest.push(line.id)
    const again = await runSession(sessionOf({ folder: first.folder, resume: true, onProgress }))
    expect(again).toMatchObject({ interrupted: false, total: 12 })
    expect(again.lines).toHaveLength(12)
    expect(rest).toHaveLength(12 - count)
    for (const name of ['trials', 'traces'] as const) {
      expect(sorted(runFiles(first.folder)[name])).toBe(sorted(runFiles(whole.folder)[name]))
    }
  })

  test('executes nothing when all is done', async () => {
    const session = sessionOf()
    await runSession(session)
    const onProgress = () => {
      throw new Error('Nothing was left to do.')
    }
    const again = await runSession({ ...session, resume: true, onProgress })
    expect(again.lines).toHaveLength(12)
  })

  test('does not go on with another plan', async () => {
    const first = stoppedAfter(2)
    await runSession(first)
    const other: Plan = { ...plan, engine: 'other' }
    await expect(runSession({ ...first, plan: other, resume: true })).rejects.toMatchObject({
      code: 'plan-changed',
      hint: expect.stringContaining('without --resume'),
    })
    expect(readTrials(first.folder).lines).toHaveLength(2)
  })

  test('does not go on under another limit of calls', async () => {
    const limited = (text: string): Plan => ({ ...plan, trialCalls: parseTrialCalls(text) })
    const first = stoppedAfter(2, { plan: limited('2x') })
    await runSession(first)
    for (const other of [plan, limited('3x'), limited('12')]) {
      await expect(runSession({ ...first, plan: other, resume: true })).rejects.toMatchObject({
        code: 'plan-changed',
      })
    }
    expect(readTrials(first.folder).lines).toHaveLength(2)
  })

  test('does not go on when a simulated baseline cannot be repeated', async () => {
    let calls = 0
    const moody = oneNode(async (state, context) => {
      const { messages } = (await ask(state, context)) as { messages: readonly AIMessage[] }
      return { messages: [new AIMessage(`mood ${calls++}`), ...messages] }
    })
    const first = stoppedAfter(2, { plan: planOf({ system: systemOf(moody), faults: [shout] }) })
    await runSession(first)
    // The graph says something else, but what a line holds of it (answer, calls, tokens) is the same.
    const again = { ...first, resume: true, signal: new AbortController().signal }
    expect(await runSession(again)).toMatchObject({ interrupted: false })
    const louder = planOf({
      ...{ system: systemOf(moody), faults: [shout] },
      model: modelOf(() => '5'),
    })
    const stopped = stoppedAfter(2)
    await runSession(stopped)
    await expect(
      runSession({
        ...stopped,
        plan: { ...plan, model: louder.model },
        resume: true,
        onProgress: () => undefined,
        signal: new AbortController().signal,
      }),
    ).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('cannot be repeated'),
    })
  })

  test('does not go on where there is no run', async () => {
    await expect(runSession(sessionOf({ resume: true }))).rejects.toMatchObject({
      code: 'run-not-found',
    })
  })
})
