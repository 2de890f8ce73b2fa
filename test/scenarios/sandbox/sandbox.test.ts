import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { run } from '../../../scenarios/sandbox/pool.js'
import { programIn } from '../../../scenarios/sandbox/program-in.js'
import { hostile } from './hostile.js'

const sound = { code: 'const add = (a, b) => a + b', calls: ['add(1, 2)'] }
const three = { how: 'returned', values: [{ kind: 'number', number: 3 }] }
const valuesOf = async (code: string, ...calls: readonly string[]) => {
  const ended = await run({ code, calls })
  return ended.how === 'returned' ? ended.values : ended
}

describe('a program of good will', () => {
  test('returns what its calls come to, with all that JSON would lose', async () => {
    const calls = [
      '1',
      '"a"',
      'true',
      'null',
      'undefined',
      '-0',
      'NaN',
      '[1, undefined]',
      '() => 1',
    ]
    expect(await valuesOf('', ...calls)).toEqual([
      { kind: 'number', number: 1 },
      { kind: 'text', text: 'a' },
      { kind: 'boolean', boolean: true },
      { kind: 'json', json: 'null' },
      { kind: 'undefined' },
      { kind: 'number', number: -0 },
      { kind: 'number', number: Number.NaN },
      { kind: 'json', json: '[1,null]' },
      { kind: 'unreadable' },
    ])
  })

  test('may print, export, and be slow', async () => {
    const code =
      'const f = (n) => { let s = 0; for (let i = 0; i < n; i++) s += i % 7; console.log(s); return s }; module.exports = { f }'
    expect(await valuesOf(code, 'f(5000000)')).toEqual([{ kind: 'number', number: 14999995 }])
  })

  test('finds a clock that stands still and chance that is the same each time', async () => {
    const calls = ['new Date().toISOString()', 'Date.now()', 'Math.random()', 'Math.random()']
    const first = await valuesOf('', ...calls)
    expect(first).toMatchObject([
      { text: '2031-05-01T00:00:00.000Z' },
      { number: 1935360000000 },
      {},
      {},
    ])
    expect(await valuesOf('', ...calls)).toEqual(first)
    expect(new Set((first as readonly object[]).map((value) => JSON.stringify(value))).size).toBe(4)
  })

  test('knows nothing of the one before it', async () => {
    await run({ code: 'globalThis.left = 1; Array.prototype.map = () => "evil"', calls: [] })
    expect(await valuesOf('', 'typeof left', '[1].map((n) => n + 1)')).toEqual([
      { kind: 'text', text: 'undefined' },
      { kind: 'json', json: '[2]' },
    ])
  })

  test('waits its turn when many come at once', async () => {
    const numbers = Array.from({ length: 700 }, (_, index) => index)
    const ended = await Promise.all(
      numbers.map((n) => run({ ...sound, calls: [`add(${n}, ${n})`] })),
    )
    expect(ended).toEqual(
      numbers.map((n) => ({ how: 'returned', values: [{ kind: 'number', number: 2 * n }] })),
    )
  })
})

describe('a program that means no good', () => {
  const before = process.memoryUsage.rss()

  test.each(Object.entries(hostile))('%s ends in its class', async (_, [code, how]) => {
    expect((await run({ code, calls: [] })).how).toBe(how)
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(300)
    expect(await run(sound)).toEqual(three)
  })

  test('gains nothing by a promise that never ends, nor by a module loaded late', async () => {
    const code =
      "let got = 'nothing'; (function f() { Promise.resolve().then(f) })(); import('node:fs').then(() => { got = 'fs' })"
    expect(await valuesOf(code, 'got')).toEqual([{ kind: 'text', text: 'nothing' }])
    expect(await run(sound)).toEqual(three)
  })

  test('is ended by time where no step is counted', async () => {
    const code = 'const a = new Array(5e6).fill(1); for (let i = 0; i < 5000; i++) a.indexOf(2)'
    expect((await run({ code, calls: [] }, 500)).how).toBe('timeout')
    expect(await run(sound)).toEqual(three)
  })

  test('hands over nothing too large or cyclic', async () => {
    const calls = ["'x'.repeat(2 ** 21)", 'ring', 'new Array(2 ** 20).fill(0)']
    const code = 'const ring = []; ring.push(ring)'
    expect(await valuesOf(code, ...calls)).toEqual(calls.map(() => ({ kind: 'unreadable' })))
  })

  test('cannot say how its values are written', async () => {
    const code = 'JSON.stringify = () => \'["evil"]\'; const f = () => [1]'
    expect(await valuesOf(code, 'f()')).toEqual([{ kind: 'json', json: '[1]' }])
  })
})

test('a process that ran a program ends by itself, and its time zone does not matter', async () => {
  const pool = join(import.meta.dirname, '../../../scenarios/sandbox/pool.ts')
  const code = `import { run } from ${JSON.stringify(pool)}; run(${JSON.stringify({ code: '', calls: ['new Date(2031, 4, 1).toISOString()'] })}).then((ended) => console.log(JSON.stringify(ended)))`
  const args = ['--import', 'tsx', '--input-type=module', '-e', code]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, TZ: 'America/New_York' },
  })
  expect(JSON.parse(stdout)).toMatchObject({ values: [{ text: '2031-05-01T00:00:00.000Z' }] })
})

test.each([
  ['```js\nf()\n```', 'f()\n'],
  ['Before.\n```javascript\nf()\n```\nAfter.', 'f()\n'],
  ['```js\nold()\n```\n```js\nf()\n```', 'f()\n'],
  ['const f = 1', 'const f = 1'],
  ['', null],
  ['I do not know.', null],
  ['```js\n\n```', null],
  ['```\nf()\n```', null],
  ['```ｊｓ\nf()\n```', null],
  ['```ops\nf\n```', null],
])('the program in %j', (answer, code) => {
  expect(programIn(answer, 'f')).toBe(code)
})
