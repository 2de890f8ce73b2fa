import { describe, expect, test } from 'vitest'
import { flawsOf } from '../../bench/naturalness.js'

const flaws = (before: string, after: string) => flawsOf(before, after).map(({ flaw }) => flaw)

describe('a change is unnatural', () => {
  test.each([
    ['doubled space', 'It costs 40 EUR here.', 'It costs  here.'],
    ['doubled punctuation', 'In Rome, on Monday, it rains.', 'In Rome,, it rains.'],
    ['space before punctuation', 'It lies in Rome.', 'It lies .'],
    ['word left hanging', 'It lies in Rome.', 'It lies in.'],
    ['start without a capital', 'Rome is large.', 'is large.'],
    ['sentence without a capital', 'It rains. Rome is wet.', 'It rains. is wet.'],
    ['end without punctuation', 'It rains in Rome.', 'It rains'],
    ['empty list item', '- Rome\n- Oslo', '- Rome\n- '],
    ['leftover of a program', 'It costs 40.', 'It costs undefined.'],
    ['repeated word', 'It is in Rome.', 'It is is in Rome.'],
    ['two articles', 'His 2 kids sleep.', 'His a few kids sleep.'],
    ['a before a vowel', 'A fee of a 5% rate.', 'A fee of a odd rate.'],
    ['one of several', 'It has 2 doors.', 'It has 1 doors.'],
    ['several of one', 'It takes 1 hour.', 'It takes 3 hour.'],
    ['unbalanced round brackets', 'See (12) here.', 'See (12 here.'],
    ['unbalanced quotes', 'Sort by "Gold".', 'Sort by "Gold.'],
    ['unbalanced comment', '/* Add 2. */', 'Add. */'],
    ['row with another number of cells', '| a | b |\n| 1 | 2 |', '| a | b |\n| 1 |'],
    ['JSON no longer parses', '{"a":1}', '{"a":}'],
  ])('%s', (flaw, before, after) => {
    expect(flaws(before, after)).toContain(flaw)
  })

  test.each([
    ['Italy won 12 medals.', 'Italy won 16 medals.'],
    ['Book a room for 40 EUR in Rome.', 'Book a room in Rome.'],
    ['It costs 40. It lies in Rome.', 'It lies in Rome.'],
    ['- Rome\n- Oslo', '- Rome'],
    ['{"a":1,"b":2}', '{"a":1}'],
    ['He runs.  He ran 3 miles.', 'He runs.  He ran.'],
  ])('and %s -> %s is not', (before, after) => {
    expect(flaws(before, after)).toEqual([])
  })
})
