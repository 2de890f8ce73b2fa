import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { configSchema, defineConfig } from '../../core/schemas/config.js'
import { type ConfigWish, readConfig } from '../../engine/config.js'

let root = ''
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'firedrill-config-')))
})
afterEach(() => rmSync(root, { recursive: true }))

const nearest: ConfigWish = { kind: 'nearest' }
const read = (wish: ConfigWish = nearest, folder = root) =>
  readConfig(wish, folder, async () => ({ firedrill: { defineConfig } }))

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), text)
}

const code = `import { defineConfig } from 'firedrill'
export default defineConfig({ tasks: 20, seeds: '1-3', faults: ['H', '!MS'] })`
const json = '{ "tasks": 20, "seeds": "1-3", "faults": ["H", "!MS"] }'
const yaml = 'tasks: 20\nseeds: 1-3\nfaults:\n  - H\n  - "!MS"\n'

describe('a configuration is read', () => {
  test.each([
    ['ts', `${code} satisfies object`],
    ['js', code],
    ['mjs', code],
    ['cjs', `module.exports = require('firedrill').defineConfig(${json})`],
    ['json', json],
    ['yaml', yaml],
    ['yml', yaml],
  ])('from firedrill.config.%s', async (extension, text) => {
    write(`firedrill.config.${extension}`, text)
    expect(await read()).toEqual({
      path: join(root, `firedrill.config.${extension}`),
      name: `firedrill.config.${extension}`,
      values: { tasks: 20, seeds: '1-3', faults: ['H', '!MS'] },
    })
  })

  test('from a file of any name, if it is named', async () => {
    write('conf/nightly.yaml', yaml)
    const found = await read({ kind: 'file', path: 'conf/nightly.yaml' })
    expect(found).toMatchObject({ name: join('conf', 'nightly.yaml'), values: { tasks: 20 } })
  })

  test('from code that imports other code', async () => {
    write('tasks.ts', 'export const tasks: number = 7')
    write(
      'firedrill.config.ts',
      "import { tasks } from './tasks.js'\nexport default { tasks } as const",
    )
    expect((await read())?.values).toEqual({ tasks: 7 })
  })

  test('from the nearest folder of the repository that has one', async () => {
    write('.git/HEAD', '')
    write('firedrill.config.json', '{ "tasks": 1 }')
    mkdirSync(join(root, 'a/b'), { recursive: true })
    const found = await read(nearest, join(root, 'a/b'))
    expect(found).toMatchObject({ name: join('..', '..', 'firedrill.config.json') })
    write('a/firedrill.config.json', '{ "tasks": 2 }')
    expect((await read(nearest, join(root, 'a/b')))?.values).toEqual({ tasks: 2 })
  })

  test('never from above the repository, and without one from nowhere else', async () => {
    write('firedrill.config.json', '{ "tasks": 1 }')
    mkdirSync(join(root, 'plain'))
    expect(await read(nearest, join(root, 'plain'))).toBeNull()
    write('repository/.git/HEAD', '')
    expect(await read(nearest, join(root, 'repository'))).toBeNull()
  })

  test('not when none is wanted, or none is there', async () => {
    expect(await read()).toBeNull()
    write('firedrill.config.json', 'nonsense')
    expect(await read({ kind: 'none' })).toBeNull()
  })
})

describe('a configuration that is not usable is refused with file, place and what to do', () => {
  test.each<readonly [string, string, RegExp, RegExp]>([
    ['json', '{ "task": 3 }', /there is no option "task"\. Did you mean tasks\?/, /Options are: /],
    ['json', '{ "zzzzzzzz": 3 }', /there is no option "zzzzzzzz"\.$/, /ownFaults/],
    ['json', '{ "tasks": ', /cannot be loaded: .*JSON/, /--no-config/],
    ['json', '[]', /holds no configuration/, /tasks: 20/],
    ['json', '{ "traces": "some" }', /traces: .*all.*broke.*none/, /traces is which traces/],
    ['json', '{ "concurrency": 0 }', /concurrency: /, /trials in flight/],
    ['json', '{ "faults": ["H", 3] }', /faults: expected a text or a list/, /faults is which/],
    ['json', '{ "tasks": true }', /tasks: expected a whole number or a text/, /how many tasks/],
    ['json', '{ "ownFaults": ["H"] }', /ownFaults\.0: expected a fault/, /join the catalogue/],
    ['json', '{ "system": "a.ts", "systems": "solo" }', /exclude each other/, /Keep one/],
    ['yaml', 'tasks: [1', /cannot be loaded: .*line 1/, /Put it right/],
    ['yaml', '', /holds no configuration/, /tasks: 20/],
    ['ts', 'export const config = {}', /holds no configuration/, /export default/],
    ['ts', 'export default 3', /holds no configuration/, /defineConfig/],
    ['ts', 'throw new Error("no key.")', /cannot be loaded: no key\.$/, /Put it right/],
    ['mjs', 'import "no-such-package"', /cannot be loaded: .*no-such-package/, /Put it right/],
  ])('%s: %s', async (extension, text, message, hint) => {
    write(`firedrill.config.${extension}`, text)
    await expect(read()).rejects.toMatchObject({
      code: 'bad-config',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    })
    await expect(read()).rejects.toThrow(`firedrill.config.${extension}`)
  })

  test.each<readonly [string, RegExp]>([
    ['none.ts', /There is no configuration .*none\.ts/],
    ['notes.txt', /notes\.txt is no configuration/],
  ])('%s by name', async (path, message) => {
    write('notes.txt', '')
    await expect(read({ kind: 'file', path })).rejects.toMatchObject({
      code: 'bad-config',
      message: expect.stringMatching(message),
    })
  })
})

test('every option is described, since errors repeat it', () => {
  for (const [name, { description }] of Object.entries(configSchema.shape)) {
    expect(description, name).toBeTruthy()
  }
})
