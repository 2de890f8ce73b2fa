import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trialLineSchema } from '../../core/schemas/trial-line.js'
import { readLines } from '../../engine/store.js'
import { command, foreignFolder, onlyRun, sortedLines } from './command.js'
import { own } from './own-graph.js'

const plan = 'run pipeline -t 4 -j 2 -f H,MC'

let whole = ''
let tokens = 0
beforeAll(async () => {
  whole = foreignFolder()
  expect(await command(`${plan} -q`, { cwd: whole })).toMatchObject({ code: 0 })
  tokens = linesIn(whole).reduce((sum, line) => sum + line.tokens, 0)
})
afterAll(() => rmSync(whole, { recursive: true }))

const file = (folder: string, name: string) => join(onlyRun(folder), name)
const linesIn = (folder: string) => readLines(file(folder, 'trials.jsonl'), trialLineSchema).lines
const summaryIn = (folder: string) =>
  readFileSync(file(folder, 'summary.json'), 'utf8').replaceAll(/r-\d{8}-[\da-f]{6}/g, 'r')

/** What stderr says: the limit with its value, and how to go on. */
const notice = (stderr: string) =>
  /^The limit of (\w+) is reached: (\S+) .*go on with: firedrill (run --resume \S+) (--max-\w+) MORE/m
    .exec(stderr)
    ?.slice(1) ?? []

describe('a limit of tokens', () => {
  test('ends with 4, says INCOMPLETE first, and more of them come to the same bytes', async () => {
    const cwd = foreignFolder()
    const limit = Math.round(tokens / 2)
    const first = await command(`${plan} --max-tokens ${limit}`, { cwd })
    expect(first.code).toBe(4)
    const [what, value = '', resume, option] = notice(first.stderr)
    const lines = linesIn(cwd)
    const used = lines.reduce((sum, line) => sum + line.tokens, 0)
    expect([what, option]).toEqual(['tokens', '--max-tokens'])
    expect(Number(value.replaceAll(',', ''))).toBe(used)
    expect(used).toBeGreaterThanOrEqual(limit)
    expect(lines.length).toBeLessThan(linesIn(whole).length)
    expect(first.stdout.indexOf('INCOMPLETE')).toBeGreaterThan(-1)

    // What is stored counts: the same limit begins nothing.
    expect(await command(`${resume} ${option} ${limit} -q`, { cwd })).toMatchObject({ code: 4 })
    expect(linesIn(cwd)).toHaveLength(lines.length)

    expect(await command(`${resume} ${option} ${10 * tokens} -q`, { cwd })).toMatchObject({
      ...{ code: 0, stderr: '' },
    })
    for (const name of ['trials.jsonl', 'traces.jsonl']) {
      expect(sortedLines(file(cwd, name))).toEqual(sortedLines(file(whole, name)))
    }
    expect(summaryIn(cwd)).toBe(summaryIn(whole))
    rmSync(cwd, { recursive: true })
  })

  test('can stand in a configuration', async () => {
    const cwd = foreignFolder()
    writeFileSync(join(cwd, 'firedrill.config.json'), '{ "limits": { "tokens": 1 } }')
    const { code, stderr } = await command(plan, { cwd })
    expect({ code, what: notice(stderr)[0] }).toEqual({ code: 4, what: 'tokens' })
    rmSync(cwd, { recursive: true })
  })
})

test('a limit of time ends with 4, and the run goes on without it', async () => {
  const cwd = foreignFolder()
  const { code, stderr } = await command(`${plan} --max-time 0.001s -q`, { cwd })
  const [what, , resume] = notice(stderr)
  expect({ code, what }).toEqual({ code: 4, what: 'time' })
  expect(await command(`${resume} --max-time 2h -q`, { cwd })).toMatchObject({ code: 0 })
  expect(summaryIn(cwd)).toBe(summaryIn(whole))
  rmSync(cwd, { recursive: true })
})

describe('a limit of cost', () => {
  test('is refused when nobody knows the price', async () => {
    const cwd = own(`export const graph = builder
      .addNode('a', () => ({ messages: [new AIMessage('4')] })).addEdge(START, 'a')`)
    const { code, stderr } = await command('run --system graph.mjs --max-cost 5', { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('nobody knows what the model of your system costs')
    expect(stderr).toContain('--max-tokens')
    rmSync(cwd, { recursive: true })
  })

  test('is never reached by the simulated model, which costs nothing', async () => {
    const cwd = foreignFolder()
    expect(await command(`${plan} --max-cost 0.01 -q`, { cwd })).toMatchObject({ code: 0 })
    rmSync(cwd, { recursive: true })
  })
})

test('a limit of the calls of a trial is stored, and what goes on with stored trials keeps to it', async () => {
  const cwd = foreignFolder()
  const { code, stdout } = await command('run pipeline -f MS -t 1 --trial-calls 2.0x', { cwd })
  expect(code).toBe(0)
  expect(stdout.replace(/\s+/g, ' ')).toContain('at most 2 x the calls of the baseline')
  expect(JSON.parse(readFileSync(file(cwd, 'run.json'), 'utf8')).plan.trialCalls).toBe('2x')
  expect(linesIn(cwd).filter(({ arm }) => arm === 'fault')).toMatchObject([{ verdict: 'held' }])

  // Without a limit the storm holds without the filter as well; what the environment says now is of no account.
  const env = { FIREDRILL_TRIAL_CALLS: '100x' }
  const verified = await command('verify --json', { cwd, env })
  const [system] = JSON.parse(verified.stdout).systems
  expect(system).toMatchObject({ tried: 1, necessary: 1 })
  expect(system.defences.filter(({ needed }: { needed: number }) => needed > 0)).toMatchObject([
    { id: 'dedupe' },
  ])
  const stalled = 'pipeline~dedupe/table-qa/message-storm/t1#1'
  const again = await command(`replay ${stalled} --json`, { cwd, env })
  expect(JSON.parse(again.stdout)).toMatchObject({
    same: 'as verified',
    line: { outcome: { kind: 'stalled', limit: 'calls' }, verdict: 'broke' },
  })

  const other = await command('run --resume latest', { cwd, env })
  expect(other).toMatchObject({ code: 2, stdout: '' })
  expect(other.stderr).toContain('has at most 2 x the calls of the baseline; 100x was asked for')
  expect(await command('run --resume latest -q --trial-calls 2x', { cwd })).toMatchObject({
    ...{ code: 0, stderr: '' },
  })
  const zoned = "--gate 'robustness >= 0.9 fail 0.8' --stop-when-decided"
  const early = await command(`run --resume latest ${zoned}`, { cwd })
  expect(early).toMatchObject({ code: 2, stdout: '' })
  expect(early.stderr).toContain('was not begun with --stop-when-decided')
  rmSync(cwd, { recursive: true })
})
