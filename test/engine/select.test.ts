import { describe, expect, test } from 'vitest'
import type { FiredrillError } from '../../core/errors.js'
import { parseSeeds, parseSite, parseTasks, selectByName } from '../../engine/select.js'
import { selectFaults } from '../../engine/select-faults.js'
import { faults } from '../../faults/catalogue.js'

const all = faults.map(({ id }) => id)
const chosen = (...words: readonly string[]) =>
  selectFaults(faults, words).map(({ fault }) => fault.id)
const errorOf = (work: () => unknown): FiredrillError => {
  try {
    work()
  } catch (error) {
    return error as FiredrillError
  }
  throw new Error('Nothing was thrown.')
}

describe('faults are chosen', () => {
  test.each<readonly [readonly string[], readonly string[]]>([
    [[], all],
    [['hallucination'], ['hallucination']],
    [
      ['H', 'ms'],
      ['hallucination', 'message-storm'],
    ],
    [
      ['message-storm', 'hallucination'],
      ['hallucination', 'message-storm'],
    ],
    [['communication'], ['message-cycle', 'message-storm']],
    [['intra-agent'], ['critical-information-loss', 'hallucination']],
    [['message-*'], ['message-cycle', 'message-storm']],
    [['*'], all],
    [['!intra-agent'], ['instruction-logic-conflict', 'message-cycle', 'message-storm']],
    [['inter-agent', '!message-*'], ['instruction-logic-conflict']],
    [['!MS', 'message-*'], ['message-cycle']],
  ])('%j chooses %j', (words, expected) => {
    expect(chosen(...words)).toEqual(expected)
  })

  test('with their default parameters and their own trigger', () => {
    expect(selectFaults(faults, ['ILC', 'MS']).map(({ planned }) => planned)).toEqual([
      { id: 'instruction-logic-conflict', parameters: { conflicts: 1 }, trigger: 'every' },
      { id: 'message-storm', parameters: { copies: 25, fresh: 0 }, trigger: 'once' },
    ])
  })

  test.each([
    ['message-storm:copies=50', { copies: 50, fresh: 0 }],
    ['MS:copies=1000,fresh=1', { copies: 1000, fresh: 1 }],
    ['hallucination:shift=0.05', { facts: 1, shift: 0.05 }],
  ])('%s sets parameters and leaves the others', (word, parameters) => {
    expect(selectFaults(faults, [word])[0]?.planned.parameters).toEqual(parameters)
  })

  test('a setting beside a wider choice sets the parameters of its fault only', () => {
    const found = selectFaults(faults, ['communication', 'MS:copies=2'])
    expect(found.map(({ planned }) => planned.parameters)).toEqual([
      { echoes: 1 },
      { copies: 2, fresh: 0 },
    ])
  })
})

describe('a wrong choice is refused with what was probably meant', () => {
  test.each<readonly [string, string, RegExp, RegExp]>([
    [
      'halucination',
      'unknown-name',
      /no fault "halucination"\. Did you mean hallucination\?/,
      /among: /,
    ],
    ['zzzzzz', 'unknown-name', /no fault "zzzzzz"\.$/, /critical-information-loss/],
    ['!nothing-here', 'unknown-name', /no fault "nothing-here"/, /among: /],
    [
      'MS:copie=3',
      'unknown-name',
      /parameter of message-storm "copie"\. Did you mean copies\?/,
      /fresh/,
    ],
    [
      'MS:copies=0',
      'bad-argument',
      /message-storm:copies cannot be "0"/,
      /whole number from 1 to 1000; the default is 25/,
    ],
    ['MS:copies=1001', 'bad-argument', /cannot be "1001"/, /1 to 1000/],
    ['MS:copies=2.5', 'bad-argument', /cannot be "2.5"/, /whole/],
    ['MS:copies=', 'bad-argument', /cannot be ""/, /whole/],
    ['MS:copies=many', 'bad-argument', /cannot be "many"/, /whole/],
    ['H:shift=4', 'bad-argument', /cannot be "4"/, /^It is a number from 0.05 to 3/],
    ['message-*:copies=3', 'bad-argument', /several faults/, /Name one fault/],
  ])('%s', (word, code, message, hint) => {
    const error = errorOf(() => selectFaults(faults, [word]))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
    expect(error.hint).toMatch(hint)
  })

  test('a choice that leaves nothing is one too', () => {
    expect(errorOf(() => chosen('H', '!H')).message).toBe('"H !H" leaves no fault.')
  })

  test('names of other things are checked in the same way', () => {
    const items = [{ id: 'pipeline' }, { id: 'solo' }]
    expect(selectByName('system', items, ['s*'])).toEqual([{ id: 'solo' }])
    expect(errorOf(() => selectByName('system', items, ['pipelin'])).message).toBe(
      'There is no system "pipelin". Did you mean pipeline?',
    )
  })

  test('marks of regular expressions stand for themselves', () => {
    const items = [{ id: 'a.b' }, { id: 'axb' }]
    expect(selectByName('system', items, ['a.b'])).toEqual([{ id: 'a.b' }])
    expect(errorOf(() => selectByName('system', items, ['('])).code).toBe('unknown-name')
  })
})

describe('seeds', () => {
  test.each([
    ['7', [7]],
    ['1-3', [1, 2, 3]],
    ['1-2,9,2', [1, 2, 9]],
    [' 4 , 0 ', [4, 0]],
  ])('%j are %j', (text, seeds) => {
    expect(parseSeeds(text)).toEqual(seeds)
  })

  test.each(['', 'x', '3-1', '1-', '-1', '1.5', '1-20000'])('%j are none', (text) => {
    expect(errorOf(() => parseSeeds(text)).code).toBe('bad-argument')
  })
})

describe('tasks', () => {
  test('are a number or a list of ids', () => {
    expect(parseTasks('20')).toEqual({ kind: 'count', count: 20 })
    expect(parseTasks('t3, t17,')).toEqual({ kind: 'ids', ids: ['t3', 't17'] })
  })

  test.each(['0', '100001', '', ' , '])('%j are none', (text) => {
    expect(errorOf(() => parseTasks(text)).code).toBe('bad-argument')
  })
})

describe('a site', () => {
  test.each([
    ['default', { kind: 'default' }],
    ['any', { kind: 'any' }],
    ['first', { kind: 'first' }],
    ['every', { kind: 'every' }],
    ['engineer', { kind: 'agent', agent: 'engineer', number: null }],
    ['billing/agent#2', { kind: 'agent', agent: 'billing/agent', number: 2 }],
  ])('%s', (text, site) => {
    expect(parseSite(text)).toEqual(site)
  })

  test.each(['', '#1', 'a#', 'a#b', 'a b'])('%j is none', (text) => {
    expect(errorOf(() => parseSite(text)).message).toBe(`"${text}" is no site.`)
  })
})
