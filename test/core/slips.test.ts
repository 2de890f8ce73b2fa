import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rng } from '../../core/draw.js'
import { misspelt, renamedKey } from '../../core/slips.js'

const seeded = (name: string) => Array.from({ length: 20 }, (_, n) => misspelt(name, rng(n)))

describe('a misspelt name', () => {
  test('has two letters that change places, or one that comes twice', () => {
    expect(new Set(misspelt('find', rng(1)))).toEqual(
      new Set(['fnid', 'fidn', 'fiind', 'finnd', 'findd']),
    )
  })

  test('begins as it did, and is another one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,4}(_[a-z]{1,4}){0,2}$/), fc.integer(), (name, n) => {
        for (const wrong of misspelt(name, rng(n))) {
          expect(wrong).not.toBe(name)
          expect(wrong[0]).toBe(name[0])
          expect([...wrong].filter((c) => c === '_')).toEqual([...name].filter((c) => c === '_'))
        }
      }),
    )
  })

  test('is another one with another seed', () => {
    expect(new Set(seeded('search_rows').map(([first]) => first)).size).toBeGreaterThan(3)
  })

  test.each(['', 'f', 'f_1', '_'])('is none when there is nothing to slip on: "%s"', (name) => {
    expect(misspelt(name, rng(1))).toEqual([])
  })
})

describe('another name of a key', () => {
  test.each([
    ['from_port', ['fromPort', 'from_ports']],
    ['fromPort', ['from_port', 'fromPorts']],
    ['ports', ['port']],
    ['port', ['ports']],
    ['s', []],
  ])('%s', (key, expected) => {
    expect(renamedKey(key)).toEqual(expected)
  })
})
