import { describe, expect, test } from 'vitest'
import { demandedBlock, keepStepsBefore, lastBlock } from '../../systems/blocks.js'
import { deliverable } from './scripted-model.js'

describe('lastBlock', () => {
  test.each([
    ['the only one', '```answer\n46\n```', '46'],
    ['the last of two', '```answer\n1\n```\nNo:\n```answer\n2\n```', '2'],
    ['one in prose', 'So\n```answer\nNew York\n```\nDone.', 'New York'],
    ['one behind steps', deliverable('46'), '46'],
    ['one of several lines', '```answer\na\nb\n```', 'a\nb'],
    ['none in another block', '```ops\n1. Answer.\n```', null],
    ['none in an empty block', '```answer\n\n```', null],
    ['none in a block that never ends', '```answer\n46', null],
    ['none in prose', 'The answer is 46.', null],
  ])('finds %s', (_, text, expected) => {
    expect(lastBlock(text, 'answer')).toBe(expected)
  })
})

test('a briefing says which block it demands', () => {
  expect(demandedBlock('Write the steps as one ```ops block.')).toBe('ops')
  expect(demandedBlock('Reply with exactly one ```answer block.')).toBe('answer')
  expect(demandedBlock('Write APPROVE or REJECT.')).toBeNull()
})

describe('keepStepsBefore', () => {
  test('keeps the steps before the wrong one and drops the result', () => {
    expect(keepStepsBefore(`Done.\n${deliverable('46')}`, 2)).toBe(
      'Done.\n```ops\n1. Compute the total of "Gold".\n```',
    )
  })

  test('keeps no step when the first is wrong', () => {
    expect(keepStepsBefore(deliverable('46'), 1)).toBe('```ops\n```')
  })

  test('says so when nothing is left', () => {
    expect(keepStepsBefore('```answer\n46\n```', 1)).toBe('No step is kept.')
  })
})
