import { describe, expect, test } from 'vitest'
import type { RunVerification, SystemVerification } from '../../core/verification.js'
import { columns } from '../../reports/text/layout.js'
import { renderVerification } from '../../reports/text/verification.js'
import { verifiedNotes } from '../../reports/text/verified.js'
import { summaryOf, system as tested } from './summary.js'

const system: SystemVerification = {
  ...{ system: 'pipeline', candidates: 50, tried: 43, necessary: 20, redundant: 3 },
  ...{ unexplained: 18, untestable: 2, partly: 5, sets: { 'dedupe+pool': 3 } },
  defences: [
    { id: 'pool', tier: 'mechanism', needed: 4, among: 3, spared: 39, untestable: {} },
    {
      ...{ id: 'dedupe', tier: 'rule', needed: 16, among: 3, spared: 12 },
      untestable: { 'site-gone': 12, dormant: 3 },
    },
  ],
}
const run: RunVerification = {
  ...{ run: 'r-1', evidence: 'simulated', systems: [system] },
  contradictions: [
    {
      ...{ kind: 'seen-not-verified', tier: 'rule', fault: 'message-storm', count: 7 },
      because: 'not-needed',
      ...{ behaviour: 'filtered', verified: 'unexplained' },
      example: 'pipeline/table-qa/message-storm/t1#1',
    },
    {
      ...{ kind: 'verified-not-seen', tier: 'mechanism', fault: 'hallucination', count: 1 },
      because: 'silent',
      ...{
        behaviour: 'insight',
        verified: 'pool',
        example: 'pipeline/table-qa/hallucination/t2#1',
      },
    },
  ],
}
const shown = (changes: Partial<RunVerification> = {}, width = 80) =>
  renderVerification({ ...run, ...changes }, { width, colour: false })

describe('the result of a verification', () => {
  test('is a table of defences, with what became of the trials and what disagrees', () => {
    expect(
      shown(),
    ).toBe(` VERIFIED   43 of 50 held trials of r-1 repeated without defences, at the same
            sites.
 SIMULATED  Self-test on a simulated model: it shows how faults travel through
            this topology, not how a real model behaves.

 pipeline: 43 of 50 held trials
 defence  tier       needed  among  spared  untestable
 pool     mechanism       4      3      39  0
 dedupe   rule           16      3      12  12 site-gone, 3 dormant
 necessary    20
 redundant    3: dedupe+pool 3
 unexplained  18; in 5 of them some defence could not be taken out
 untestable   2

 needed       the trial broke without this defence alone
 among        it broke without this and others: each of them suffices
 spared       it held without this defence alone
 untestable   without it the site is gone, the task fails or the fault does
              nothing
 unexplained  held without all that could be taken out: by the model, or by luck

 Behaviours and removal differ, 8 times:
 7      It acted and was not needed: without it another behaviour is seen, and
        it holds.
          7 message-storm, filtered: rule; removal: unexplained;
          pipeline/table-qa/message-storm/t1#1
 1      The behaviour does not speak of the tier that it rested on.
          1 hallucination, insight: no mechanism; removal: pool;
          pipeline/table-qa/hallucination/t2#1
`)
  })

  test('of a real model does not say simulated', () => {
    expect(shown({ evidence: 'measured' })).not.toMatch(/simulated/i)
  })

  test('says so when there is nothing to take out, or nothing was', () => {
    expect(shown({ systems: [], contradictions: [] })).toContain('No system of r-1 has a defence')
    const untried = { ...system, tried: 0, candidates: 0 }
    expect(shown({ systems: [untried], contradictions: [] })).toContain('0 of 0 held trials')
  })

  test('keeps to its width and shows names that are hostile', () => {
    const evil = '\u001b[2Jevil\u202e'.repeat(8)
    const defences = system.defences.map((one) => ({ ...one, id: evil }))
    const sets = { [evil]: 3 }
    const contradictions = run.contradictions.map((one) => ({ ...one, behaviour: evil }))
    for (const width of [60, 80, 120]) {
      const text = shown(
        { run: evil, systems: [{ ...system, system: evil, defences, sets }], contradictions },
        width,
      )
      for (const mark of ['\u001b', '\u202e']) expect(text).not.toContain(mark)
      for (const line of text.split('\n')) expect(columns(line)).toBeLessThanOrEqual(width)
    }
  })
})

describe('what a report says of it', () => {
  const verified = (defences: Readonly<Record<string, number>>, tried: number) => ({
    ...{ tried, defences, tiers: {}, redundant: 1, unexplained: 2, untestable: 1 },
  })
  const summary = summaryOf({
    systems: [
      tested({ verified: verified({ dedupe: 3, 'dedupe+pool': 1, pool: 4 }, 14) }),
      tested({ system: 'other', verified: null }),
      tested({ system: 'third', verified: verified({}, 1200) }),
    ],
  })

  test('is one line for each system in which a defence was taken out', () => {
    expect(verifiedNotes(summary, (name) => `<${name}>`)[0]?.items).toEqual([
      '<pipeline>: 14 trials; broke without <pool> 4, <dedupe> 3, <dedupe>+<pool> 1; 2 unexplained, 1 untestable',
      '<third>: 1,200 trials; none broke; 2 unexplained, 1 untestable',
    ])
  })

  test('is nothing where none was', () => {
    expect(verifiedNotes(summaryOf(), String)).toEqual([])
  })
})
