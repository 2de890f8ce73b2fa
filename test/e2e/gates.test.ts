import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runFileSchema } from '../../core/schemas/run-file.js'
import { type Summary, summarySchema } from '../../core/schemas/summary.js'
import { type Ended, foreignFolder, onlyRun, start } from './command.js'

const folders: string[] = []
const folder = () => {
  const made = foreignFolder()
  folders.push(made)
  return made
}
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true })
})

/** Words as a shell would part them: gates stay whole between quotes. */
const words = (line: string) =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
const firedrill = (line: string, cwd: string, env: Readonly<Record<string, string>> = {}) =>
  start(words(line), { cwd, env }).ended

const kept = (cwd: string): Summary =>
  summarySchema.parse(JSON.parse(readFileSync(join(onlyRun(cwd), 'summary.json'), 'utf8')))

/** A fault that throws wherever it acts, its example aside: the testbed's own trouble. */
const broken = `
const fault = {
  id: 'broken', abbreviation: 'BRK', category: 'communication', injector: 'routing',
  summary: 'Throws.',
  example: { payload: [{ from: 'a', to: 'b' }] },
  inject(deliveries) {
    if (deliveries[0]?.from !== 'a') throw new Error('this fault is broken')
    return [...deliveries, ...deliveries]
  },
  effect: ({ before, after }) => after.length > before.length,
  recoverable: () => true, behaviours: [],
}
export default { ownFaults: [fault] }
`

describe('what a run comes to', () => {
  const few = 'run pipeline -f H -t 12 -q'
  test.each<[string, string, number, RegExp]>([
    ['passed', `${few} --gate 'robustness >= 0.1'`, 0, /PASSED/],
    ['failed', `${few} --gate 'robustness >= 0.98'`, 1, /FAILED/],
    ['undecided', `${few} --gate 'robustness >= 0.6'`, 3, /UNDECIDED/],
    ['undecided, fail', `${few} --gate 'robustness >= 0.6' --on-undecided fail`, 1, /UNDECIDED/],
    ['undecided, warn', `${few} --gate 'robustness >= 0.6' --on-undecided warn`, 0, /UNDECIDED/],
    [
      'a count that is met',
      `${few} --gate 'coverage >= 0.95' --gate 'void-rate <= 0'`,
      0,
      /PASSED/,
    ],
    ['a count that is not met', `${few} --gate 'tokens <= 10'`, 1, /FAILED/],
    ['too few tasks', 'run pipeline -f H -t 4 -q --gate score>=0.5', 3, /UNDECIDED/],
    ['no site', 'run solo -f MS -t 4 -q --gate robustness>=0.5', 3, /UNDECIDED/],
  ])('%s', async (_, line, code, first) => {
    const cwd = folder()
    const { code: actual, stdout, stderr } = await firedrill(line, cwd)
    expect(actual, stdout + stderr).toBe(code)
    expect(stdout.split('\n')[0]).toMatch(first)
    expect(
      runFileSchema.parse(JSON.parse(readFileSync(join(onlyRun(cwd), 'run.json'), 'utf8'))).gates,
    ).toBeDefined()
  })

  test.each<[string, string]>([
    [`run --gate 'robustnes >= 0.8'`, 'Did you mean robustness?'],
    ['run --baseline nowhere.json', 'There is no baseline file nowhere.json'],
    [`run --stop-when-decided --gate 'robustness >= 0.9'`, 'robustness >= 0.9 fail 0.8'],
  ])('%s is refused before anything runs', async (line, message) => {
    const cwd = folder()
    const { code, stdout, stderr } = await firedrill(line, cwd)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
    expect(() => onlyRun(cwd)).toThrow()
  })

  test('too many void trials are no verdict, whatever is said about undecided gates', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'firedrill.config.mjs'), broken)
    const line = "run pipeline -f BRK -t 8 -q --gate 'robustness >= 0.5' --on-undecided warn"
    const { code, stdout } = await firedrill(line, cwd)
    expect(stdout.split('\n')[0]).toContain('NOT MEASURED')
    expect(kept(cwd).totals.void).toBeGreaterThan(0)
    expect(kept(cwd).verdict).toBe('undecided')
    expect(code).toBe(3)
    const covered = await firedrill("gate --gate 'coverage >= 0.95'", cwd)
    expect(covered).toMatchObject({ code: 1 })
  })

  test('an interruption is neither: 130, and what is there decides nothing', async () => {
    const cwd = folder()
    const { child, ended, says } = start(
      words("run pipeline -f H,MS -t 60 --progress plain --gate 'robustness >= 0.1'"),
      { cwd },
    )
    await says('%]')
    child.kill('SIGINT')
    const { code, stdout } = await ended
    expect(code).toBe(130)
    expect(stdout.split('\n')[0]).toContain('INCOMPLETE')
    expect(kept(cwd).verdict).toBe('undecided')
    expect(await firedrill('gate', cwd)).toMatchObject({ code: 3 })
  })

  test('in JSON is one document with the verdict', async () => {
    const { code, stdout } = await firedrill(`${few} --json --gate 'robustness >= 0.98'`, folder())
    expect(code).toBe(1)
    expect(summarySchema.parse(JSON.parse(stdout))).toMatchObject({ verdict: 'failed' })
    const bad = await firedrill("run --json --gate 'robust'", folder())
    expect(bad.code).toBe(2)
    expect(JSON.parse(bad.stdout).error).toMatchObject({ code: 'bad-gate' })
  })
})

describe('a stored run', () => {
  let cwd = ''
  let before: Ended
  beforeAll(async () => {
    cwd = folder()
    before = await firedrill("run pipeline -f H,MS -t 20 -q --gate 'robustness >= 0.1'", cwd)
  })

  test('is asked again, and answers as it did', async () => {
    expect(before.code).toBe(0)
    const again = await firedrill('gate', cwd)
    expect(again).toMatchObject({ code: 0 })
    expect(again.stdout).toContain('robustness >= 0.1')
    expect(again.stdout).not.toContain('after the run')
  })

  test('answers gates that nobody declared, and says so', async () => {
    const { code, stdout } = await firedrill("gate --gate 'robustness(H) >= 0.98'", cwd)
    expect(code).toBe(1)
    expect(stdout).toContain('after the run')
    const report = await firedrill('report --json', cwd)
    expect(JSON.parse(report.stdout).gates).toHaveLength(1)
  })

  test('without a gate has nothing to check', async () => {
    const bare = folder()
    await firedrill('run solo -f H -t 2 -q', bare)
    const { code, stderr } = await firedrill('gate', bare)
    expect(code).toBe(2)
    expect(stderr).toContain('has no gates')
  })
})

describe('a baseline file', () => {
  let cwd = ''
  const plan = 'pipeline -f TFE -t 40 -q'
  beforeAll(async () => {
    cwd = folder()
    await firedrill(`run ${plan}`, cwd)
    const { code, stdout } = await firedrill('baseline set latest', cwd)
    expect(code).toBe(0)
    expect(stdout).toContain('firedrill.baseline.json: 1 cell of')
  })

  test('is made to be reviewed: sorted, one task on a line', async () => {
    const text = readFileSync(join(cwd, 'firedrill.baseline.json'), 'utf8')
    expect(text).toMatch(/^ {6}"t\d+": \[\d, \d\],?$/m)
    const { stdout } = await firedrill('baseline show', cwd)
    expect(stdout).toContain('SIMULATED')
    const again = await firedrill('baseline set latest', cwd)
    expect(again.stdout).toContain('0 cells changed, 0 gone')
    expect(readFileSync(join(cwd, 'firedrill.baseline.json'), 'utf8')).toBe(text)
  })

  test('lets the unchanged system pass', async () => {
    const { code, stdout } = await firedrill(`run ${plan} --baseline firedrill.baseline.json`, cwd)
    expect(code, stdout).toBe(0)
    expect(stdout).toContain('regression <= 0.1')
  })

  test('catches a defence that was taken out', async () => {
    const { code, stdout } = await firedrill(
      `run ${plan} --without block-retry --baseline firedrill.baseline.json`,
      cwd,
    )
    expect(code, stdout).toBe(1)
    expect(stdout.split('\n')[0]).toContain('FAILED')
  })

  test('says nothing from too few tasks', async () => {
    const { code } = await firedrill(
      'run pipeline -f TFE -t 5 -q --baseline firedrill.baseline.json',
      cwd,
    )
    expect(code).toBe(3)
  })

  test('of a run is kept with it: the gate needs no other file', async () => {
    rmSync(join(cwd, 'firedrill.baseline.json'))
    expect((await firedrill('gate', cwd)).code).toBe(3)
    expect((await firedrill('report', cwd)).stdout).toContain('regression <= 0.1')
  })
})

describe('a baseline file of', () => {
  let cwd = ''
  beforeAll(async () => {
    cwd = folder()
    await firedrill('run pipeline -f H -t 2 -q', cwd)
    await firedrill('baseline set latest', cwd)
  })

  test.each([
    ['another model', '-m sim-weak'],
    ['other sites', '--site first'],
    ['another limit of calls', '--trial-calls 3x'],
    ['other work', '-s booking'],
  ])('%s is refused', async (_, other) => {
    const line = `run pipeline -f H -t 2 -q ${other} --baseline firedrill.baseline.json`
    const { code, stderr } = await firedrill(line, cwd)
    expect(code).toBe(2)
    expect(stderr).toContain('The baseline file is of r-')
  })
})
