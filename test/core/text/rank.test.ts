import { describe, expect, test } from 'vitest'
import { rng } from '../../../core/draw.js'
import { read } from '../../../core/text/facts.js'
import { rank } from '../../../core/text/rank.js'

const ranked = (text: string, site: Partial<Parameters<typeof rank>[1]>) =>
  rank(read(text), { later: '', taskText: '', protect: [], rng: rng(1), ...site }).map(
    ({ normal }) => normal,
  )

describe('facts by how much they matter', () => {
  test('are first what was used later, then what the task names', () => {
    const text = 'It lies in Rome, Oslo, Lima and Bonn.'
    const order = ranked(text, { later: 'to Lima', taskText: 'Lima or Bonn?' })
    expect(order.slice(0, 2)).toEqual(['lima', 'bonn'])
    expect(order).toHaveLength(4)
  })

  test('come once, however often they are stated', () => {
    expect(ranked('Italy | 12\nItaly | 12', {})).toHaveLength(2)
  })

  test('come in another order with another seed', () => {
    const text = 'It lies in Rome, Oslo, Lima and Bonn.'
    const orders = [1, 2, 3, 4, 5].map((seed) => ranked(text, { rng: rng(seed) }).join())
    expect(new Set(orders).size).toBeGreaterThan(1)
  })

  test.each([
    ['a protected string', 'Call `fee` with 12.', ['fee'], ['12']],
    ['part of a protected string', 'It is in Cape Town.', ['Cape Town or Rome'], []],
    ['what holds a protected string', 'It is in Cape Town.', ['Cape'], []],
    ['a rule about the form', 'Reply with one word in 12 letters. Rome has 3.', [], ['3']],
  ])('leave out %s', (_, text, protect, expected) => {
    expect(ranked(text, { protect })).toEqual(expected)
  })
})
