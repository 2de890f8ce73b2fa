import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseGate } from '../../../analysis/gates/parse.js'
import { FiredrillError } from '../../../core/errors.js'
import { type Gate, type Metric, metrics } from '../../../core/gate.js'

/** The error of a gate that is none. */
function errorOf(text: string): FiredrillError {
  try {
    parseGate(text)
  } catch (error) {
    if (error instanceof FiredrillError) return error
  }
  throw new Error(`"${text}" was understood.`)
}

describe('a gate', () => {
  test.each<[string, object]>([
    ['robustness >= 0.8', { metric: 'robustness', comparison: '>=', bound: 0.8, fail: null }],
    ['robustness>=.9 fail .8', { metric: 'robustness', bound: 0.9, fail: 0.8 }],
    ['  worst.category  >=  0.5 ', { metric: 'worst.category', rule: 'worst.category >= 0.5' }],
    ['regression <= 0.1', { metric: 'regression', comparison: '<=', bound: 0.1 }],
    ['damage <= -0.05', { metric: 'damage', bound: -0.05 }],
    ['tokens <= 2000000', { metric: 'tokens', bound: 2000000 }],
    ['robustness <= 0.1 fail 0.2', { comparison: '<=', bound: 0.1, fail: 0.2 }],
    ['robustness(H) >= 0.8 fail 0.7', { bound: 0.8, fail: 0.7 }],
    ['robustness(0.8) >= 0.8', { bound: 0.8 }],
  ])('%s', (text, expected) => {
    expect(parseGate(text)).toMatchObject(expected)
  })

  test('knows the words of its selector and where they stand', () => {
    const { selector } = parseGate('robustness( hallucination , !critic-loop) >= 0.7')
    expect(selector).toEqual([
      { word: 'hallucination', negated: false, at: 12 },
      { word: 'critic-loop', negated: true, at: 28 },
    ])
  })

  test('misspelt does not compile', () => {
    const good: Gate = 'robustness(hallucination,critic-loop) >= 0.9 fail 0.8'
    // @ts-expect-error: there is no such metric
    const bad: Gate = 'robustnes >= 0.8'
    expect([good, bad]).toHaveLength(2)
  })
})

describe('what cannot be meant is refused, and the place is shown', () => {
  test.each([
    ['robustnes >= 0.8', 'There is no metric "robustnes". Did you mean robustness?', '^^^^^^^^^'],
    ['robustness => 0.8', '"=>" compares nothing here', '           ^^'],
    ['robustness > 0.8', '">" compares nothing here', '           ^'],
    ['robustness = 0.8', '"=" compares nothing here', '           ^'],
    ['robustness', 'needs >= or <=', '          ^'],
    ['', 'needs >= or <=', '^'],
    ['robustness >=', 'A number is missing', '             ^'],
    ['robustness >= 80%', '"80%" is no number', '              ^^^'],
    ['robustness >= much', '"much" is no number', '              ^^^^'],
    ['robustness >= 0.8 0.9', 'cannot stand behind the number', '                 ^^^^'],
    ['robustness >= 0.8 fail', 'cannot stand behind the number', '                 ^^^^^'],
    ['robustness >= 1.2', 'robustness is never 1.2', '              ^^^'],
    ['robustness >= 1', 'exactly 1', '              ^'],
    [
      'robustness >= 0.8 fail 0.9',
      'The zone from 0.8 to 0.9 is none',
      '                  ^^^^^^^^',
    ],
    ['robustness >= 0.8 fail 0.79', 'less than 2 points', '                  ^^^^^^^^^'],
    ['score >= 0.8 fail 0.7', 'score has no zone', '             ^^^^^^^^'],
    ['regression >= 0.1', 'asks for a margin', '              ^^^'],
    ['regression <= 0', 'asks for a margin', '              ^'],
    ['robustness(H >= 0.8', 'never closed', '          ^'],
    ['robustness(H,,BT) >= 0.8', 'empty word', '             ^'],
    ['robustness() >= 0.8', 'empty word', '           ^'],
    ['detection >= 1', 'exactly 1', '             ^'],
    ['tier.rules >= 0.5', 'There is no metric "tier.rules". Did you mean tier.rule?', '^^^^^^^^^^'],
  ])('%s', (text, message, marks) => {
    const error = errorOf(text)
    expect(error.code).toBe('bad-gate')
    const [said, shown, under] = error.message.split('\n')
    expect(said).toContain(message)
    expect(shown).toBe(`  ${text}`)
    expect(under).toBe(`  ${marks}`)
    expect(error.hint).toMatch(/\.$/)
  })

  test('a percentage is shown as the fraction that was meant', () => {
    expect(errorOf('robustness >= 80%').hint).toContain('0.8')
  })

  test('an escape sequence in a gate reaches no terminal', () => {
    expect(errorOf('robust\u001b[2Jness >= 0.8').message).not.toContain('\u001b')
  })
})

test('whatever is typed is understood or refused, never anything else', () => {
  const words = fc.constantFrom(
    ...Object.keys(metrics),
    '(',
    ')',
    '>=',
    '<=',
    'fail',
    '0.8',
    '!',
    ',',
    ' ',
    'H',
    '\u0000',
    '%',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(words).map((some) => some.join(' ')),
    fc.array(words).map((some) => some.join('')),
  )
  fc.assert(
    fc.property(text, (given) => {
      try {
        parseGate(given)
      } catch (error) {
        expect(error).toBeInstanceOf(FiredrillError)
      }
    }),
  )
})

test('a gate as long as a book is refused at once', () => {
  const error = errorOf(`robustness${' '.repeat(1_000_000)}!`)
  expect(error.message).toContain('A gate of 1000011 characters is none')
  expect(error.message.length).toBeLessThan(300)
})

test('every metric can be asked for', () => {
  for (const [metric, { kind }] of Object.entries(metrics)) {
    const text = kind === 'regression' ? `${metric} <= 0.1` : `${metric} >= 0.5`
    expect(parseGate(text).metric).toBe(metric as Metric)
  }
})
