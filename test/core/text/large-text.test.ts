import { ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { textOf } from '../../../core/messages.js'
import { contradictions } from '../../../core/text/contradiction.js'
import { read } from '../../../core/text/facts.js'
import { mentions } from '../../../core/text/mentions.js'
import { normalise } from '../../../core/text/normalise.js'
import { criticalInformationLoss } from '../../../faults/intra-agent/critical-information-loss.js'
import { hallucination } from '../../../faults/intra-agent/hallucination.js'
import { siteWith } from '../../faults/site.js'

// Quadratic time takes minutes at this length, linear time a second.
const length = 200_000
const long = (part: string) => part.repeat(Math.ceil(length / part.length)).slice(0, length)

const shapes = {
  'one word': long('a'),
  capitals: long('A'),
  digits: long('1'),
  'digits with separators': long('111,'),
  spaces: long(' '),
  'spaces between letters': long(`x${' '.repeat(5000)}`),
  brackets: long('['),
  backticks: long('`'),
  'quotation marks': long('"'),
  dashes: `${long('-')}x`,
  'full stops': long('. '),
  'parts of a path': long('/a'),
  underscores: long('a_'),
  tabs: long('\t'),
  'half characters': long('\ud800'),
}

describe('two hundred thousand characters', () => {
  test.each(Object.entries(shapes))('of %s are read to the end', (_, text) => {
    expect(
      read(text)
        .document.leaves.map((leaf) => leaf.text)
        .join(''),
    ).toBe(text)
    expect(mentions(text)({ type: 'name', normal: 'nowhere' })).toBe(false)
    expect(normalise(text).length).toBeLessThanOrEqual(text.length)
    expect(contradictions(text, { protect: [], rng: siteWith().rng, count: 1 })).toEqual([])
  })
})

test('a fact is changed and lost in a table of half a million characters', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => `Town ${n} | ${n % 7} | ${1900 + (n % 99)}`)
  const content = ['Name | Beds | Year', ...rows].join('\n')
  const payload = new ToolMessage({ content, tool_call_id: '1' })
  const site = siteWith({ later: 'In Town 12345.', elsewhere: content })
  for (const fault of [hallucination, criticalInformationLoss]) {
    const after = fault.inject(payload, site)
    expect(after && textOf(after)).not.toContain('Town 12345 ')
    expect(after && textOf(after)).toContain('Town 12346 ')
  }
})
