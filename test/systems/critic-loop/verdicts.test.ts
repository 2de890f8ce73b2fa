import { AIMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { isApproved, truncated, wrongStep } from '../../../systems/critic-loop/verdicts.js'
import { deliverable } from '../scripted-model.js'
import { asked } from '../setting.js'

const by = (name: string, turn: number, content: string) =>
  new AIMessage({ id: `${name}#${turn}`, name, content })

describe('the verdict', () => {
  test.each([
    ['APPROVE', true],
    ['**Approve**\nThe sum is right.', true],
    ['REJECT\n- I cannot APPROVE this.', false],
    ['It looks fine.', false],
  ])('%j approves: %s', (text, expected) => {
    expect(isApproved([by('judge', 1, text)])).toBe(expected)
  })

  test('is the newest word of the judge and of nobody else', () => {
    const words = [by('judge', 1, 'REJECT'), by('judge', 2, 'APPROVE'), by('critic', 1, 'REJECT')]
    expect(isApproved(words)).toBe(true)
    expect(isApproved([by('critic', 1, 'APPROVE')])).toBe(false)
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
