import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunFile, runFileSchema } from '../../core/schemas/run-file.js'
import type { Summary } from '../../core/schemas/summary.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { command, type Ended, onlyRun, repository, sortedLines } from './command.js'
import { own } from './own-graph.js'

const team = `
import { FakeListChatModel } from '@langchain/core/utils/testing'
const says = (...responses) => async ({ messages }) =>
  ({ messages: [await new FakeListChatModel({ responses }).invoke(messages)] })
const number = ({ messages }) => messages.at(-1).text.match(/\\d+/)[0]
export const graph = builder
  .addNode('reckoner', says('The sum is 4.'))
  .addNode('writer', async (state) => says(number(state))(state))
  .addEdge(START, 'reckoner')
  .addEdge('reckoner', 'writer')
`

/** A fault of the user's that adds to a number. */
const config = (by = 'by', rest = '') => `
import { defineConfig, textOf, withText, type ResponseFault } from 'firedrill'

const miscount: ResponseFault = {
  id: 'miscount',
  abbreviation: 'MCT',
  category: 'reasoning',
  injector: 'response',
  summary: 'An agent miscounts.',
  parameters: { by: { summary: 'By how much', default: 1, min: 1, max: 9, integer: true } },
  example: { payload: await message('There are 3.') },
  inject(reply, { parameters: { by = 1 } }) {
    const before = textOf(reply)
    const after = before.replace(/\\d+/, (count) => String(Number(count) + ${by}))
    return after === before ? null : withText(reply, after)
  },
  effect: ({ before, after }) => textOf(before) !== textOf(after),
  recoverable: () => true,
  behaviours: [],
}

async function message(text: string) {
  const { AIMessage } = await import('@langchain/core/messages')
  return new AIMessage(text)
}

export default defineConfig({ system: 'graph.mjs', site: 'reckoner', ownFaults: [miscount], ${rest} })
`

let cwd = ''
beforeAll(() => {
  cwd = own(team)
  write(config('by', "faults: ['miscount', 'hallucination+miscount:by=2'],"))
})
afterAll(() => rmSync(cwd, { recursive: true }))

const path = () => join(cwd, 'firedrill.config.ts')
const write = (text: string) => writeFileSync(path(), text)
const firedrill = (args: string) => command(args, { cwd })

const trials = (): readonly TrialLine[] =>
  sortedLines(join(onlyRun(cwd), 'trials.jsonl')).map((line) => JSON.parse(line))
const runFile = (): RunFile =>
  runFileSchema.parse(JSON.parse(readFileSync(join(onlyRun(cwd), 'run.json'), 'utf8')))

describe('a fault of the user', () => {
  test('is listed behind those of Firedrill, as his', async () => {
    const { stdout } = await firedrill('list faults')
    const lines = stdout.split('\n').filter((line) => /^[A-Z]/.test(line))
    expect(lines.at(-1)).toMatch(/^MCT\* +miscount /)
    expect(stdout).toContain('* yours, from firedrill.config.ts')
    const json = JSON.parse((await firedrill('list faults --json')).stdout)
    expect(json.at(-1)).toMatchObject({ id: 'miscount', origin: 'yours' })
    expect(json[0]).toMatchObject({ origin: 'firedrill' })
  })

  test('is left out with the configuration', async () => {
    expect((await firedrill('list faults --no-config')).stdout).not.toContain('miscount')
    const { code, stderr } = await firedrill('plan solo -f miscount --no-config')
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/There is no fault "miscount"/),
    })
  })

  test('is explained by its example', async () => {
    const { code, stdout } = await firedrill('explain mct')
    expect(code).toBe(0)
    expect(stdout).toMatch(/MCT {2}miscount.*yours, from firedrill\.config\.ts/)
    expect(stdout).toMatch(/before +There are 3\.\n after +There are 4\./)
  })

  test.each([
    ['reasoning', ['hallucination', 'miscount']],
    ['mis*', ['miscount']],
    ['MCT:by=3', ['miscount']],
  ])('is chosen by %s, which comes before the configuration', async (words, ids) => {
    const { stdout } = await firedrill(`plan -f ${words} --json`)
    const { plan } = JSON.parse(stdout)
    expect(plan.faults.map(({ id }: { id: string }) => id)).toEqual(ids)
  })
})

describe('a run with it', () => {
  let ended: Ended
  beforeAll(async () => {
    ended = await firedrill('run -q')
  })

  test('has its cell, alone and together with another', () => {
    // Together with a fault that finds little to falsify here, too few trials may count for a verdict.
    expect([0, 3], ended.stderr).toContain(ended.code)
    expect(ended.stdout).toMatch(/ MCT miscount +0\/2 /)
    const summary: Summary = JSON.parse(readFileSync(join(onlyRun(cwd), 'summary.json'), 'utf8'))
    expect(summary.cells.map(({ fault, void: lost }) => `${fault} ${lost}`).sort()).toEqual([
      ...['hallucination+miscount 0', 'miscount 0'],
    ])
    expect(trials().filter(({ verdict }) => verdict === 'void')).toEqual([])
  })

  test('keeps where it came from', () => {
    const { ownFaults, plan, arguments: asked } = runFile()
    expect(ownFaults).toMatchObject({
      config: 'firedrill.config.ts',
      faults: [{ id: 'miscount', abbreviation: 'MCT', summary: 'An agent miscounts.' }],
    })
    expect(plan.faults[0]).toMatchObject({ id: 'miscount', codeHash: expect.any(String) })
    expect(plan.faults[1]).not.toHaveProperty('codeHash')
    expect(asked).toMatchObject({ system: 'graph.mjs', site: 'reckoner' })
  })

  const stored = () => {
    const found = trials().find(({ fault, task }) => fault === 'miscount' && task === 'sum')
    if (!found) throw new Error('The trial was not stored.')
    return found
  }
  const replayed = async (args = '') =>
    JSON.parse((await firedrill(`replay ${stored().id} --json ${args}`)).stdout)

  test('is replayed', async () => {
    expect(await replayed()).toMatchObject({ same: 'same', line: { verdict: 'broke' } })
  })

  test('is resumed, also when the configuration says something else by now', async () => {
    write(config('by', "faults: ['miscount'], tasks: 1, report: ['markdown'],"))
    const before = trials()
    truncate(3)
    const { code, stderr } = await firedrill('run --resume latest -q')
    expect([0, 3], stderr).toContain(code)
    expect(trials().map(({ key }) => key)).toEqual(before.map(({ key }) => key))
  })

  test('is another one when the code of the fault changes', async () => {
    write(config('by + 1'))
    const resumed = await firedrill('run --resume latest -q')
    expect(resumed).toMatchObject({
      ...{
        code: 2,
        stderr: expect.stringMatching(/The code of miscount has changed since run r-/),
      },
    })
    const again = await replayed()
    expect(again.same).toBe('changed')
    expect(again.line.key).not.toBe(stored().key)
  })

  test('cannot go on without the configuration, and is reported all the same', async () => {
    mkdirSync(join(cwd, 'moved'))
    write(config())
    renameSync(path(), join(cwd, 'moved/own.ts'))
    const message = /used "miscount" from firedrill\.config\.ts, which cannot be found/
    for (const args of ['run --resume latest -q', `replay ${stored().id}`]) {
      const { code, stderr } = await firedrill(args)
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(message) })
      expect(stderr).toContain('--config FILE')
    }
    const { code, stdout } = await firedrill('report latest')
    expect(code).toBe(0)
    expect(stdout).toMatch(/ MCT miscount +0\/2 /)
    expect(await replayed('-c moved/own.ts')).toMatchObject({ same: 'same' })
    renameSync(join(cwd, 'moved/own.ts'), path())
  }, 180_000)

  test('cannot go on without the fault', async () => {
    write('export default {}')
    const { code, stderr } = await firedrill(`replay ${stored().id}`)
    expect(code).toBe(2)
    expect(stderr).toContain('firedrill.config.ts has no such fault')
  })

  test('cannot begin with one that does not bite', async () => {
    write(config('0'))
    for (const args of ['run -q', 'list faults']) {
      const { code, stdout, stderr } = await firedrill(args)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(/The fault "miscount" .*nothing to bite on/)
    }
    expect((await firedrill('run --help')).code).toBe(0)
  })
})

/** Cuts a run after so many trials, as if it had been interrupted. */
function truncate(kept: number): void {
  const file = join(onlyRun(cwd), 'trials.jsonl')
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, kept)
  writeFileSync(file, `${lines.join('\n')}\n`)
}

test('the example works as its page says', async () => {
  const folder = join(cwd, 'examples')
  for (const name of ['own-fault', 'supervisor']) {
    cpSync(join(repository, 'examples', name), join(folder, name), { recursive: true })
  }
  const { code, stdout } = await command('run -q -t 2', { cwd: join(folder, 'own-fault') })
  expect(code).toBe(0)
  expect(stdout).toMatch(/ OP +old-price +0\/2 /)
})
