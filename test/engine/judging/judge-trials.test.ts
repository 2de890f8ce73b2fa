import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgedLines } from '../../../analysis/judged-lines.js'
import type { AskedModel, AskedReply } from '../../../core/asked-model.js'
import type { Judgement } from '../../../core/schemas/judgement.js'
import type { TrialLine } from '../../../core/schemas/trial-line.js'
import { judgeTrials, openQuestions } from '../../../engine/judging/judge-trials.js'
import { runFiles } from '../../../engine/store.js'
import { readJudgements } from '../../../engine/stored.js'
import { open, rumour, type Sayings, traceOf, trialWith } from './trial.js'

let root = ''
let runs = 0
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'firedrill-judging-'))
})
afterAll(() => rmSync(root, { recursive: true }))

/** A run's folder with the traces of some trials. */
function folderOf(lines: readonly TrialLine[], sayings: Partial<Sayings> = {}): string {
  const folder = mkdtempSync(join(root, `run-${runs++}-`))
  const traces = lines.map((line) => JSON.stringify(traceOf(line, sayings)))
  writeFileSync(runFiles(folder).traces, `${traces.join('\n')}\n`)
  return folder
}

const answer = {
  ...{ behaviour: 'doubts-aloud', step: 4, quote: 'there is no such hour' },
  because: 'The reader says so.',
}
const said = (changes: object = {}): AskedReply => ({
  ...{ kind: 'text', text: JSON.stringify({ ...answer, ...changes }) },
  ...{ answeredBy: 'scripted-1', calls: 1, tokens: 10 },
})
const text = (words: string): AskedReply => ({ ...said(), text: words }) as AskedReply
const none = said({ behaviour: 'none', step: null, quote: null })
const failure = (kind: 'timeout' | 'http'): AskedReply => ({
  ...{ kind: 'failed', failure: kind, because: 'broken', calls: 3, tokens: 0 },
})

/** A judge that gives one reply after the other, the last one again and again, and what it was asked. */
function judgeBy(...replies: readonly AskedReply[]) {
  const asked: string[] = []
  const model: AskedModel = {
    id: 'scripted',
    async ask(messages) {
      asked.push(messages.at(-1)?.content ?? '')
      return replies[Math.min(asked.length, replies.length) - 1] as AskedReply
    },
  }
  return { asked, model }
}

type Pass = Readonly<{ model: AskedModel; hash?: string; signal?: AbortSignal }>

/** One pass over a run, and what was judged in it. */
async function pass(folder: string, lines: readonly TrialLine[], { model, ...more }: Pass) {
  const judged: Judgement[] = []
  const result = await judgeTrials({
    ...{ folder, lines, faults: [rumour], concurrency: 2 },
    judge: { model, hash: more.hash ?? 'h' },
    signal: more.signal ?? new AbortController().signal,
    onJudged: (one) => judged.push(one),
  })
  return { judged, ...result }
}

const trials = (count: number): readonly TrialLine[] =>
  Array.from({ length: count }, (_, at) => trialWith(open(), { key: `k${at}`, id: `t${at}` }))

/** What a run's lines say once what is stored of a judge is joined to them. */
const behavioursIn = (folder: string, lines: readonly TrialLine[]) =>
  judgedLines(lines, readJudgements(folder).lines).lines.map((line) => line.behaviours[0])

describe('a judgement', () => {
  test('is kept with its proof, what it took and what the rule says', async () => {
    const lines = trials(1)
    const folder = folderOf(lines)
    const { judged } = await pass(folder, lines, judgeBy(said()))
    expect(judged).toEqual([
      {
        ...{ schema: 1, key: expect.any(String), attempt: 1, question: expect.any(String) },
        ...{ trial: 'k0', id: 't0', fault: 'rumour', asked: ['doubts-aloud', 'means-well'] },
        ...{ judge: { id: 'scripted', hash: 'h' }, behaviour: 'doubts-aloud', because: null },
        ...{ tiers: { reasoning: 'success' }, detects: true, words: 'The reader says so.' },
        proof: [{ step: 4, shows: 'quotes', what: 'there is no such hour' }],
        ...{ answeredBy: 'scripted-1', calls: 1, tokens: 10, costUsd: null },
      },
    ])
    expect(readJudgements(folder)).toEqual({ lines: judged, broken: 0 })
  })

  test.each<readonly [string, readonly AskedReply[], string, number]>([
    ['none', [none], 'none', 1],
    ['prose', [text('Doubts!')], 'malformed', 2],
    ['a step of its own', [said({ step: 40 })], 'invented-step', 2],
    ['a step that it was not shown', [said({ step: 3 })], 'invented-step', 2],
    ['a quote of its own', [said({ quote: 'I made this up.' })], 'invented-quote', 2],
    ['a behaviour that a program tells', [said({ behaviour: 'repeats-it' })], 'not-allowed', 2],
    ['silence', [failure('timeout')], 'timeout', 3],
    ['HTTP 500', [failure('http')], 'http', 3],
    ['prose, then silence', [text('Doubts!'), failure('timeout')], 'timeout', 4],
    ['prose, then a made up step', [text('?'), said({ step: 40 })], 'invented-step', 2],
  ])('names no behaviour for %s', async (_, replies, because, calls) => {
    const lines = trials(1)
    const folder = folderOf(lines)
    const { judged, interrupted } = await pass(folder, lines, judgeBy(...replies))
    expect(judged).toMatchObject([{ behaviour: null, proof: [], tiers: {}, because, calls }])
    expect(interrupted).toBe(false)
    const undecided = because === 'none' ? [] : ['doubts-aloud', 'means-well']
    expect(behavioursIn(folder, lines)).toEqual([open({ undecided })])
  })

  test('may come with the second try, which is told what was wrong with the first', async () => {
    const lines = trials(1)
    const judge = judgeBy(said({ step: 40 }), said())
    const { judged } = await pass(folderOf(lines), lines, judge)
    expect(judged).toMatchObject([{ behaviour: 'doubts-aloud', calls: 2, tokens: 20 }])
    expect(judge.asked[1]).toBe(
      'That cannot be used: section 5 has no such step. Answer once more, in the form of section 8.',
    )
  })

  test('holds no key, whoever repeats one', async () => {
    const lines = trials(1)
    const secret = 'sk-abcdefghijklmnopqrstuv'
    const folder = folderOf(lines, { reply: `My key is ${secret}, take it.` })
    const { judged } = await pass(
      folder,
      lines,
      judgeBy(said({ quote: `My key is ${secret}, take it.`, because: `It has ${secret}.` })),
    )
    expect(judged).toMatchObject([
      { proof: [{ what: 'My key is [secret], take it.' }], words: 'It has [secret].' },
    ])
    expect(readFileSync(runFiles(folder).judgements, 'utf8')).not.toContain(secret)
  })
})

describe('a pass', () => {
  test('asks for every trial that has a trace and counts those that have none', async () => {
    const lines = trials(5)
    const folder = folderOf(lines.slice(0, 3))
    const { judged, withoutTrace } = await pass(folder, lines, judgeBy(said()))
    expect(judged.map(({ trial }) => trial).sort()).toEqual(['k0', 'k1', 'k2'])
    expect(withoutTrace).toBe(2)
  })

  test('asks no other attempt than the one that counts', async () => {
    const [first] = trials(1)
    if (!first) throw new Error('There is no trial.')
    const { judged } = await pass(folderOf([first]), [{ ...first, attempt: 2 }], judgeBy(said()))
    expect(judged).toEqual([])
  })

  test('asks nothing that was answered before, whatever the answer', async () => {
    const lines = trials(3)
    const folder = folderOf(lines)
    await pass(folder, lines, judgeBy(said(), none, text('?'), text('?')))
    const again = judgeBy(said())
    expect((await pass(folder, lines, again)).judged).toEqual([])
    expect(again.asked).toEqual([])
    expect(openQuestions({ folder, lines, faults: [rumour] }, 'h')).toBe(0)
  })

  test('asks again where nobody answered', async () => {
    const lines = trials(1)
    const folder = folderOf(lines)
    await pass(folder, lines, judgeBy(failure('http')))
    await pass(folder, lines, judgeBy(said()))
    expect(behavioursIn(folder, lines)).toMatchObject([{ id: 'doubts-aloud', by: 'judge' }])
    const third = await pass(folder, lines, judgeBy(none))
    expect(third.judged).toEqual([])
  })

  test('that is stopped finishes what it has begun and goes on later', async () => {
    const lines = trials(6)
    const folder = folderOf(lines)
    const controller = new AbortController()
    const model: AskedModel = {
      id: 'scripted',
      async ask() {
        controller.abort()
        return said()
      },
    }
    const stopped = await pass(folder, lines, { model, signal: controller.signal })
    expect(stopped.interrupted).toBe(true)
    expect(stopped.judged.length).toBeLessThan(3)
    const rest = await pass(folder, lines, judgeBy(said()))
    expect(rest).toMatchObject({ interrupted: false, withoutTrace: 0 })
    expect(stopped.judged.length + rest.judged.length).toBe(6)
    expect(readJudgements(folder).lines).toHaveLength(6)
  })

  test('by another judge asks all and takes its place; the first one need not say it again', async () => {
    const lines = trials(2)
    const folder = folderOf(lines)
    await pass(folder, lines, judgeBy(said()))
    const other = await pass(folder, lines, { ...judgeBy(none), hash: 'other' })
    expect(other.judged).toHaveLength(2)
    expect(behavioursIn(folder, lines)).toEqual([open({ undecided: [] }), open({ undecided: [] })])
    const back = judgeBy(none)
    await pass(folder, lines, back)
    expect(back.asked).toEqual([])
    expect(behavioursIn(folder, lines)).toMatchObject([
      ...[{ id: 'doubts-aloud' }, { id: 'doubts-aloud' }],
    ])
  })

  test('of another judge that was stopped leaves open what it has not said', async () => {
    const lines = trials(2)
    const folder = folderOf(lines)
    await pass(folder, lines, judgeBy(said()))
    await pass(folder, lines.slice(0, 1), { ...judgeBy(none), hash: 'other' })
    expect(behavioursIn(folder, lines)).toEqual([open({ undecided: [] }), open()])
  })

  test('leaves no file where there is nothing to ask', async () => {
    const lines = [trialWith(open({ undecided: [] }))]
    const folder = folderOf(lines)
    await pass(folder, lines, judgeBy(said()))
    expect(readJudgements(folder)).toEqual({ lines: [], broken: 0 })
    expect(() => readFileSync(runFiles(folder).judgements)).toThrow('ENOENT')
  })
})
