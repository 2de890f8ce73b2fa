import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import type { Summary } from '../../core/schemas/summary.js'
import { terminal } from '../../reports/terminal.js'
import { columns } from '../../reports/text/layout.js'
import {
  cell,
  estimate,
  example,
  faults,
  gate,
  noTiers,
  seen,
  summaryOf,
  system,
  tier,
} from './summary.js'

const render = (summary: Summary, width = 80) =>
  terminal.render(summary, { width, colour: false, faults, folder: null })

/** The text without its line breaks, to look for sentences in. */
const prose = (summary: Summary) => render(summary).replace(/\s+/g, ' ')

const totals = (changes: Partial<Summary['totals']>): Summary =>
  summaryOf({ totals: { ...example.totals, void: 0, ...changes } })

test('the first line says what was found, the second what kind of evidence it is', () => {
  const [first, second] = render(summaryOf()).split('\n')
  expect(first).toBe(' FOUND      5 of 20 counted trials broke: 1 fault, 1 system, 1 scenario.')
  expect(second).toMatch(/^ SIMULATED {2}Self-test on a simulated model/)
})

test('a run that is not finished says so first, and how to go on', () => {
  const text = prose(totals({ trials: 300, planned: 460 }))
  expect(text).toMatch(/^ INCOMPLETE 300 of 460 trials are done; what follows may change\./)
  expect(text).toContain(`firedrill run --resume ${example.run.id}`)
  expect(prose(totals({ trials: 460, planned: 460 }))).not.toContain('INCOMPLETE')
})

test('a row has counts, the rate with its interval, the other line and the damage', () => {
  expect(render(summaryOf())).toContain(
    ' ● H hallucination  15/20   75% [53, 89]   [41, 93]    25 [15, 35]',
  )
})

test('a rate of a cell that was decided early says so', () => {
  const text = render(summaryOf({ cells: [cell('hallucination', 15, { decidedEarly: true })] }))
  expect(text).toContain('75% [53, 89] early')
  expect(text).toContain(' early             a gate was clear before all trials were asked')
  expect(render(summaryOf())).not.toContain('early')
})

test('columns without room are told in words', () => {
  expect(render(example, 120)).toMatch(
    /held {2}on these tasks {2}like these {2}damage .*placebo {2}coverage\n/,
  )
  expect(render(example, 80)).toMatch(/like these {2}damage\n/)
  expect(render(example, 80)).toContain(' coverage  20/20 IP, ML, H, MS, MBA · 18/20 CIL\n')
  expect(render(example, 72)).toContain(' damage    0 [-10, 10] IP · 28 [18, 38] CIL · ')
})

test.each([72, 80, 100, 120])('no line is wider than %i columns', (width) => {
  for (const colour of [false, true]) {
    const text = terminal.render(example, {
      width,
      colour,
      faults,
      folder: '/very/long'.repeat(30),
    })
    for (const line of stripVTControlCharacters(text).split('\n')) {
      expect(columns(line)).toBeLessThanOrEqual(width)
    }
  }
})

const containment = estimate(8, 5, 11)

test('no line is too wide, whatever systems, scenarios, faults and runs are called', () => {
  const id = fc.string({
    unit: fc.constantFrom('a', '表', '🔥', '\u001b', ' ', '-'),
    minLength: 1,
    maxLength: 90,
  })
  fc.assert(
    fc.property(
      id,
      id,
      id,
      id,
      fc.integer({ min: 60, max: 140 }),
      (one, scenario, fault, run, width) => {
        const summary = summaryOf({
          run: { ...example.run, id: run },
          cells: [
            cell(fault, 10, {
              ...{ system: one, scenario, detection: scoreOf(9, 20), undetermined: 3 },
              behaviours: [seen(fault, 9), seen(run, 8), seen(scenario, 2), seen(null, 3, 3)],
              spread: { agents: estimate(1.2, 0.8, 1.6), containment, contained: 4, n: 20 },
            }),
            cell('other', 3, { recoverable: false }),
          ],
          systems: [
            system({
              ...{ system: one, detection: scoreOf(1_900, 12_000), undetermined: 1_300 },
              tiers: { ...noTiers, rule: tier([1_200, 12_000], 900, 800) },
              verified: {
                ...{ tried: 1_000, redundant: 1, unexplained: 2, untestable: 3 },
                ...{ defences: { [fault]: 9 }, tiers: { rule: 900 } },
              },
            }),
          ],
        })
        for (const line of render(summary, width).split('\n')) {
          expect(columns(line)).toBeLessThanOrEqual(width)
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('colour changes how the text looks and nothing of what it says', () => {
  const context = { width: 100, faults, folder: null }
  const coloured = terminal.render(example, { ...context, colour: true })
  expect(coloured).toContain('\u001b[')
  expect(stripVTControlCharacters(coloured)).toBe(
    terminal.render(example, { ...context, colour: false }),
  )
})

test('a placebo that differs from its baseline is the first thing said', () => {
  const text = render(totals({ placeboDiffers: 2 }))
  expect(text).toMatch(/^ SELF-TEST FAILED {2}2 placebo trials differ from their baseline/)
  expect(text.split('\n').slice(0, 4).join(' ')).toContain('SIMULATED')
  expect(render(totals({ placeboDiffers: 0 }))).not.toContain('SELF-TEST')
})

test('a real model may differ from itself without an alarm', () => {
  const measured = totals({ placeboDiffers: 2 })
  const text = prose({ ...measured, run: { ...measured.run, evidence: 'measured' } })
  expect(text).not.toMatch(/SELF-TEST|SIMULATED/)
  expect(text).toContain('MEASURED Agents were answered by sim-strong.')
})

test('too many void trials are said at the top', () => {
  expect(prose(totals({ trials: 100, planned: 100, void: 6 }))).toMatch(
    /^ NOT MEASURED 6 of 100 trials are void/,
  )
  expect(prose(totals({ trials: 100, planned: 100, void: 5 }))).not.toContain('NOT MEASURED')
})

test('gates come first, the one that has the verdict before the others', () => {
  const gates: Summary['gates'] = [
    gate('robustness >= 0.5', scoreOf(80, 100), 'passed'),
    gate('worst.category >= 0.5', scoreOf(26, 100), 'failed'),
  ]
  const lines = render(summaryOf({ gates, verdict: 'failed' })).split('\n')
  expect(lines[0]).toBe(' FAILED     worst.category >= 0.5: pipeline 26% [18, 35], n 100')
  expect(lines.join('\n')).toContain(' PASSED     robustness >= 0.5: pipeline 80% [71, 87], n 100')
})

test('a score without an interval is not printed, and the reason is', () => {
  const few = system({ score: estimate(0.9, null, null, 4) })
  expect(prose(summaryOf({ systems: [few] }))).toContain(
    'score none, fewer than 6 tasks give no interval',
  )
  expect(prose(summaryOf({ systems: [few] }))).not.toContain('90%')
})

test('cells without a score are listed with the reason', () => {
  const text = prose(example)
  expect(text).toContain('pipeline on table-qa: tool-format-error (TFE)')
  expect(text).toContain('instruction-logic-conflict (ILC), coverage 12/20')
  expect(text).toContain('blind-trust (BT) 15% [5, 36], 3/20')
})

test('a cell that is not measured prints no rate', () => {
  const text = prose(
    summaryOf({ cells: [cell('hallucination', 9, { measured: false, coverage: 0.6 })] }),
  )
  expect(text).not.toContain('45%')
  expect(text).toContain('FOUND Nothing: no cell was measured.')
})

test('systems are not ranked, and a single one needs no such words', () => {
  expect(prose(example)).toContain('not swept, so no ranking')
  expect(prose(summaryOf())).not.toContain('ranking')
})

test('the end is what to type next, with the fault that broke most', () => {
  expect(render(example).trimEnd().split('\n').slice(-4)).toEqual([
    ' Next  firedrill explain message-broadcast-amplification',
    '       firedrill replay <trial-id>',
    '       firedrill detect r-20261122-a41f --judge-model <model>',
    '       firedrill report r-20261122-a41f -r markdown',
  ])
})

test('a run without cells is still a report', () => {
  expect(prose(summaryOf({ cells: [], systems: [] }))).toContain('FOUND Nothing')
})

test('who wrote the injections stands beside the evidence, with what that took apart from the rest', () => {
  const injector = { id: 'gpt-5-mini', writes: ['hallucination'], leaves: ['message-storm'] }
  const run = { ...summaryOf().run, injector }
  const used = { calls: 12, tokens: 3400, costUsd: null }
  const text = prose({ ...totals({ injector: used }), run })
  expect(text).toContain(
    'WRITTEN Injections of hallucination were written by gpt-5-mini; those of message-storm by a program. 12 calls of its own, 3,400 tokens, cost unknown. ',
  )
  expect(prose({ ...totals({ injector: { ...used, tokens: null } }), run })).toContain(
    '12 calls of its own, tokens unknown, cost unknown.',
  )
  expect(prose(summaryOf())).not.toContain('WRITTEN')
})

test('a limit of the calls of a trial stands among the settings of the run', () => {
  const limited = (trialCalls: string) =>
    prose(summaryOf({ run: { ...summaryOf().run, trialCalls } }))
  expect(limited('2x')).toMatch(
    /RUN .* trials, at most 2 x the calls of the baseline, [\d,]+ calls/,
  )
  expect(limited('12')).toContain(', at most 12 calls a trial, ')
  expect(prose(summaryOf())).not.toContain('at most')
})

test('who judged what no program can tell stands there as well, with what that took', () => {
  const judge = { id: 'gpt-5-mini', asked: 20, decided: 18, undetermined: 2 }
  const run = { ...summaryOf().run, judge: { ...judge, tokens: 12_000, costUsd: null } }
  expect(prose(summaryOf({ run }))).toContain(
    'JUDGED Where no program can tell what became of a fault, gpt-5-mini was asked: 20 questions, 18 decided, 2 left undetermined. 12,000 tokens of its own, cost unknown. ',
  )
  expect(prose(summaryOf())).not.toContain('JUDGED')
})

test('trials that the injector model did not write are left out and shown', () => {
  const leftOut = { ...cell('hallucination', 15).leftOut, notWritten: 4 }
  const text = prose(summaryOf({ cells: [cell('hallucination', 15, { dormant: 4, leftOut })] }))
  expect(text).toContain('4 dormant: 4 were not written by the injector model.')
})

test('where the material of a scenario comes from stands once, where its figures begin', () => {
  const text = 'Problems: GSM8K, MIT; public tasks, possibly known to the model.'
  const cells = ['gsm8k', 'ours'].flatMap((scenario) =>
    ['a', 'b'].map((one) => cell('hallucination', 15, { scenario, system: one })),
  )
  const run = { ...summaryOf().run, attributions: [{ scenario: 'gsm8k', text }] }
  const said = prose(summaryOf({ run, cells }))
  expect(said.split(text)).toHaveLength(2)
  expect(said).toContain(`a on gsm8k ${text} held`)
  expect(prose(summaryOf({ cells }))).not.toContain('public tasks')
})

test('what a stored run says of its material cannot move the cursor', () => {
  const run = {
    ...summaryOf().run,
    attributions: [{ scenario: 'table-qa', text: 'Tables: \u001b[2J.' }],
  }
  expect(prose(summaryOf({ run }))).toContain('Tables: ⟨U+001B⟩[2J.')
})
