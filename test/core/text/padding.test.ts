import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rng } from '../../../core/draw.js'
import { facts } from '../../../core/text/facts.js'
import { padding } from '../../../core/text/padding.js'

const sentencesIn = (text: string) => text.split(/\n\n|(?<=\.) /)

describe('padding', () => {
  test('is as long as asked, give or take a paragraph', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer(), (characters, seed) => {
        const { length } = padding(characters, rng(seed))
        expect(length).toBeGreaterThan(characters - 3)
        expect(length).toBeLessThan(characters + 1200)
      }),
      { numRuns: 50 },
    )
  })

  test('states no fact at all', () => {
    const stated = facts(padding(60_000, rng(1)))
    expect(stated).toEqual([])
  })

  test('says nothing twice, as long as it may get', () => {
    const sentences = sentencesIn(padding(1_600_000, rng(1)))
    expect(sentences.length).toBeGreaterThan(10_000)
    expect(new Set(sentences).size).toBe(sentences.length)
  })

  test('begins sentences well and ends them', () => {
    for (const sentence of sentencesIn(padding(5000, rng(2)))) {
      expect(sentence).toMatch(/^[A-Z][a-z, ]+\.$/)
    }
  })

  test('follows from its randomness alone', () => {
    expect(padding(2000, rng(1))).toBe(padding(2000, rng(1)))
    expect(padding(2000, rng(1))).not.toBe(padding(2000, rng(2)))
  })

  test('is nothing when nothing is asked for', () => {
    expect(padding(0, rng(1))).toBe('')
  })
})
