import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openLines, readLines, readWhole, writeWhole } from '../../engine/store.js'

const lineSchema = z.strictObject({ key: z.string(), attempt: z.int(), text: z.string() })
type Line = z.infer<typeof lineSchema>

let folder = ''
let files = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-store-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
const freshFile = () => join(folder, `lines-${files++}.jsonl`)

const line = (key: string, text = '', attempt = 1): Line => ({ key, attempt, text })
const read = (path: string) => readLines(path, lineSchema)

function write(path: string, lines: readonly unknown[]): void {
  const file = openLines(path)
  for (const one of lines) file.append(one)
  file.close()
}

describe('a file of lines', () => {
  test('gives back what was written to it, in order', () => {
    const path = freshFile()
    const lines = Array.from({ length: 200 }, (_, at) => line(`k${at}`, 'ä\n"\u2028'))
    write(path, lines)
    expect(read(path)).toEqual({ lines, broken: 0 })
  })

  test('has no lines when it is empty or missing', () => {
    const path = freshFile()
    expect(read(path)).toEqual({ lines: [], broken: 0 })
    write(path, [])
    expect(readFileSync(path, 'utf8')).toBe('')
    expect(read(path)).toEqual({ lines: [], broken: 0 })
  })

  test('keeps lines back until it is flushed, and writes them by itself when there are many', () => {
    const path = freshFile()
    const file = openLines(path)
    file.append(line('a'))
    expect(read(path).lines).toEqual([])
    file.flush()
    expect(read(path).lines).toEqual([line('a')])
    for (let at = 0; at < 64; at++) file.append(line(`k${at}`))
    expect(read(path).lines).toHaveLength(65)
    file.close()
  })

  test('goes on where it ended when it is opened again', () => {
    const path = freshFile()
    write(path, [line('a')])
    write(path, [line('b')])
    expect(read(path).lines.map(({ key }) => key)).toEqual(['a', 'b'])
  })

  test('holds a line that is longer than any block that is read', () => {
    const path = freshFile()
    const lines = [line('a', 'x'.repeat(3_500_000)), line('b')]
    write(path, lines)
    expect(read(path)).toEqual({ lines, broken: 0 })
    truncateSync(path, 3_000_000)
    write(path, [line('c')])
    expect(read(path)).toEqual({ lines: [line('c')], broken: 0 })
  })

  test('counts lines that are not ours and keeps the others', () => {
    const path = freshFile()
    write(path, [line('a')])
    appendFileSync(path, 'no json\n{"key":"x"}\n[]\n\n')
    write(path, [line('b')])
    const { lines, broken } = read(path)
    expect(lines.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(broken).toBe(4)
  })

  test('of one key the highest attempt counts, and of one attempt the first line', () => {
    const path = freshFile()
    write(path, [
      line('a', 'old'),
      line('a', 'again'),
      line('b'),
      line('a', 'new', 3),
      line('a', 'late', 2),
    ])
    expect(read(path).lines).toEqual([line('a', 'new', 3), line('b')])
    const twice = freshFile()
    write(twice, [line('a', 'first'), line('a', 'second')])
    expect(read(twice).lines).toEqual([line('a', 'first')])
  })

  test('a torn tail costs the torn line and no other, wherever the cut was', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 })
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 12 }), fc.nat(), (texts, cut) => {
        const path = freshFile()
        const lines = texts.map((one, at) => line(`k${at}`, one))
        write(path, lines)
        const bytes = readFileSync(path)
        const size = cut % (bytes.length + 1)
        truncateSync(path, size)
        const whole = bytes.subarray(0, size).filter((byte) => byte === 10).length
        const kept = lines.slice(0, whole)
        // What was cut right before its end is a whole document all the same, and may be read.
        const seen = read(path).lines
        expect(seen.slice(0, whole)).toEqual(kept)
        expect(seen.length - whole).toBeLessThanOrEqual(1)
        write(path, [line('next')])
        expect(read(path)).toEqual({ lines: [...kept, line('next')], broken: 0 })
      }),
      { numRuns: 150 },
    )
  })
})

describe('a whole file', () => {
  test('is written with its folders, replaced, and leaves nothing else behind', () => {
    const path = join(folder, 'deep/er/run.json')
    writeWhole(path, '{"a":1}')
    writeWhole(path, '{"a":2}')
    expect(readWhole(path, z.object({ a: z.number() }))).toEqual({ a: 2 })
    expect(() => readFileSync(`${path}.tmp`)).toThrow('ENOENT')
  })

  test('cannot be written below a file', () => {
    const path = freshFile()
    writeFileSync(path, '')
    expect(() => writeWhole(join(path, 'x.json'), '')).toThrow(
      expect.objectContaining({ code: 'unwritable' }),
    )
  })

  test.each(['', '{', '{"a":"text"}'])('that holds %j is no run', (text) => {
    const path = freshFile()
    writeFileSync(path, text)
    expect(() => readWhole(path, z.object({ a: z.number() }))).toThrow(
      expect.objectContaining({ code: 'run-not-found' }),
    )
  })
})

test('a folder that cannot be made is refused instead of tried for ever', () => {
  expect(() => writeWhole('/proc/nope/deep/run.json', '{}')).toThrow(/Cannot write/)
})
