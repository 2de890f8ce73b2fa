import { describe, expect, test } from 'vitest'
import { trialCallsSchema } from '../../core/schemas/summary.js'
import { parseTrialCalls, trialCallsText, trialCallsWords } from '../../core/trial-calls.js'

describe('a limit of the calls of a trial', () => {
  test.each([
    ['12', '12', 'at most 12 calls a trial'],
    ['1', '1', 'at most 1 call a trial'],
    ['012', '12', 'at most 12 calls a trial'],
    ['100000', '100000', 'at most 100,000 calls a trial'],
    ['2x', '2x', 'at most 2 x the calls of the baseline'],
    ['2.0x', '2x', 'at most 2 x the calls of the baseline'],
    ['1.5x', '1.5x', 'at most 1.5 x the calls of the baseline'],
    ['1x', '1x', 'at most 1 x the calls of the baseline'],
    ['1000x', '1000x', 'at most 1000 x the calls of the baseline'],
  ])('%s is kept as %s and said as "%s"', (given, kept, words) => {
    const text = trialCallsText(parseTrialCalls(given))
    expect(text).toBe(kept)
    expect(trialCallsText(parseTrialCalls(text))).toBe(kept)
    expect(trialCallsSchema.parse(text)).toBe(kept)
    expect(trialCallsWords(text)).toBe(words)
  })

  test.each(
    ['', '0', '-1', '1.5', '1e3', '100001', 'x', '0x', '0.9x', '1.25x', '2 x', '2X', 'x2']
      .concat(['1001x', '1000.1x', '.5x', '2.x', 'many', '12 ', '12\n'])
      .map((text) => [text]),
  )('%j is refused with what is expected', (text) => {
    try {
      expect.unreachable(`${text} was taken for ${trialCallsText(parseTrialCalls(text))}`)
    } catch (error) {
      expect(error).toMatchObject({
        code: 'bad-argument',
        message: `--trial-calls cannot be "${text}".`,
        hint: expect.stringContaining('--trial-calls 2x'),
      })
    }
  })
})
