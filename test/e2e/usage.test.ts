import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults } from '../../faults/catalogue.js'
import { models } from '../../models/catalogue.js'
import { reports } from '../../reports/catalogue.js'
import { scenarios } from '../../scenarios/catalogue.js'
import { systems } from '../../systems/catalogue.js'
import { command, foreignFolder } from './command.js'

const idsOf = (catalogue: readonly Readonly<{ id: string }>[]) => catalogue.map(({ id }) => id)

let cwd = ''
beforeAll(() => {
  cwd = foreignFolder()
})
afterAll(() => {
  expect(existsSync(join(cwd, '.firedrill'))).toBe(false)
  rmSync(cwd, { recursive: true })
})

describe('wrong usage ends with 2 and runs nothing', () => {
  test('says what is wrong and what to do, without a stack', async () => {
    const { code, stdout, stderr } = await command('run -f halucination', { cwd })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^error: .* Did you mean hallucination\?\nChoose among: /)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  test.each(['run -f halucination', 'run --taks 3', 'report r-1'])(
    'firedrill %s --json says it in one document',
    async (args) => {
      const { code, stdout } = await command(`${args} --json`, { cwd })
      expect(code).toBe(2)
      expect(JSON.parse(stdout)).toEqual({
        error: { code: expect.any(String), message: expect.any(String), hint: expect.any(String) },
      })
    },
  )

  test('says that a simulated model cannot do what only real ones can', async () => {
    const { code, stdout, stderr } = await command('run -s gsm8k', { cwd })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('The simulated model cannot do gsm8k: it reads generated sentences')
    expect(stderr).toMatch(/Choose --model openai:NAME or one of: .*table-qa/)
  })

  test('so does a system that is in production', async () => {
    const { code, stderr } = await command('run -t 1', { cwd, env: { NODE_ENV: 'production' } })
    expect(code).toBe(2)
    expect(stderr).toContain('--allow-production')
  })
})

describe('commands that run no trial', () => {
  test('--version and --help answer and end with 0', async () => {
    expect(await command('--version', { cwd })).toMatchObject({
      code: 0,
      stdout: '0.1.0\n',
      stderr: '',
    })
    const { code, stdout } = await command('run --help', { cwd })
    expect(code).toBe(0)
    for (const word of ['--faults', '--resume', '--json', 'Examples'])
      expect(stdout).toContain(word)
  })

  test.each([
    ['systems', idsOf(systems)],
    ['faults', idsOf(faults)],
    ['scenarios', idsOf(scenarios)],
    ['models', [...idsOf(models), 'openai:NAME']],
    ['reports', idsOf(reports)],
  ])('list %s', async (what, ids) => {
    const { code, stdout } = await command(`list ${what} --json`, { cwd })
    expect(code).toBe(0)
    const listed = JSON.parse(stdout) as readonly Readonly<{ id: string }>[]
    expect(listed.map(({ id }) => id).sort()).toEqual([...ids].sort())
  })

  test('list matrix asks baselines which fault finds a site, and keeps nothing', async () => {
    const { code, stdout, stderr } = await command('list matrix --json', { cwd })
    expect({ code, stderr: stderr.includes('table-qa: 3 baselines of each') }).toEqual({
      code: 0,
      stderr: true,
    })
    const { cells } = JSON.parse(stdout) as {
      cells: readonly Readonly<Record<'system' | 'scenario' | 'fault' | 'stands', string>>[]
    }
    expect(cells).toHaveLength(systems.length * scenarios.length * faults.length)
    const at = (system: string, scenario: string, fault: string) =>
      cells.find(
        (cell) => cell.system === system && cell.scenario === scenario && cell.fault === fault,
      )?.stands
    expect(at('pipeline', 'table-qa', 'message-storm')).toBe('site')
    expect(at('solo', 'table-qa', 'message-storm')).toBe('no-hand-over')
    expect(at('solo', 'table-qa', 'tool-format-error')).toBe('site')
    expect(at('solo', 'gsm8k', 'hallucination')).toBe('left-out')
  })

  test('list is read by people, a line or more for each entry', async () => {
    const { code, stdout } = await command('list faults', { cwd })
    expect(code).toBe(0)
    for (const { id } of faults) expect(stdout).toMatch(new RegExp(`^(\\S+ +)?${id} `, 'm'))
  })

  test('explain shows a fault before and after, by its abbreviation too', async () => {
    const { code, stdout } = await command('explain MS', { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('message-storm')
    expect(stdout).toContain('copies = 25 (1 to 1000)')
    const json = JSON.parse((await command('explain message-storm --json', { cwd })).stdout)
    expect(json).toMatchObject([{ id: 'message-storm', parameters: { copies: { default: 25 } } }])
  })

  test('plan counts what run would do', async () => {
    const args = 'plan pipeline -f H -f MS -t 3 --seeds 1-2'
    const { code, stdout } = await command(args, { cwd })
    expect(code).toBe(0)
    // For 3 tasks and 2 seeds: a baseline, two placebos and two faults.
    expect(stdout).toContain('30 at most: 6 baselines, 12 placebos, 12 faulted')
    expect(stdout).toContain('Nothing was run.')
    const { counts } = JSON.parse((await command(`${args} --json`, { cwd })).stdout)
    expect(counts).toMatchObject({ systems: 1, faults: 2, tasks: 3, seeds: 2, trials: 30 })
  })

  test('doctor finds all in order here', async () => {
    const { code, stdout } = await command('doctor --json', { cwd })
    const { checks } = JSON.parse(stdout)
    expect(checks.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([])
    expect(code).toBe(0)
    expect((await command('doctor', { cwd })).stdout).toMatch(/^ok +Node\.js/)
  })

  test('doctor names the variable of a model key, not the key, and the client of real models', async () => {
    const { code, stdout } = await command('doctor', {
      cwd,
      env: { FIREDRILL_MODEL_KEY: 'a-very-secret-key', OPENAI_API_KEY: '' },
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ok +model key +FIREDRILL_MODEL_KEY is set$/m)
    expect(stdout).toMatch(/^ok +@langchain\/openai +\d+\.\d+\.\d+/m)
    expect(stdout).not.toContain('a-very-secret-key')
  })

  test('doctor says that tracing was on before it was switched off', async () => {
    const env = { LANGSMITH_TRACING: 'true' }
    const { stdout } = await command('doctor', { cwd, env })
    expect(stdout).toContain('LANGSMITH_TRACING is on; it is switched off in here')
  })

  test('doctor misses a folder that cannot be written', async () => {
    const { code, stdout } = await command('doctor --out /proc/1/runs', { cwd })
    expect(code).toBe(3)
    expect(stdout).toMatch(/^missing +folder of runs +.*not writable\n.*--out/m)
  })
})

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const escapes = /\u001b\[/

describe('colours', () => {
  test.each<readonly [string, string, Readonly<Record<string, string>>, boolean]>([
    ['none into a pipe', 'explain MS', {}, false],
    ['when they are forced', 'explain MS', { FORCE_COLOR: '1' }, true],
    [
      'not when NO_COLOR is set, forced or not',
      'explain MS',
      { NO_COLOR: '1', FORCE_COLOR: '1' },
      false,
    ],
    ['not with --no-color, forced or not', 'explain MS --no-color', { FORCE_COLOR: '1' }, false],
  ])('%s', async (_, args, env, coloured) => {
    expect(escapes.test((await command(args, { cwd, env })).stdout)).toBe(coloured)
  })
})

describe('options from the environment', () => {
  test('count like options', async () => {
    const env = { FIREDRILL_TASKS: '4', FIREDRILL_FAULTS: 'H MS', FIREDRILL_JSON: '1' }
    const { stdout } = await command('plan solo', { cwd, env })
    expect(JSON.parse(stdout).counts).toMatchObject({ tasks: 4, faults: 2 })
  })

  test('give way to options, and are checked like them', async () => {
    const { stdout } = await command('plan solo -t 2 --json', {
      cwd,
      env: { FIREDRILL_TASKS: '4' },
    })
    expect(JSON.parse(stdout).counts.tasks).toBe(2)
    const wrongOne = await command('run', { cwd, env: { FIREDRILL_TRACES: 'some' } })
    expect(wrongOne).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('FIREDRILL_TRACES is "some"'),
    })
  })
})
