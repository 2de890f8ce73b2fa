import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { failing, readExample, resultOf } from '../../../../models/simulated/code/examples.js'
import { readProgram, writeProgram } from '../../../../models/simulated/code/program.js'
import { type Rule, type RuleType, ruleOf } from '../../../../models/simulated/code/rules.js'
import { statementsIn } from '../../../../models/simulated/code/said.js'
import { readRule, sentenceOf } from '../../../../models/simulated/code/sentences.js'
import { tasks } from '../../../../scenarios/code-rules/tasks.js'
import { parkingProgram } from './little-office.js'

const rule = (type: RuleType, slots: Rule['slots']) => ruleOf(type, slots)
const flat = (slots: Rule['slots'] = {}) =>
  rule('flat', { variable: 'days', threshold: '12', amount: '7', ...slots })
const each = (slots: Rule['slots'] = {}) =>
  rule('each', { variable: 'hours', threshold: '9', amount: '4', ...slots })
const times = (slots: Rule['slots'] = {}) =>
  rule('times', { variable: 'days', threshold: '11', amount: '1.25', ...slots })

describe('a sentence is read as a rule', () => {
  test.each([
    ['Start from a base of 14.', rule('base', { amount: '14' })],
    ['The base value is 14.', rule('base', { amount: '14' })],
    ['Add 3 for each unit of hours.', rule('per', { variable: 'hours', amount: '3' })],
    ['Each unit of hours costs 3.', rule('per', { variable: 'hours', amount: '3' })],
    ['If days is above 12, add 7 once.', flat()],
    ['When days exceeds 12, a flat surcharge of 7 is added.', flat()],
    ['If hours is above 9, add 4 for each unit above 9.', each()],
    ['Every unit of hours beyond 9 adds 4.', each()],
    ['If days is at least 11, multiply the result by 1.25.', times()],
    ['From 11 days on, the result is multiplied by 1.25.', times()],
    ['The result is never more than 120.', rule('cap', { amount: '120' })],
    ['The result is capped at 120.', rule('cap', { amount: '120' })],
    ['The result is never less than 5.', rule('floor', { amount: '5' })],
    ['The minimum result is 5.', rule('floor', { amount: '5' })],
    ['Round the result down to a whole number.', rule('round', { direction: 'down' })],
    ['The result is rounded up to a whole number.', rule('round', { direction: 'up' })],
  ])('%s', (sentence, expected) => {
    expect(readRule(sentence)).toEqual(expected)
    expect(readRule(sentenceOf(expected))).toEqual(expected)
  })

  test.each([
    ['If days is below 12, add 7 once.', flat({ bound: 'below' })],
    ['When days is below 12, a flat surcharge of 7 is added.', flat({ bound: 'below' })],
    ['Every unit of hours below 9 adds 4.', each({ bound: 'below' })],
    ['If days is at most 11, multiply the result by 1.25.', times({ bound: 'at most' })],
  ])('and what says the opposite as another one about the same: %s', (sentence, expected) =>
    expect(readRule(sentence)).toEqual(expected),
  )

  test('that has lost its condition states another rule, and nobody can see the loss', () => {
    const per = rule('per', { variable: 'hours', amount: '4' })
    expect(readRule('Every unit of hours adds 4.')).toEqual(per)
    expect(readRule('Add 4 for each unit of hours.')).toEqual(per)
  })

  test.each([
    'Apply subtractions first.',
    'Paint the result green.',
    'If days is odd, add 7 once.',
    'The parking fee is low.',
  ])('unless it states none: %s', (sentence) => expect(readRule(sentence)).toBeNull())
})

describe('a value that is lost or vague leaves a hole', () => {
  test.each([
    ['Start from a base.', rule('base', { amount: '' })],
    ['Add for each unit of hours.', rule('per', { variable: 'hours', amount: '' })],
    ['Add once if days is above 12.', flat({ amount: '' })],
    ['Add 7 once if days is.', flat({ threshold: '' })],
    ['If hours is, add 4 for each unit.', each({ threshold: '' })],
    ['Multiply the result by 1.25 if days is known.', times({ threshold: '' })],
    ['On, the result is multiplied by 1.25.', times({ threshold: '', variable: '' })],
    ['From a few days on, the result is multiplied by 1.25.', times({ threshold: '' })],
    ['From 11 days on, the result is multiplied by a certain amount.', times({ amount: '' })],
    ['If days is above ___, add 7 once.', flat({ threshold: '' })],
    ['The result is capped at a certain amount.', rule('cap', { amount: '' })],
  ])('%s', (sentence, expected) => expect(readRule(sentence)).toEqual(expected))
})

test('no sentence of 500 tasks stays unread, and every one that states something is read', () => {
  for (const { text, facts } of tasks({ count: 500, seed: 11 })) {
    const said = statementsIn(text)
    expect(said.filter(({ kind }) => kind === 'unread')).toEqual([])
    expect(said.filter(({ kind }) => kind === 'rule')).toHaveLength(facts.length)
    expect(said.filter(({ kind }) => kind === 'signature')).toHaveLength(1)
  }
})

describe('an example', () => {
  test('is read from a line of its own', () => {
    const expected = { name: 'f', inputs: [12, 0], result: 41.5 }
    expect(readExample('f(12, 0) returns 41.5')).toEqual(expected)
    expect(readExample('f(12, 0) returns 41.5, but this code gives 37.')).toEqual(expected)
    expect(readExample('f(12, 0)')).toBeNull()
  })
})

const number = fc.integer({ min: 1, max: 200 }).map(String)
const names = ['hours', 'days']
const variable = fc.constantFrom(...names)
const bound = fc.constantFrom('above', 'below', 'at least', 'at most')
const anyRule: fc.Arbitrary<Rule> = fc.oneof(
  ...(['base', 'cap', 'floor'] as const).map((type) =>
    number.map((amount) => ruleOf(type, { amount })),
  ),
  fc.record({ variable, amount: number }).map((slots) => ruleOf('per', slots)),
  ...(['flat', 'each', 'times'] as const).map((type) =>
    fc
      .record({ variable, bound, threshold: number, amount: number })
      .map((slots) => ruleOf(type, slots)),
  ),
  fc.constantFrom('up', 'down').map((direction) => ruleOf('round', { direction })),
)

describe('a program', () => {
  test('is read as it was written, and its rules as they were told', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 8 }), (rules) => {
        const text = writeProgram(rules, { name: 'f', parameters: names })
        const program = readProgram(text)
        const bases = rules.filter(({ type }) => type === 'base').length
        if (bases > 1) expect(program).toBeNull()
        else expect(program?.rules.toSorted(byText)).toEqual(rules.toSorted(byText))
        for (const one of rules) expect(readRule(sentenceOf(one))).toEqual(one)
      }),
      { numRuns: 200 },
    )
  })

  test('returns what JavaScript returns', () => {
    const inputs = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 8 }), inputs, (rules, given) => {
        const text = writeProgram(rules, { name: 'f', parameters: names })
        const program = readProgram(text)
        fc.pre(program !== null)
        const run = new Function(`${text}; return f`)() as (...inputs: number[]) => number
        expect(resultOf(program?.rules ?? [], names, given)).toBe(run(...given))
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    ['another statement', parkingProgram.replace('r += 3 * hours;', 'r = r + 3 * hours;')],
    ['a call', parkingProgram.replace('return r;', 'return done(r);')],
    ['a loop', parkingProgram.replace('  let r = 14;', '  while (true) {}\n  let r = 14;')],
    ['no end', parkingProgram.replace('\n}', '')],
    ['two thresholds', parkingProgram.replace('(hours - 9)', '(hours - 8)')],
    ['another language', 'def f(a, b):\n  return a + b'],
    ['an arrow', 'const f = (a, b) => a + b'],
    ['nothing', ''],
  ])('with %s cannot be read', (_, text) => {
    expect(readProgram(parkingProgram)).not.toBeNull()
    expect(readProgram(text)).toBeNull()
  })

  test('that says too little fails every example', () => {
    const examples = [{ name: 'f', inputs: [1, 2], result: 3 }]
    expect(failing([rule('base', { amount: '' })], names, examples)).toEqual(examples)
    expect(failing([flat({ threshold: '' })], names, examples)).toEqual(examples)
  })
})

const byText = (a: Rule, b: Rule) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
