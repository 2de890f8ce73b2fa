import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { comparisonSchema } from '../../core/schemas/comparison.js'
import { command, foreignFolder } from './command.js'

const cwd = foreignFolder()
afterAll(() => rmSync(cwd, { recursive: true }))

/** Runs a plan and returns the id of its run. */
async function made(args: string): Promise<string> {
  const before = new Set(runs())
  const { code, stderr } = await command(`run ${args} -f BT,H,MS -q`, { cwd })
  if (code !== 0) throw new Error(stderr)
  const [id] = runs().filter((one) => !before.has(one))
  return id ?? expect.fail('a run keeps a folder')
}
function runs(): readonly string[] {
  try {
    return readdirSync(join(cwd, '.firedrill/runs'))
  } catch {
    return [] // Nothing has run yet.
  }
}

const made8 = { two: '', whole: '', less: '' }
beforeAll(async () => {
  made8.two = await made('pipeline critic-loop -t 8 --seeds 1-2')
  made8.whole = await made('pipeline pipeline~dedupe -t 8')
  made8.less = await made('pipeline~dedupe -t 8')
}, 120_000)

describe('two systems of one run', () => {
  test('are told with both names, the direction and the evidence, at any width', async () => {
    for (const width of ['60', '80', '100']) {
      const shown = await command(`compare ${made8.two}`, { cwd, env: { COLUMNS: width } })
      expect(shown).toMatchObject({ code: 0, stderr: '' })
      const lines = shown.stdout.split('\n')
      expect(Math.max(...lines.map((one) => one.length))).toBeLessThanOrEqual(Number(width))
      const flat = shown.stdout.replace(/\s+/g, ' ')
      expect(flat).toContain('A critic-loop → B pipeline SIMULATED')
      expect(flat).toContain('pipeline minus critic-loop')
      expect(flat).toContain('paired by task: 8 tasks, seeds 1-2, 3 faults')
      expect(flat).toContain('points')
      expect(shown.stdout).not.toContain('\u001b')
    }
  })

  test('are one JSON document for programs', async () => {
    const { code, stdout } = await command(`compare ${made8.two} --json -f H`, { cwd })
    expect(code).toBe(0)
    const { comparisons, by, evidence } = comparisonSchema.parse(JSON.parse(stdout))
    expect([by, evidence, comparisons.length]).toEqual(['system', 'simulated', 1])
    const [one] = comparisons
    expect(one?.faults.map(({ fault }) => fault)).toEqual(['hallucination'])
    expect(one?.trials).toBeLessThanOrEqual(16)
    expect([one?.a.system, one?.b.system]).toEqual(['critic-loop', 'pipeline'])
  })
})

test('a defence that is taken out within a run is compared with the whole', async () => {
  const { code, stdout } = await command(`compare ${made8.whole} --by defence`, { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('A pipeline → B pipeline~dedupe')
  expect(stdout.replace(/\s+/g, ' ')).toContain('B - A is the effect of removing dedupe.')
})

test('two runs are compared by name, the one without a defence with the whole', async () => {
  const whole = await made('pipeline -t 8')
  const { code, stdout } = await command(`compare ${whole} ${made8.less} --json`, { cwd })
  expect(code).toBe(0)
  const { comparisons, by } = comparisonSchema.parse(JSON.parse(stdout))
  expect(by).toBe('run')
  expect(comparisons).toHaveLength(1)
  expect(comparisons[0]).toMatchObject({
    a: { run: whole, system: 'pipeline' },
    b: { run: made8.less, system: 'pipeline~dedupe' },
    removed: ['dedupe'],
  })
}, 60_000)

describe('what cannot be compared', () => {
  test('is refused with what to do', async () => {
    const refused = [
      [`compare ${made8.less}`, /one system, pipeline~dedupe/],
      [`compare ${made8.two} --by defence`, /pipeline pipeline~dedupe/],
      [`compare ${made8.two} -f ILC`, /There is no fault "ILC"/],
      [`compare ${made8.two} r-none`, /There is no run "r-none"/],
      ['run pipeline~nothing -q', /There is no defence "nothing".*\n.*dedupe/],
    ] as const
    for (const [args, words] of refused) {
      const { code, stdout, stderr } = await command(args, { cwd })
      expect([code, stdout], stderr).toEqual([2, ''])
      expect(stderr).toMatch(words)
    }
  })

  test('is refused when the work is not the same', async () => {
    const other = await made('pipeline -t 7')
    const { code, stderr } = await command(`compare ${made8.whole} ${other}`, { cwd })
    expect(code).toBe(2)
    expect(stderr).toMatch(/tasks of table-qa are not the same/)
  }, 60_000)
})

describe('weights of a report', () => {
  test('are read from a file and named in the summary, without a new run', async () => {
    writeFileSync(join(cwd, 'weights.yaml'), 'reasoning: 2\ncommunication: 1\n')
    const { code, stdout } = await command(`report ${made8.two} --json --weights weights.yaml`, {
      cwd,
    })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).weights).toEqual({
      name: 'weights.yaml',
      of: { communication: 1, configuration: 0, reasoning: 2 },
    })
  })

  test('are refused when they cannot be meant', async () => {
    writeFileSync(join(cwd, 'bad.json'), '{"reasoning": -2}')
    const { code, stderr } = await command(`report ${made8.two} --weights bad.json`, { cwd })
    expect(code).toBe(2)
    expect(stderr).toMatch(/gives reasoning the weight -2/)
  })
})
