import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rng } from '../../core/draw.js'
import { trialLineSchema } from '../../core/schemas/trial-line.js'
import { readLines } from '../../engine/store.js'
import { command, foreignFolder, onlyRun, sortedLines, start } from './command.js'
import { own } from './own-graph.js'

const plan = 'run pipeline critic-loop -t 6 -j 2 -f CIL,H,ILC,MC,MS'
const total = 108

let whole = ''
/** How long a whole run takes here and now: what is to happen in the middle of one has to know. */
let duration = 0
beforeAll(async () => {
  whole = foreignFolder()
  const before = performance.now()
  expect(await command(`${plan} -q`, { cwd: whole })).toMatchObject({ code: 0 })
  duration = performance.now() - before
})
afterAll(() => rmSync(whole, { recursive: true }))

const file = (folder: string, name: string) => join(onlyRun(folder), name)
const read = (folder: string) => readLines(file(folder, 'trials.jsonl'), trialLineSchema)
const summaryOf = (folder: string) =>
  readFileSync(file(folder, 'summary.json'), 'utf8').replaceAll(/r-\d{8}-[\da-f]{6}/g, 'r')

function expectSameAsWhole(folder: string): void {
  expect(summaryOf(folder)).toBe(summaryOf(whole))
  const trials = sortedLines(file(folder, 'trials.jsonl'))
  expect(trials).toEqual(sortedLines(file(whole, 'trials.jsonl')))
  expect(trials).toHaveLength(total)
  // A trace may have been saved twice, a moment before its trial was; both say the same.
  const traces = new Set(sortedLines(file(folder, 'traces.jsonl')))
  expect([...traces]).toEqual(sortedLines(file(whole, 'traces.jsonl')))
}

const isBegun = (folder: string) => {
  const runs = join(folder, '.firedrill/runs')
  return existsSync(runs) && readdirSync(runs).some((id) => existsSync(join(runs, id, 'run.json')))
}

// Eleven processes one after another: the usual minute is a guard against hanging, not for this.
test('a run that is killed at ten moments loses no trial and has none twice', async () => {
  const cwd = foreignFolder()
  const chance = rng(7, 'kill')
  let before = 0
  for (let kill = 0; kill < 10; kill++) {
    const args = isBegun(cwd) ? 'run --resume latest -j 2' : plan
    const { child, ended } = start(args.split(' '), { cwd })
    const moment = duration * (0.1 + 0.7 * chance.next())
    const timer = setTimeout(() => child.kill('SIGKILL'), moment)
    const { code, signal } = await ended
    clearTimeout(timer)
    expect(signal === 'SIGKILL' || code === 0, `${code} ${signal}`).toBe(true)
    if (!isBegun(cwd)) continue
    const { lines } = read(cwd)
    expect(lines.length).toBeGreaterThanOrEqual(before)
    before = lines.length
  }
  expect(await command('run --resume latest -q', { cwd })).toMatchObject({ code: 0, stderr: '' })
  expectSameAsWhole(cwd)
  rmSync(cwd, { recursive: true })
}, 240_000)

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s', (signal, code) => {
  test('finishes what is in flight, says how to go on, and what it says works', async () => {
    const cwd = foreignFolder()
    const { child, ended, says } = start([...plan.split(' '), '--progress', 'plain'], { cwd })
    await says('[ 2')
    child.kill(signal)
    const interrupted = await ended
    expect(interrupted).toMatchObject({ code, signal: null })
    expect(interrupted.stderr).toContain('Finishing the trials in flight')
    const [, resume] = /go on with: firedrill (run --resume \S+)/.exec(interrupted.stderr) ?? []
    const { lines, broken } = read(cwd)
    expect(broken).toBe(0)
    expect(lines.length).toBeGreaterThan(20)
    expect(lines.length).toBeLessThan(total)
    expect(await command(`${resume} -q`, { cwd })).toMatchObject({ code: 0 })
    expectSameAsWhole(cwd)
    rmSync(cwd, { recursive: true })
  })
})

test('a second SIGINT does not wait, and what was saved can be read', async () => {
  const hangs = `
    let turns = 0
    export const graph = builder.addNode('a', async ({ messages }) => {
      if (turns++ > 0) {
        process.stderr.write('in flight')
        await new Promise((resolve) => setTimeout(resolve, 100_000))
      }
      return { messages: [new AIMessage('4')] }
    }).addEdge(START, 'a')`
  const cwd = own(hangs)
  const { child, ended, says } = start(['run', '--system', 'graph.mjs', '-j', '1'], { cwd })
  await says('in flight')
  child.kill('SIGINT')
  await says('press again')
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: 130 })
  expect(read(cwd).broken).toBe(0)
  rmSync(cwd, { recursive: true })
})

test('a run is not resumed when the code has changed, or when there is none', async () => {
  const cwd = own(`export const graph = builder
    .addNode('a', () => ({ messages: [new AIMessage('4')] })).addEdge(START, 'a')`)
  expect(await command('run --resume latest', { cwd })).toMatchObject({
    ...{ code: 2, stderr: expect.stringContaining('There is no run in') },
  })
  await command('run --system graph.mjs -q', { cwd })
  const path = join(cwd, 'graph.mjs')
  writeFileSync(path, `${readFileSync(path, 'utf8')}\n// another version`)
  const again = await command('run --resume latest', { cwd })
  expect(again.code).toBe(2)
  expect(again.stderr).toContain('has another plan')
  expect(again.stderr).toContain('start a new run without --resume')
  rmSync(cwd, { recursive: true })
})
