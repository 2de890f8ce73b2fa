import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AIMessage } from '@langchain/core/messages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judge } from '../../analysis/judge.js'
import { stoppedClock } from '../../core/clock.js'
import { textOf, withText } from '../../core/messages.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { runSession } from '../../engine/session.js'
import { runFiles } from '../../engine/store.js'
import {
  readVerifications,
  runVerification,
  type VerificationProgress,
  type VerificationSession,
} from '../../engine/verification-session.js'
import { ask, modelOf, planOf, responseFault, systemOf, task, twoNodes } from './stage.js'

const root = mkdtempSync(join(tmpdir(), 'firedrill-verification-'))
let runs = 0
afterAll(() => rmSync(root, { recursive: true }))

const faults = ['!', '?'].map((mark, at) =>
  responseFault(`mark${at}`, { inject: (said) => withText(said, `${textOf(said)}${mark}`) }),
)
const marks: Readonly<Record<string, string>> = { exclamations: '!', questions: '?' }
const system = systemOf(
  twoNodes(ask, async ({ messages }, { model, without }) => {
    await model.invoke(messages)
    const last = messages.at(-1)
    const present = Object.entries(marks).filter(([id]) => !without.has(id))
    const text = present.reduce(
      (all, [, mark]) => all.replaceAll(mark, ''),
      last ? textOf(last) : '',
    )
    return { messages: [new AIMessage(text)] }
  }),
  {
    defences: [...Object.keys(marks), 'idle'].map((id) => ({
      ...{ id, tier: 'rule', summary: 'A defence of this test.' },
    })),
  },
)
const tasks = ['t1', 't2', 't3', 't4'].map((id) => ({ ...task, id }))
const plan = planOf({ system, faults, tasks, model: modelOf(() => '4') })

const file: Omit<RunFile, 'planId'> = {
  ...{ schema: 1, tool: { name: 'firedrill', version: 'test' }, id: 'r-test', arguments: {} },
  ...{ versions: {}, commit: null, created: '' },
  plan: {
    ...{ systems: [], scenarios: [], faults: [], site: 'default', seeds: [1] },
    model: { id: 'scripted', kind: 'simulated', hash: 'scripted' },
  },
}
const common = {
  ...{ plan, concurrency: 1, clock: stoppedClock, judge },
  ...{ packageFolders: [import.meta.dirname], signal: new AbortController().signal },
}

/** A run of the plan in a folder of its own. */
async function stored(): Promise<Readonly<{ folder: string; held: readonly TrialLine[] }>> {
  const folder = join(root, `run-${runs++}`)
  const { lines } = await runSession({
    ...{ ...common, folder, file, resume: false, traces: 'none', onProgress: () => undefined },
  })
  return { folder, held: lines.filter(({ verdict }) => verdict === 'held') }
}

const verifying = async (more: Partial<VerificationSession> = {}) => {
  const run = more.folder ? {} : await stored()
  const events = { onTrial: () => undefined, onProgress: () => undefined }
  const session = { ...common, ...events, ...run, ...more } as VerificationSession
  return { session, result: await runVerification(session) }
}
const sorted = (folder: string) =>
  readFileSync(runFiles(folder).verifications, 'utf8').split('\n').sort().join('\n')

let whole = ''
beforeAll(async () => {
  const { session, result } = await verifying()
  expect(result).toMatchObject({ interrupted: false })
  whole = sorted(session.folder)
})

test('every held trial is verified and kept', async () => {
  const seen: string[] = []
  const { session, result } = await verifying({
    onProgress: ({ done, total, line }) => seen.push(`${done}/${total} ${line.verdict}`),
  })
  expect(session.held).toHaveLength(8)
  expect(seen).toEqual(seen.map((_, at) => `${at + 1}/8 necessary`))
  expect(readVerifications(session.folder)).toEqual({ lines: result.lines, broken: 0 })
  const saved = result.lines.map(({ id, verified }) => [id.split('/')[2], verified])
  for (const [fault, by] of saved) {
    const defences = [fault === 'mark0' ? 'exclamations' : 'questions']
    expect(by).toEqual([{ defences, tiers: ['rule'] }])
  }
})

test.each([1, 4, 16])('the same bytes are kept with %i trials in flight', async (concurrency) => {
  const { session } = await verifying({ concurrency })
  expect(sorted(session.folder)).toBe(whole)
})

describe('a verification that was interrupted', () => {
  test.each([1, 3, 7])('after %i trials goes on and comes to the same', async (count) => {
    const controller = new AbortController()
    const onProgress = ({ done }: VerificationProgress) => {
      if (done === count) controller.abort()
    }
    const first = await verifying({ signal: controller.signal, onProgress })
    const { folder, held } = first.session
    expect(first.result).toMatchObject({ interrupted: true })
    expect(first.result.lines).toHaveLength(count)
    expect(readVerifications(folder).lines).toHaveLength(count)

    const rest: string[] = []
    const again = await verifying({ folder, held, onProgress: ({ line }) => rest.push(line.key) })
    expect(again.result).toMatchObject({ interrupted: false })
    expect(again.result.lines).toHaveLength(8)
    expect(rest).toHaveLength(8 - count)
    expect(sorted(folder)).toBe(whole)
  })

  test('leaves nothing to execute once it is complete', async () => {
    const { session } = await verifying()
    const trials: TrialLine[] = []
    const { folder, held } = session
    const { result } = await verifying({ folder, held, onTrial: (line) => trials.push(line) })
    expect({ trials, interrupted: result.interrupted }).toEqual({ trials: [], interrupted: false })
    expect(sorted(folder)).toBe(whole)
  })

  test('by the end of its process: a torn line is not counted and is done again', async () => {
    const { session } = await verifying()
    const { folder, held } = session
    const path = runFiles(folder).verifications
    const text = readFileSync(path, 'utf8')
    rmSync(path)
    appendFileSync(path, text.slice(0, text.length / 2))
    await verifying({ folder, held })
    expect(sorted(folder)).toBe(whole)
  })
})

test('a trial that was executed again is verified again', async () => {
  const { session } = await verifying()
  const { folder, held } = session
  const [first] = held
  if (!first) throw new Error('Nothing held.')
  const anew = { ...first, attempt: 2 }
  const { result } = await verifying({ folder, held: [anew] })
  expect(result.lines.map(({ key, attempt }) => [key, attempt])).toEqual([[first.key, 2]])
  const lines = readVerifications(folder).lines.filter(({ key }) => key === first.key)
  expect(lines.map(({ attempt }) => attempt)).toEqual([2])
})

test('a run of another plan is not verified', async () => {
  const { folder, held } = await stored()
  const other = { ...plan, engine: 'another version' }
  await expect(verifying({ folder, held, plan: other })).rejects.toMatchObject({
    code: 'plan-changed',
  })
  expect(readVerifications(folder).lines).toEqual([])
})
