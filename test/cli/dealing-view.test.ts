import { describe, expect, test } from 'vitest'
import { claimText } from '../../cli/claim-text.js'
import { dealingView } from '../../cli/dealing-view.js'
import type { Behaviour } from '../../core/schemas/behaviour.js'
import type { VerificationLine } from '../../core/schemas/verification.js'
import { columns } from '../../reports/text/layout.js'
import { dormant, faulted } from '../analysis/lines.js'
import { says, trace } from '../analysis/made-traces.js'

const seen = (changes: Partial<Behaviour> = {}): Behaviour => ({
  ...{ fault: 'rumour', id: 'doubts-aloud', by: 'judge', tiers: { reasoning: 'success' } },
  ...{ detects: true, proof: [{ step: 0, shows: 'doubts', what: 'Is it so?' }], undecided: [] },
  ...changes,
})
const faults = [
  {
    id: 'rumour',
    behaviours: [
      {
        id: 'doubts-aloud',
        summary: 'Somebody says that it may be false.',
        by: 'judge' as const,
        tiers: {},
        detects: true,
      },
    ],
  },
]
const spoken = trace(says('clerk#0', [], 'Is it so?'))

const view = (
  behaviours: readonly Behaviour[],
  { width = 80, verification = null as VerificationLine | null } = {},
): string =>
  dealingView(
    {
      ...{ line: faulted('held', { behaviours: [...behaviours] }), trace: spoken, flow: null },
      ...{ verification, faults },
    },
    { width },
  )
const plainly = (text: string) => text.replace(/\s+/g, ' ')

const verified = (
  verdict: VerificationLine['verdict'],
  sets: readonly string[][],
): VerificationLine => {
  const removed = (ids: string[], outcome: 'broke' | 'held' | 'untestable') => ({
    ...{ ids, tiers: [], trial: 't', outcome, because: null, behaviours: [] },
    ...{ calls: 0, tokens: 0, baselineTokens: 0 },
  })
  return {
    ...{ schema: 1, key: 'k', attempt: 1, id: 'i', verdict, pairsLeftOut: 0 },
    defences: [
      removed(['critic'], 'held'),
      removed(['critic', 'pool'], 'held'),
      removed(['pool'], 'broke'),
    ],
    verified: sets.map((defences) => ({ defences: [...defences], tiers: [] })),
    ...{ calls: 0, tokens: 0, costUsd: 0 },
  }
}

describe('what a system did', () => {
  test('is said with who decided it, its tiers and its proof', () => {
    expect(view([seen()])).toBe(
      [
        ' What the system did',
        '',
        ' behaviour   doubts-aloud: Somebody says that it may be false.',
        ' decided by  judge model: it quoted the steps',
        ' tiers       reasoning success',
        ' proof       step 0   clerk doubts: Is it so?',
        '',
        ' noticed     by nobody',
      ].join('\n'),
    )
  })

  test.each([
    [{ id: null, by: null, undecided: [] }, 'behaviour unclassified: none of the behaviours'],
    [{ id: null, by: null, undecided: ['x-y'] }, 'behaviour undetermined: no rule holds'],
    [{ undecided: ['x-y'] }, 'undecided x-y, asked first: only a judge model can tell'],
    [{ tiers: {} }, 'tiers none'],
  ] satisfies (readonly [Partial<Behaviour>, string])[])(
    'says of %j what is open',
    (changes, words) => {
      expect(plainly(view([seen(changes)]))).toContain(words)
    },
  )

  test('names each fault where there are several', () => {
    const text = plainly(view([seen(), seen({ fault: 'storm:copies=5' })]))
    expect(text).toContain('fault rumour behaviour')
    expect(text).toContain('fault storm:copies=5 behaviour')
  })

  test.each([
    [
      'necessary',
      [['pool']],
      'necessary: the trial breaks without pool held without critic, 1 set of several',
    ],
    [
      'redundant',
      [['critic', 'pool']],
      'redundant: it breaks only without several at once: critic+pool',
    ],
    ['unexplained', [], 'unexplained: it holds without all that could be taken out'],
    ['untestable', [], 'untestable: without its defences there is no such trial'],
  ] satisfies (readonly [VerificationLine['verdict'], string[][], string])[])(
    'says what removal proved: %s',
    (verdict, sets, words) => {
      const text = view([seen()], { verification: verified(verdict, sets) })
      expect(plainly(text)).toContain(`verified ${words}`)
    },
  )

  test('is nothing where no fault acted', () => {
    const line = dormant('no-effect')
    const text = dealingView(
      { line, trace: spoken, flow: null, verification: null, faults },
      { width: 80 },
    )
    expect(text).toContain('No fault acted (no-effect)')
  })

  test.each([80, 100])('keeps to %i columns, and shows what is hostile', (width) => {
    const evil = `a\u001b[2J\u202e\n${'x'.repeat(150)}`
    const text = view(
      [
        seen({
          ...{ fault: evil, id: evil, undecided: [evil] },
          proof: [{ step: 0, shows: 'says', what: evil }],
        }),
        seen({ fault: evil }),
      ],
      { width, verification: verified('necessary', [[evil]]) },
    )
    for (const line of text.split('\n')) expect(columns(line)).toBeLessThanOrEqual(width)
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
    expect(text).toContain('⟨U+001B⟩')
  })
})

describe('a claim as a sentence', () => {
  test.each([
    ['says', '52 EUR', 'clerk says "52 EUR"'],
    ['rejects', '- Look again.', 'clerk rejects: Look again.'],
    ['drops', 'clerk', 'clerk is woken and calls no model'],
    ['never-says', '52 EUR', 'from here on nobody says "52 EUR"'],
    ['silent', 'critic', 'all the time nobody hears of critic'],
    ['ends', null, 'there is no answer'],
    ['rejects', null, 'clerk rejects'],
  ] as const)('%s %s', (shows, what, sentence) => {
    expect(claimText({ step: 0, shows, what }, spoken)).toBe(sentence)
  })
})
