import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { summarySchema } from '../../core/schemas/summary.js'
import { trialLineSchema } from '../../core/schemas/trial-line.js'
import { verificationLineSchema } from '../../core/schemas/verification.js'
import type { RunVerification } from '../../core/verification.js'
import { readLines } from '../../engine/store.js'
import { command, foreignFolder, onlyRun, repository, sortedLines, start } from './command.js'
import { own } from './own-graph.js'

const plan = 'run pipeline -t 2 -f TFE,CIL'
const file = (folder: string, name: string) => join(onlyRun(folder), name)
const trialsIn = (folder: string) => readLines(file(folder, 'trials.jsonl'), trialLineSchema).lines
const linesIn = (folder: string) =>
  readLines(file(folder, 'verifications.jsonl'), verificationLineSchema).lines
const bytesIn = (folder: string) => sortedLines(file(folder, 'verifications.jsonl'))
const summaryIn = (folder: string) =>
  readFileSync(file(folder, 'summary.json'), 'utf8').replaceAll(/r-\d{8}-[\da-f]{6}/g, 'r')

let whole = ''
let stdout = ''
beforeAll(async () => {
  whole = foreignFolder()
  const ended = await command(`${plan} --verify-tiers -j 1`, { cwd: whole })
  expect(ended).toMatchObject({ code: 0 })
  expect(ended.stderr).toMatch(/^verified \[100%\] (\d+)\/\1 .* necessary \d+ {2}redundant \d+/m)
  stdout = ended.stdout
})
afterAll(() => rmSync(whole, { recursive: true }))

const held = () => trialsIn(whole).filter(({ verdict }) => verdict === 'held')

describe('run --verify-tiers', () => {
  test('verifies each held trial, and its summary and reports say so', async () => {
    const lines = linesIn(whole)
    expect(lines.map(({ key }) => key).sort()).toEqual(
      held()
        .map(({ key }) => key)
        .sort(),
    )
    expect(lines.length).toBeGreaterThan(1)
    const { cells } = summarySchema.parse(JSON.parse(summaryIn(whole)))
    const tried = cells.map(({ verified }) => verified?.tried ?? 0)
    expect(tried).toEqual(cells.map((cell) => cell.held))
    const [saved] = cells.flatMap(({ verified }) => Object.keys(verified?.defences ?? {}))
    for (const report of ['terminal', 'markdown']) {
      const text = (await command(`report -r ${report}`, { cwd: whole })).stdout
      expect(text).toContain('Held trials repeated without defences')
      for (const id of saved?.split('+') ?? ['nobody']) expect(text).toContain(id)
    }
    expect(stdout).toContain('Held trials repeated without defences')
  })

  test('keeps the same bytes with 16 trials in flight, and when it is done afterwards', async () => {
    const [many, later] = [foreignFolder(), foreignFolder()]
    expect(await command(`${plan} --verify-tiers -j 16 -q`, { cwd: many })).toMatchObject({
      code: 0,
    })
    expect(await command(`${plan} -q`, { cwd: later })).toMatchObject({ code: 0 })
    expect(existsSync(file(later, 'verifications.jsonl'))).toBe(false)
    expect(await command('verify -j 3 -q', { cwd: later })).toMatchObject({ code: 0, stderr: '' })
    for (const folder of [many, later]) {
      expect(bytesIn(folder)).toEqual(bytesIn(whole))
      expect(summaryIn(folder)).toBe(summaryIn(whole))
      rmSync(folder, { recursive: true })
    }
  })

  test('takes no more trials than plan says', async () => {
    const asked = `${plan.replace('run', 'plan')} --verify-tiers`
    const { code, stdout: text } = await command(`${asked} --json`, { cwd: whole })
    expect(code).toBe(0)
    const { verification } = JSON.parse(text)
    const removals = linesIn(whole).flatMap(({ defences }) => defences)
    const baselines = new Set(removals.map(({ trial }) => trial.replace(/\/[^/]+(?=\/[^/]+$)/, '')))
    expect(verification.most).toBeGreaterThanOrEqual(removals.length + baselines.size)
    expect(verification.expected).toBeLessThan(verification.most)
    expect(verification.held).toBe(4)
    const words = (await command(asked, { cwd: whole })).stdout.replaceAll(/\s+/g, ' ')
    expect(words).toContain(`${verification.most} more trials at most, for at most 4 held trials`)
    expect(
      (await command(asked.replace('--verify-tiers', ''), { cwd: whole })).stdout,
    ).not.toContain('more trials at most')
  })

  test('counts towards limits: with 4 it says how to go on, and goes on to the same bytes', async () => {
    const cwd = foreignFolder()
    const tokens = trialsIn(whole).reduce((sum, line) => sum + line.tokens, 0)
    // Their baselines come on top, so that this is reached before the end.
    const limit = tokens + linesIn(whole).reduce((sum, line) => sum + line.tokens, 0)
    const first = await command(`${plan} --verify-tiers --max-tokens ${limit} -j 1`, { cwd })
    expect(first.code).toBe(4)
    const [, again] =
      /go on with: firedrill (run --resume \S+ --max-tokens) MORE --verify-tiers/.exec(
        first.stderr,
      ) ?? []
    expect(trialsIn(cwd)).toHaveLength(trialsIn(whole).length)
    const before = linesIn(cwd).length
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(linesIn(whole).length)

    // What is stored counts, verifications too: the same limit begins nothing.
    const small = `verify latest --max-tokens ${tokens + 1}`
    expect(await command(small, { cwd })).toMatchObject({ code: 4 })
    expect(linesIn(cwd)).toHaveLength(before)
    expect(again).toBeDefined()
    const rest = await command(`${again} ${100 * limit} --verify-tiers -q`, { cwd })
    expect(rest).toMatchObject({ code: 0 })
    expect(bytesIn(cwd)).toEqual(bytesIn(whole))
    expect(summaryIn(cwd)).toBe(summaryIn(whole))
    rmSync(cwd, { recursive: true })
  })

  test('that is interrupted ends with 130 and goes on', async () => {
    const cwd = foreignFolder()
    const { child, ended, says } = start(`${plan} --verify-tiers -j 1`.split(' '), { cwd })
    await says('verified [')
    child.kill('SIGINT')
    const { code, stderr } = await ended
    expect(code).toBe(130)
    expect(stderr).toMatch(/go on with: firedrill run --resume \S+ --verify-tiers/)
    expect(linesIn(cwd).length).toBeLessThan(linesIn(whole).length)
    expect(await command('verify -q', { cwd })).toMatchObject({ code: 0 })
    expect(bytesIn(cwd)).toEqual(bytesIn(whole))
    rmSync(cwd, { recursive: true })
  })
})

describe('verify', () => {
  test('shows what each defence did, in 80 columns and as one document', async () => {
    const { code, stdout: text } = await command('verify', { cwd: whole, env: { COLUMNS: '80' } })
    expect(code).toBe(0)
    for (const row of text.split('\n')) expect(row.length).toBeLessThanOrEqual(80)
    expect(text).toContain('SIMULATED')
    const found = JSON.parse((await command('verify --json', { cwd: whole })).stdout)
    const { systems, evidence } = found as RunVerification
    const [only] = systems
    expect(evidence).toBe('simulated')
    expect(only).toMatchObject({ system: 'pipeline', tried: held().length })
    const verdicts = linesIn(whole).map(({ verdict }) => verdict)
    for (const verdict of ['necessary', 'redundant', 'unexplained', 'untestable'] as const) {
      const count = verdicts.filter((one) => one === verdict).length
      expect(only?.[verdict]).toBe(count)
      expect(text).toMatch(new RegExp(`^ ${verdict} +${count}\\b`, 'm'))
    }
    for (const { id, tier, needed, among, spared } of only?.defences ?? []) {
      expect(text).toMatch(new RegExp(`^ ${id} +${tier} +${needed} +${among} +${spared} `, 'm'))
    }
  })

  test('takes a sample over the faults first, and the rest when it is asked for', async () => {
    const cwd = foreignFolder()
    await command(`${plan} -q`, { cwd })
    expect(await command('verify --sample 2 -q', { cwd })).toMatchObject({ code: 0 })
    const faults = linesIn(cwd).map(({ id }) => id.split('/')[2])
    expect(faults.sort()).toEqual(['critical-information-loss', 'tool-format-error'])
    expect(await command('verify -q', { cwd })).toMatchObject({ code: 0 })
    expect(bytesIn(cwd)).toEqual(bytesIn(whole))
    rmSync(cwd, { recursive: true })
  })

  test('its trials can be replayed', async () => {
    const [trial] = linesIn(whole).flatMap(({ defences }) =>
      defences.filter(({ outcome }) => outcome === 'broke').map((one) => one.trial),
    )
    const { code, stdout: text } = await start(['replay', trial ?? ''], { cwd: whole }).ended
    expect(code).toBe(0)
    expect(text).toContain('broke')
    expect(text).toContain('Comes to what the verification of the run says.')
    const baseline = (trial ?? '').replace(/\/[^/]+(?=\/[^/]+$)/, '/baseline')
    expect(await start(['replay', baseline], { cwd: whole }).ended).toMatchObject({ code: 0 })
    expect(
      await command('replay pipeline~none/table-qa/hallucination/t1#1', { cwd: whole }),
    ).toMatchObject({
      code: 2,
    })
  })

  test('says so when there is no defence to take out', async () => {
    const cwd = own(`export const graph = builder
      .addNode('a', () => ({ messages: [new AIMessage('4')] })).addEdge(START, 'a')`)
    await command('run --system graph.mjs -f H -q', { cwd })
    const { code, stdout: text } = await command('verify', { cwd })
    expect(code).toBe(0)
    expect(text).toMatch(/No system of r-\S+ has a defence/)
    rmSync(cwd, { recursive: true })
  })
})

describe('wrong usage ends with 2 and says what to do', () => {
  test.each([
    [
      'run --verify-tiers pipeline -t 1',
      /--verify-tiers cannot be "pipeline"/,
      /--verify-tiers 50/,
    ],
    ['run pipeline -t 1 --verify-tiers 0', /cannot be "0"/, /number of trials/],
    ['plan --verify-tiers=-1', /cannot be "-1"/, /number of trials/],
    ['verify --sample many', /--sample cannot be "many"/, /--sample 50/],
    ['verify r-none', /There is no run "r-none"/, /./],
  ])('firedrill %s', async (args, message, hint) => {
    const { code, stderr } = await command(args, { cwd: whole })
    expect(code).toBe(2)
    const [first = '', ...rest] = stderr.split('\n')
    expect(first).toMatch(message)
    expect(rest.join('\n')).toMatch(hint)
  })

  test('also for defences of a graph that is always the same', async () => {
    const cwd = own(`export const graph = builder
      .addNode('a', () => ({ messages: [new AIMessage('4')] })).addEdge(START, 'a')
      export const defences = [{ id: 'guard', tier: 'rule', summary: 'Guards.' }]`)
    const { code, stderr } = await command('run --system graph.mjs --verify-tiers', { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('declares defences, but its "graph" is always the same')
    expect(stderr).toContain("without.has('guard')")
    rmSync(cwd, { recursive: true })
  })
})

test('help names the command and its options', async () => {
  expect((await command('--help', { cwd: whole })).stdout).toContain('firedrill verify [run]')
  for (const verb of ['run', 'plan']) {
    expect((await command(`${verb} --help`, { cwd: whole })).stdout).toContain('--verify-tiers')
  }
  const { stdout: help } = await command('verify --help', { cwd: whole })
  for (const word of ['--sample', '--concurrency', '--max-tokens']) expect(help).toContain(word)
  expect(help).not.toContain('--resume')
})

test('a graph of the user with defences: the example, as its page says', async () => {
  const cwd = foreignFolder()
  const system = join(repository, 'examples/till/graph.ts')
  const run = await command(`run --system ${system} --verify-tiers -q`, { cwd })
  expect(run).toMatchObject({ code: 0 })
  const { stdout: text } = await command('verify', { cwd })
  const page = readFileSync(join(repository, 'docs/defences.md'), 'utf8')
  const [, shown = ''] = /^```\n( till: .*?)^```$/ms.exec(page) ?? []
  expect(shown).toContain('needed')
  expect(text).toContain(shown)
  rmSync(cwd, { recursive: true })
})
