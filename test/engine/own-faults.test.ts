import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import type { FiredrillError } from '../../core/errors.js'
import type { ResponseFault } from '../../core/fault.js'
import { textOf, withText } from '../../core/messages.js'
import { checkedFaults } from '../../engine/own-faults.js'
import { faults } from '../../faults/catalogue.js'

const shout: ResponseFault = {
  id: 'shout',
  abbreviation: 'SH',
  category: 'reasoning',
  injector: 'response',
  summary: 'An agent shouts.',
  example: { payload: new AIMessage('hello') },
  inject: (message) => {
    const text = textOf(message)
    return text === '' ? null : withText(message, `${text} AND MORE!`)
  },
  effect: ({ before, after }) => textOf(before) !== textOf(after),
  recoverable: () => true,
  behaviours: [
    { id: 'calms', summary: 'Somebody calms it.', tiers: {}, by: 'heuristic', detects: null },
  ],
}

const check = (...given: readonly unknown[]) => checkedFaults(given, faults, 'a.ts')
const hashOf = (fault: unknown) => check(fault)[0]?.codeHash

function refusal(...given: readonly unknown[]): FiredrillError {
  try {
    check(...given)
  } catch (error) {
    return error as FiredrillError
  }
  throw new Error('Nothing was thrown.')
}

test('a fault that does what it says is taken as it is, with a hash of its code', () => {
  expect(check(shout)).toEqual([{ ...shout, codeHash: expect.stringMatching(/^[\da-f]{32}$/) }])
})

test.each(faults)('$id of Firedrill would be taken', (fault) => {
  expect(checkedFaults([fault], [], 'a.ts')).toHaveLength(1)
})

describe('the hash of its code', () => {
  test('is the same each time', () => {
    expect(hashOf({ ...shout })).toBe(hashOf(shout))
  })

  const louder = (by: string): Pick<ResponseFault, 'inject'> => ({
    inject: (message) => withText(message, textOf(message) + by),
  })
  test.each<readonly [string, Partial<ResponseFault>, Partial<ResponseFault>]>([
    ['a function', {}, { recoverable: () => false }],
    ['a parameter', {}, { parameters: { a: { ...number(), default: 2 } } }],
    ['when it fires', {}, { trigger: 'every' }],
    ['what a function closes over', louder(' a'), louder(' b')],
  ])('is another one when %s changes', (_, before, after) => {
    expect(hashOf({ ...shout, ...after })).not.toBe(hashOf({ ...shout, ...before }))
  })
})

function number() {
  return { summary: 'How loud', default: 1, min: 0, max: 3, integer: true }
}

const wrong: readonly (readonly [string, object, RegExp, RegExp])[] = [
  ['an id in capitals', { id: 'Shout' }, /id: expected kebab-case/, /CONTRIBUTING/],
  ['an id that is taken', { id: 'hallucination' }, /"hallucination" is taken/, /Choose another/],
  ['a category for an id', { id: 'memory' }, /"memory" is taken by another meaning/, /Choose/],
  ['the name of an arm', { id: 'baseline' }, /"baseline" is taken/, /Choose/],
  ['the name of a placebo', { id: 'placebo-response' }, /begins with "placebo-"/, /Choose/],
  ['a long abbreviation', { abbreviation: 'SHOUT' }, /abbreviation: .*one to four letters/, /./],
  ['an abbreviation that is taken', { abbreviation: 'h' }, /"h" is taken by hallucination/, /./],
  ['an unknown category', { category: 'noise' }, /category: .*planning/, /./],
  ['an unknown injector', { injector: 'wire' }, /injector: .*routing/, /./],
  ['no point', { injector: 'prompt' }, /a prompt fault has no point/, /'input' or/],
  ['a point too many', { point: 'call' }, /a response fault has no point/, /Leave point away/],
  ['two sentences', { summary: 'One. Two.' }, /summary: expected one sentence/, /./],
  [
    'codes of a terminal',
    { summary: 'An \u001b[31magent.' },
    /summary: expected one sentence/,
    /./,
  ],
  [
    'a misspelt member',
    { injects: 1 },
    /unknown member "injects"; did you mean inject\?/,
    /has id/,
  ],
  ['a member missing', { effect: undefined }, /effect: expected a function/, /./],
  ['bounds the wrong way', { parameters: { a: { ...number(), min: 4 } } }, /a: min has to be/, /./],
  ['a default out of bounds', { parameters: { a: { ...number(), default: 9 } } }, /bounds/, /./],
  ['a default that is half', { parameters: { a: { ...number(), default: 1.5 } } }, /whole/, /./],
  ['a parameter called trigger', { parameters: { trigger: number() } }, /than trigger/, /./],
  ['an unknown tier', { behaviours: [{ ...shout.behaviours[0], tiers: { x: 1 } }] }, /tiers/, /./],
  [
    'a rule for what only a judge can tell',
    { behaviours: [{ ...shout.behaviours[0], by: 'judge', find: () => null }] },
    /"calms" is left to a judge/,
    /leave find away/,
  ],
  [
    'one behaviour twice',
    { behaviours: [shout.behaviours[0], shout.behaviours[0]] },
    /two behaviours have the id "calms"/,
    /own/,
  ],
  ['another payload', { example: { payload: 'hello' } }, /payload is not a message/, /response/],
  [
    'a payload of another injector',
    { injector: 'routing', example: { payload: [new HumanMessage('a')] } },
    /payload is not a list of deliveries/,
    /./,
  ],
  ['nothing to bite on', { inject: () => null }, /nothing to bite on/, /Change the example/],
  ['no change', { inject: (message: AIMessage) => message }, /unchanged/, /Return null/],
  [
    'a change of its payload',
    {
      example: { payload: new ToolMessage({ content: 'a', tool_call_id: '1' }) },
      inject(message: ToolMessage) {
        message.content = `${message.text}!`
        return message
      },
    },
    /changes what it is given/,
    /Return a copy/,
  ],
  ['a promise', { inject: async () => null }, /does not return a message/, /at once/],
  [
    'other chance than that of the site',
    { inject: (message: AIMessage) => withText(message, `${message.text}${counted++}`) },
    /something else each time/,
    /site\.rng/,
  ],
  ['no effect', { effect: () => false }, /effect is not true/, /example\.site/],
  ['an effect of nothing', { effect: () => true }, /effect is not false/, /Compare/],
  ['no answer to recoverable', { recoverable: () => 'yes' }, /neither true nor false/, /./],
  ['an order without numbers', { prefers: () => Number.NaN }, /prefers returns no number/, /./],
  ['a note without text', { note: () => 3 }, /note returns no text/, /./],
  [
    'an error',
    {
      inject() {
        throw new Error('no lamp')
      },
    },
    /throws on its example: no lamp/,
    /Return null/,
  ],
]
let counted = 0

test.each(wrong)('%s is refused with what to do', (_, change, message, hint) => {
  const error = refusal({ ...shout, ...change })
  expect(error).toMatchObject({ code: 'bad-config', hint: expect.stringMatching(hint) })
  expect(error.message).toMatch(message)
  expect(error.message).toMatch(/^The fault ("[\w-]+"|without an id) \(a\.ts, ownFaults\[0\]\): /)
})

test('two of them cannot have the same names', () => {
  expect(refusal(shout, shout).message).toMatch(/ownFaults\[1\].* id "shout" is taken by shout/)
  expect(refusal(shout, { ...shout, id: 'yell' }).message).toMatch(/abbreviation "SH" is taken/)
})

test('what is no fault at all is refused', () => {
  for (const value of [3, null, [], {}]) expect(refusal(value).message).toContain('without an id')
})
