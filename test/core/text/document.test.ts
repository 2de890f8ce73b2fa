import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentOf } from '../../../core/text/document.js'

/** Prints a text with its leaves changed. */
function printed(text: string, change: (leaf: string) => string | null) {
  const { leaves, print } = documentOf(text)
  return print(leaves.map((leaf) => change(leaf.text)))
}

describe('a document', () => {
  test('prints a changed number of JSON as a number', () => {
    expect(printed('{"a":12,"b":"x"}', (leaf) => (leaf === '12' ? '16' : leaf))).toBe(
      '{"a":16,"b":"x"}',
    )
  })

  test('prints a removed value of JSON without its key', () => {
    expect(printed('{"a":12,"b":[1,"x"]}', (leaf) => (/\d/.test(leaf) ? null : leaf))).toBe(
      '{"b":["x"]}',
    )
  })

  test('keeps the indentation of JSON', () => {
    const text = '{\n  "a": 12\n}'
    expect(printed(text, (leaf) => leaf)).toBe(text)
  })

  test('keeps JSON parseable whatever is put into it', () => {
    const text = printed('{"a":"x"}', () => 'say "no"\n\\')
    expect(JSON.parse(text)).toEqual({ a: 'say "no"\n\\' })
  })

  test('finds JSON in fenced blocks and on lines of its own', () => {
    const text = 'Here:\n```json\n{"a": 1}\n```\nand\n{"a":2}\ndone'
    expect(printed(text, (leaf) => (/^\d$/.test(leaf) ? '7' : leaf))).toBe(
      'Here:\n```json\n{"a":7}\n```\nand\n{"a":7}\ndone',
    )
  })

  test('takes JSON that is nested too deeply as text', () => {
    const text = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(printed(text, (leaf) => leaf)).toBe(text)
  })

  test('without a change prints text as it was', () => {
    const fenced = fc.array(fc.constantFrom('```\n', '~~~\n', 'a\n', '[x\n', ' {y}', '\n', 'Ä'))
    fc.assert(
      fc.property(fenced, (parts) => {
        expect(printed(parts.join(''), (leaf) => leaf)).toBe(parts.join(''))
      }),
    )
  })

  test('without a change prints JSON that says the same', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(JSON.parse(printed(json, (leaf) => leaf))).toEqual(JSON.parse(json))
      }),
    )
  })
})
