import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { configured, type Setting, settingOf, withSystems } from '../../cli/config.js'
import {
  chooseOptions,
  decideOptions,
  executeOptions,
  type Given,
  judgeOptions,
  limitOptions,
  outputOptions,
  verifyOptions,
} from '../../cli/options.js'
import { type Config, configSchema } from '../../core/schemas/config.js'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'firedrill-setting-')))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

const options = () => ({
  ...chooseOptions(),
  ...judgeOptions(),
  ...executeOptions(),
  ...decideOptions(),
  ...verifyOptions(),
  ...limitOptions(),
  ...outputOptions([]),
})
const settingWith = (values: Config): Setting => ({
  wish: { kind: 'nearest' },
  found: { path: join(folder, 'firedrill.config.ts'), name: 'firedrill.config.ts', values },
})
const from = (path: string) => relative(process.cwd(), join(folder, path))

test('every option of run can be configured, and nothing else but faults', () => {
  const camel = (name: string) =>
    name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const known = [...Object.keys(options()).map(camel), 'systems', 'ownFaults']
  const { limits, ...shape } = configSchema.shape
  const most = Object.keys(limits.unwrap().shape).map((name) => camel(`max-${name}`))
  expect([...Object.keys(shape), ...most].sort()).toEqual(
    known.filter((name) => name !== 'resume').sort(),
  )
})

describe('what an option is when nobody gives it', () => {
  const defaultsWith = (values: Config) => {
    const entries = Object.entries(configured(options(), settingWith(values)))
    return Object.fromEntries(entries.map(([name, option]) => [name, option.default]))
  }

  test('comes from the configuration, then from Firedrill', () => {
    expect(defaultsWith({ seeds: 3, faults: ['H', 'op'], traces: 'broke' })).toMatchObject({
      ...{ seeds: '3', faults: ['H', 'op'], traces: 'broke', model: 'simulated' },
    })
  })

  test('comes from the environment before that', () => {
    vi.stubEnv('FIREDRILL_SEEDS', '9')
    expect(defaultsWith({ seeds: 3, concurrency: 2 })).toMatchObject({
      ...{ seeds: '9', concurrency: '2' },
    })
  })

  test('is a limit, as a number or as a text', () => {
    expect(defaultsWith({ limits: { tokens: 5_000, time: '20m', cost: 0.5 } })).toMatchObject({
      ...{ 'max-tokens': '5000', 'max-time': '20m', 'max-cost': '0.5' },
    })
  })

  test('is a limit of the calls of a trial, as a number or as a text', () => {
    expect(defaultsWith({ trialCalls: 12 })).toMatchObject({ 'trial-calls': '12' })
    expect(defaultsWith({ trialCalls: '2x' })).toMatchObject({ 'trial-calls': '2x' })
    vi.stubEnv('FIREDRILL_TRIAL_CALLS', '3x')
    expect(defaultsWith({ trialCalls: 12 })).toMatchObject({ 'trial-calls': '3x' })
  })

  test('is a path from the folder of the configuration', () => {
    expect(defaultsWith({ out: 'runs', report: ['markdown:out/a.md', 'json'] })).toMatchObject({
      ...{ out: from('runs'), report: [`markdown:${from('out/a.md')}`, 'json'] },
    })
  })
})

describe('the systems of the configuration', () => {
  const given = (values: Config, arguments_: Given) => withSystems(arguments_, settingWith(values))
  const own: Config = { system: 'graph.ts#team', tasksFile: 'tasks.yaml', without: ['dedupe'] }

  test('are taken with their tasks and without their defences', () => {
    expect(given(own, { seeds: '1' })).toEqual({
      ...{ seeds: '1', system: from('graph.ts#team'), 'tasks-file': from('tasks.yaml') },
      without: ['dedupe'],
    })
    expect(given({ systems: 'solo' }, { systems: [] })).toEqual({ systems: 'solo' })
  })

  test.each<Given>([{ systems: ['solo'] }, { system: 'other.ts' }])(
    'give way to others, with all that belongs to them: %j',
    (named) => {
      expect(given(own, named)).toEqual(named)
      expect(given({ ...own, system: undefined, systems: 'solo' } as Config, named)).toEqual(named)
    },
  )

  test('leave to the command line what it says of them', () => {
    expect(given(own, { without: ['critic'], 'tasks-file': 'a.json' })).toEqual({
      ...{ without: ['critic'], 'tasks-file': 'a.json', system: from('graph.ts#team') },
    })
    expect(given({ without: ['dedupe'] }, { systems: ['solo'] })).toEqual({
      ...{ systems: ['solo'], without: ['dedupe'] },
    })
  })
})

describe('which configuration is wanted', () => {
  const wishOf = async (args: string) => (await settingOf(args.split(' '), folder)).wish
  const refused = (args: string) => expect(settingOf(args.split(' '), folder)).rejects

  test('is the nearest one, or none', async () => {
    expect(await wishOf('run solo -t 3')).toEqual({ kind: 'nearest' })
    expect(await wishOf('run --no-config -t 3')).toEqual({ kind: 'none' })
  })

  test.each(['run -c a.ts', 'run --config=a.ts solo', 'list faults --config b.ts -c a.ts'])(
    'is named by %s',
    async (args) => {
      await refused(args).toThrow(`There is no configuration ${join(folder, 'a.ts')}.`)
    },
  )

  test('is named by the environment, unless the command line says otherwise', async () => {
    vi.stubEnv('FIREDRILL_CONFIG', 'env.ts')
    await refused('run').toThrow(/There is no configuration .*env\.ts/)
    await refused('run -c a.ts').toThrow(/There is no configuration .*a\.ts/)
    expect(await wishOf('run --no-config')).toEqual({ kind: 'none' })
  })
})
