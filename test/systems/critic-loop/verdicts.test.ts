import { AIMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { isRejected, truncated, wrongStep } from '../../../systems/critic-loop/verdicts.js'
import { deliverable } from '../scripted-model.js'
import { asked } from '../setting.js'

const by = (name: string, turn: number, content: string) =>
  new AIMessage({ id: `${name}#${turn}`, name, content })

describe('the verdict', () => {
  test.each([
    ['APPROVE', false],
    ['**Approve**\nThe sum is right.', false],
    ['REJECT\n- I cannot APPROVE this.', true],
    ['It looks fine.', true],
  ])('%j rejects: %s', (text, expected) => {
    expect(isRejected([by('judge', 1, text)])).toBe(expected)
  })

  test('is the newest word of the judge, as long as nobody has spoken since', () => {
    const [earlier, later] = [by('judge', 1, 'APPROVE'), by('judge', 2, 'REJECT')]
    expect(isRejected([earlier, by('refiner', 1, 'It is 41.'), later])).toBe(true)
    expect(isRejected([earlier, later, by('critic', 1, 'REJECT')])).toBe(false)
    expect(isRejected([asked])).toBe(false)
  })
})

describe('the wrong step', () => {
  test.each([
    ['REJECT\n- Wrong column.\nConclusion: step 2.', 2],
    ['Conclusion: step 1.\nNo.\nConclusion: Step 12', 12],
    ['Step 2 is wrong.', null],
  ])('of %j is %s', (text, expected) => {
    expect(wrongStep([by('critic', 1, text)])).toBe(expected)
  })
})

describe('a truncated chain', () => {
  const old = by('generator', 1, deliverable('40'))
  const current = by('refiner', 1, deliverable('41'))
  const critique = by('critic', 2, 'REJECT\nConclusion: step 2.')

  test('is the one in force, up to the wrong step, and the only one left', () => {
    const view = truncated([asked, old, current, critique])
    expect(view.map(({ name, text }) => [name, text])).toEqual([
      [undefined, asked.text],
      ['refiner', '```ops\n1. Compute the total of "Gold".\n```'],
      ['critic', critique.text],
    ])
  })

  test('leaves everything when no step is named', () => {
    const vague = by('critic', 2, 'REJECT')
    expect(truncated([asked, old, current, vague])).toEqual([asked, old, current, vague])
  })

  test('leaves the messages themselves as they were', () => {
    truncated([asked, current, critique])
    expect(current.text).toBe(deliverable('41'))
  })
})
