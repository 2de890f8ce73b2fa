import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runFileSchema } from '../../core/schemas/run-file.js'
import { summarySchema } from '../../core/schemas/summary.js'
import { command, type Ended, foreignFolder, onlyRun, repository, sortedLines } from './command.js'

const plan = 'run solo pipeline -t 2 --seeds 1'

let folder = ''
let run: Ended
beforeAll(async () => {
  folder = foreignFolder()
  run = await command(`${plan} -j 1`, { cwd: folder })
})
afterAll(() => rmSync(folder, { recursive: true }))

const kept = (name: string) => readFileSync(join(onlyRun(folder), name), 'utf8')
const trials = () =>
  sortedLines(join(onlyRun(folder), 'trials.jsonl')).map((line) => JSON.parse(line))

describe('a run', () => {
  test('is done, with the report on stdout and everything else on stderr', () => {
    expect(run).toMatchObject({ code: 0, signal: null })
    expect(run.stdout).toContain('SIMULATED')
    expect(run.stdout).not.toMatch(/\[ *\d+%\]/)
    expect(run.stderr).toContain('2 systems x 15 faults x 2 tasks x 1 seed ')
    expect(run.stderr).toContain('[100%] 76/76')
  })

  test('writes no escape sequence where nobody looks', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
    expect(run.stdout + run.stderr).not.toMatch(/\u001b/)
  })

  test('keeps what it was, its trials, its traces and its summary', () => {
    expect(runFileSchema.parse(JSON.parse(kept('run.json')))).toMatchObject({
      plan: { seeds: [1], model: { id: 'sim-strong', kind: 'simulated' } },
      arguments: { systems: ['solo', 'pipeline'], tasks: '2' },
    })
    expect(trials()).toHaveLength(76)
    const summary = summarySchema.parse(JSON.parse(kept('summary.json')))
    expect(summary.run.evidence).toBe('simulated')
    expect(summary.totals).toMatchObject({ trials: 76, void: 0, placeboDiffers: 0 })
    const traced = sortedLines(join(onlyRun(folder), 'traces.jsonl')).map(
      (line) => JSON.parse(line).id,
    )
    const executed = trials().filter(({ outcome }) => outcome.kind !== 'not-run')
    expect(traced.sort()).toEqual(executed.map(({ id }) => id).sort())
  })

  // The run's id is in the report; all else is the same whenever and wherever it was made.
  const golden = (name: string, text: string) => {
    const file = join(repository, 'test/golden', name)
    const nameless = text.replaceAll(/r-\d{8}-[\da-f]{6}/g, 'r-20260101-000000')
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, nameless)
    expect(nameless).toBe(readFileSync(file, 'utf8'))
  }
  test('is the same as it always was, byte for byte', () => {
    golden('run-summary.json', kept('summary.json'))
    golden('run-terminal.txt', run.stdout)
  })
})

describe('the same run', () => {
  test.each([8, 32])('with %i trials in flight stores the same bytes', async (concurrency) => {
    const cwd = foreignFolder()
    const again = await command(`${plan} -j ${concurrency} -q`, { cwd })
    expect(again).toMatchObject({ code: 0, stderr: '' })
    for (const name of ['trials.jsonl', 'traces.jsonl']) {
      expect(sortedLines(join(onlyRun(cwd), name))).toEqual(
        sortedLines(join(onlyRun(folder), name)),
      )
    }
    rmSync(cwd, { recursive: true })
  })

  test('as JSON is one document that its schema knows, and the stored one', async () => {
    const cwd = foreignFolder()
    const { code, stdout } = await command(`${plan} --json -r markdown -r json:out/s.json`, { cwd })
    expect(code).toBe(0)
    expect(summarySchema.parse(JSON.parse(stdout)).totals.trials).toBe(76)
    expect(readFileSync(join(onlyRun(cwd), 'summary.json'), 'utf8')).toBe(stdout)
    expect(readFileSync(join(cwd, 'out/s.json'), 'utf8')).toBe(stdout)
    expect(readFileSync(join(onlyRun(cwd), 'report.md'), 'utf8')).toContain('SIMULATED')
    rmSync(cwd, { recursive: true })
  })
})

describe('a stored run', () => {
  test('is reported as it was when it ran', async () => {
    expect(await command('report', { cwd: folder })).toMatchObject({ code: 0, stdout: run.stdout })
    const json = await command('report latest --json', { cwd: folder })
    expect(json.stdout).toBe(kept('summary.json'))
  })

  test('is replayed: each trial is the same again', async () => {
    const ids = ['solo/table-qa/baseline/t1#1', 'pipeline/table-qa/message-storm/t2#1']
    for (const id of ids) {
      const { code, stdout } = await command(`replay ${id}`, { cwd: folder })
      expect(code, stdout).toBe(0)
      expect(stdout).toContain(id)
      expect(stdout).toContain('Same as stored, byte for byte.')
    }
    const { stdout } = await command(`replay ${ids[1]} --json`, { cwd: folder })
    expect(JSON.parse(stdout)).toMatchObject({ same: 'same', line: { id: ids[1] } })
  })

  test('says so when a trial is not what it was', async () => {
    const file = join(onlyRun(folder), 'trials.jsonl')
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, before.replaceAll('"calls":', '"calls":1'))
    const { code, stdout } = await command('replay solo/table-qa/baseline/t1#1', { cwd: folder })
    writeFileSync(file, before)
    expect(code).toBe(70)
    expect(stdout).toContain('not what the run stored')
  })

  test('has only the trials it has', async () => {
    const { code, stderr } = await command('replay solo/table-qa/baseline/t3#1', { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toContain('has no trial solo/table-qa/baseline/t3#1')
  })

  test('with lines that cannot be read is reported without them', async () => {
    const file = join(onlyRun(folder), 'trials.jsonl')
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, `${before}{"schema":2}\n{"torn`)
    const { stderr, stdout } = await command('report', { cwd: folder })
    writeFileSync(file, before)
    expect(stderr).toContain('2 lines of')
    expect(stdout).toBe(run.stdout)
  })

  test('is not touched by any of this', () => {
    expect(existsSync(join(onlyRun(folder), 'summary.json.tmp'))).toBe(false)
    expect(trials()).toHaveLength(76)
  })
})
