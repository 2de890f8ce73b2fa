import { describe, expect, test } from 'vitest'
import { decidedFaults } from '../../analysis/decided-faults.js'
import { judgedLines } from '../../analysis/judged-lines.js'
import { redetectedLines } from '../../analysis/redetected-lines.js'
import type { Behaviour } from '../../core/schemas/behaviour.js'
import { type Judgement, judgementSchema, questionKey } from '../../core/schemas/judgement.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { faulted, line } from './lines.js'

const found: Behaviour = {
  ...{ fault: 'hallucination', id: 'accepts-it', by: 'heuristic', tiers: { reasoning: 'failure' } },
  ...{ detects: false, proof: [{ step: 3, shows: 'says', what: '42' }], undecided: ['means-well'] },
}
const nothing: Behaviour = {
  ...{ fault: 'hallucination', id: null, by: null, tiers: {}, detects: null, proof: [] },
  undecided: ['means-well', 'knows-better'],
}
const trial = (behaviour: Behaviour, more: Partial<TrialLine> = {}) =>
  faulted('broke', { behaviours: [behaviour], ...more })

/** What a judge said of the first behaviour of a trial. */
function judgement(of: TrialLine, changes: Partial<Judgement> = {}): Judgement {
  const [behaviour = nothing] = of.behaviours
  const question = questionKey(of, behaviour)
  const judge = changes.judge ?? { id: 'scripted', hash: 'h' }
  return judgementSchema.parse({
    ...{ schema: 1, key: `${question}/${judge.hash}`, attempt: 1, question, trial: of.key },
    ...{ id: of.id, fault: behaviour.fault, asked: behaviour.undecided, judge },
    ...{ behaviour: 'means-well', tiers: { reasoning: 'success' }, detects: true, because: null },
    proof: [{ step: 5, shows: 'quotes', what: 'no harm done' }],
    ...{ words: 'It says so.', answeredBy: 'scripted-1', calls: 1, tokens: 10, costUsd: null },
    ...changes,
  })
}
const named = { behaviour: null, tiers: {}, detects: null, proof: [] }
const judged: Behaviour = {
  ...{ fault: 'hallucination', id: 'means-well', by: 'judge', tiers: { reasoning: 'success' } },
  ...{ detects: true, proof: [{ step: 5, shows: 'quotes', what: 'no harm done' }], undecided: [] },
}
const behavioursOf = (lines: readonly TrialLine[]) => lines.flatMap((one) => one.behaviours)

describe('a judgement joined to its trial', () => {
  test.each([
    ['names the behaviour in place of the one that comes later', found, {}, judged],
    ['names the behaviour where none was found', nothing, {}, judged],
    [
      'keeps what was found when it sees none of the others',
      ...[found, { ...named, because: 'none' }, { ...found, undecided: [] }],
    ],
    [
      'leaves nothing that is known when it sees none at all',
      ...[nothing, { ...named, because: 'none' }, { ...nothing, undecided: [] }],
    ],
    [
      'leaves it undetermined without an answer',
      nothing,
      { ...named, because: 'timeout' },
      nothing,
    ],
    ['leaves it as it was without proof', found, { ...named, because: 'invented-quote' }, found],
  ] as const)('%s', (_, behaviour, changes, expected) => {
    const of = trial(behaviour as Behaviour)
    const { lines } = judgedLines([of], [judgement(of, changes as Partial<Judgement>)])
    expect(behavioursOf(lines)).toEqual([expected])
    expect({ ...lines[0], behaviours: [] }).toEqual({ ...of, behaviours: [] })
  })

  test('is about one fault of several, one attempt and one question', () => {
    const two = trial(nothing, { behaviours: [nothing, { ...nothing, fault: 'memory-loss' }] })
    expect(behavioursOf(judgedLines([two], [judgement(two)]).lines)).toEqual([
      ...[judged, { ...nothing, fault: 'memory-loss' }],
    ])
    const again = { ...trial(nothing), attempt: 2 }
    expect(judgedLines([again], [judgement(trial(nothing))]).lines).toEqual([again])
    const other = trial({ ...nothing, undecided: ['knows-better'] })
    expect(judgedLines([other], [judgement(trial(nothing))]).lines).toEqual([other])
  })

  test('says nothing of a trial that has no question', () => {
    const lines = [line(), trial({ ...found, undecided: [] })]
    const result = judgedLines(lines, [judgement(trial(found))])
    expect(result).toEqual({ lines, judge: null, unanswered: {} })
  })
})

describe('several judges', () => {
  const of = trial(nothing)
  const other = { id: 'other', hash: 'o' }
  const first = judgement(of)
  const second = judgement(of, { ...named, because: 'none', judge: other, attempt: 2 })

  test('are never mixed: the last one counts, in whatever order they stand', () => {
    for (const all of [
      [first, second],
      [second, first],
    ]) {
      const { lines, judge } = judgedLines([of], all)
      expect(behavioursOf(lines)).toEqual([{ ...nothing, undecided: [] }])
      expect(judge).toMatchObject({ id: 'other', asked: 1 })
    }
  })

  test('leave open what the last one was not asked', () => {
    const later = trial(nothing, { key: 'k2' })
    const { lines } = judgedLines([of, later], [first, judgement(later), second])
    expect(behavioursOf(lines)).toEqual([{ ...nothing, undecided: [] }, nothing])
  })
})

test('what a judge took is counted, and why it named nothing', () => {
  const trials = ['a', 'b', 'c', 'd'].map((key) => trial(nothing, { key }))
  const changes = [
    {},
    { ...named, because: 'none' },
    { ...named, because: 'http', calls: 3, tokens: 0 },
    { ...named, because: 'http', tokens: 20 },
  ] as const
  const judgements = trials.map((one, at) => judgement(one, changes[at]))
  const { judge, unanswered } = judgedLines(trials, judgements)
  expect(judge).toEqual({
    ...{ id: 'scripted', asked: 4, decided: 2, undetermined: 2, tokens: 40, costUsd: null },
  })
  expect(unanswered).toEqual({ none: 1, http: 2 })
  const silent = judgedLines(trials.slice(0, 1), [
    judgement(trials[0] as TrialLine, { tokens: null }),
  ])
  expect(silent.judge?.tokens).toBeNull()
})

test('what a later version sees takes the place of what the line says, of the same attempt alone', () => {
  const seen = { behaviours: [found], noticed: 4, spread: null }
  const again = { schema: 1, key: 'a', attempt: 1, tool: '9.9.9', ...seen } as const
  const [first, second, third] = [
    trial(nothing, { key: 'a' }),
    trial(nothing, { key: 'b' }),
    trial(nothing, { key: 'a', attempt: 2 }),
  ]
  expect(redetectedLines([first, second, third], [again])).toEqual([
    ...[{ ...first, ...seen }, second, third],
  ])
})

test('how behaviours were decided is told of each fault that acted, in the order of the catalogue', () => {
  const lines = [
    trial(found, { key: 'a' }),
    trial({ ...found, by: 'program', undecided: [] }, { key: 'b' }),
    trial(judged, { key: 'c' }),
    trial(nothing, { key: 'd' }),
    trial({ ...nothing, undecided: [] }, { key: 'e' }),
    trial({ ...found, fault: 'message-storm:copies=5', by: 'program' }, { key: 'f' }),
    trial({ ...found, fault: 'of-my-own' }, { key: 'g' }),
    line({ key: 'h' }),
  ]
  const faults = decidedFaults(
    [...lines, ...lines],
    ['message-storm', 'memory-loss', 'hallucination'],
  )
  expect(faults.map(({ fault, n }) => [fault, n])).toEqual([
    ...[
      ['message-storm', 1],
      ['hallucination', 5],
      ['of-my-own', 1],
    ],
  ])
  const counts = Object.entries(faults[1] ?? {}).flatMap(([name, score]) =>
    typeof score === 'object' ? [[name, Math.round((score.mean ?? 0) * score.n)]] : [],
  )
  expect(Object.fromEntries(counts)).toEqual({
    ...{ program: 1, heuristic: 1, judge: 1, undetermined: 1, unclassified: 1, doubtful: 1 },
  })
})
