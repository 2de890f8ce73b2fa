import type { AskedModel } from '../../core/asked-model.js'
import { hashOf } from '../../core/canonical-json.js'
import { groupBy } from '../../core/lists.js'
import type { Judgement, Unnamed } from '../../core/schemas/judgement.js'
import type { TraceLine } from '../../core/schemas/trace-line.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { openLines, runFiles } from '../store.js'
import { readJudgements, tracesOf } from '../stored.js'
import { type Tried, twoTries } from '../two-tries.js'
import { type JudgeAnswer, judgeAnswer } from './answer.js'
import type { JudgedFault } from './prompt.js'
import { askedOf, type Question, questionsOf } from './question.js'

/** A judge model; `hash` changes whenever it may answer something else. */
export type Judging = Readonly<{ model: AskedModel; hash: string }>

/** What is to be judged: the trials of a run that are done, with their behaviours as the rules have them. */
export type JudgedRun = Readonly<{
  folder: string
  lines: readonly TrialLine[]
  faults: readonly JudgedFault[]
  judge: Judging
  concurrency: number
  /** Ends the pass early: questions under way are finished, others are left open. */
  signal: AbortSignal
  onJudged: (judgement: Judgement) => void
}>

/** What a pass leaves open: questions that it did not come to, and those whose trace was not kept. */
export type JudgedResult = Readonly<{ interrupted: boolean; withoutTrace: number }>

/**
 * Asks a judge model the questions that the trials of a run leave open. What it has answered before is not asked again;
 * where nobody answered it is. Whatever goes wrong is a judgement without a behaviour.
 */
export async function judgeTrials(run: JudgedRun): Promise<JudgedResult> {
  const { folder, judge, signal, onJudged } = run
  const stored = storedBy(folder, judge.hash)
  const open = questionsOf(run.lines, run.faults).filter(({ key }) => !stored.answered.has(key))
  const byTrial = groupBy(open, ({ line }) => line.key)
  if (open.length === 0 && stored.earlier.length === 0)
    return { interrupted: false, withoutTrace: 0 }
  const file = openLines(runFiles(folder).judgements)
  const keep = (judgement: Judgement) => {
    file.append(judgement)
    file.flush() // Each has been paid for.
  }
  // Of several judges the last one is in force, so what it has said before is said again.
  for (const judgement of stored.earlier) keep({ ...judgement, attempt: stored.attempt })
  const traces = tracesOf(folder, byTrial)
  let left = open.length
  const worker = async () => {
    for (const trace of traces) {
      const questions = (byTrial.get(trace.key) ?? []).filter(isOf(trace))
      for (const question of questions) {
        if (signal.aborted) return
        const judgement = await judged(question, trace, {
          judge,
          attempt: stored.attemptOf(question),
        })
        keep(judgement)
        left--
        onJudged(judgement)
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.max(1, run.concurrency) }, worker))
  } finally {
    file.close()
  }
  return signal.aborted && left > 0
    ? { interrupted: true, withoutTrace: 0 }
    : { interrupted: false, withoutTrace: left }
}

/** How many questions of a run a judge model has not answered yet. */
export const openQuestions = (
  { folder, lines, faults }: Pick<JudgedRun, 'folder' | 'lines' | 'faults'>,
  hash: string,
): number => {
  const { answered } = storedBy(folder, hash)
  return questionsOf(lines, faults).filter(({ key }) => !answered.has(key)).length
}

const isOf =
  (trace: TraceLine) =>
  ({ line }: Question) =>
    line.attempt === trace.attempt

/** What a judge has said before, and the attempts under which it is kept now. */
function storedBy(folder: string, hash: string) {
  const all = readJudgements(folder).lines
  const own = all.filter(({ judge }) => judge.hash === hash)
  const highest = (some: readonly Judgement[]) =>
    some.reduce((most, { attempt }) => Math.max(most, attempt), 0)
  const others = highest(all.filter(({ judge }) => judge.hash !== hash))
  const attempt = Math.max(1, highest(own) > others ? highest(own) : others + 1)
  const answered = own.filter((one) => !isPassing(one))
  const failed = new Map(own.filter(isPassing).map((one) => [one.question, one.attempt]))
  return {
    attempt,
    answered: new Set(answered.map(({ question }) => question)),
    earlier: answered.filter((one) => one.attempt <= others),
    attemptOf: ({ key }: Question) => Math.max(attempt, (failed.get(key) ?? 0) + 1),
  }
}

/** Nobody answered: the next time somebody may. */
const passing: readonly Unnamed[] = ['timeout', 'http', 'unreachable', 'no-completion']
const isPassing = ({ because }: Judgement): boolean => because !== null && passing.includes(because)

async function judged(
  question: Question,
  trace: TraceLine,
  { judge, attempt }: Readonly<{ judge: Judging; attempt: number }>,
): Promise<Judgement> {
  const { line, behaviour, key } = question
  const { prompt, checked } = askedOf(question, trace)
  const asked = { prompt, form: 'in the form of section 8' }
  const tried = await twoTries(judge.model, asked, (said) => judgeAnswer(said, checked))
  const { answeredBy, calls, tokens } = tried
  return {
    schema: 1,
    key: hashOf(`judgement|${key}|${judge.hash}`),
    attempt,
    question: key,
    trial: line.key,
    id: line.id,
    fault: behaviour.fault,
    asked: [...behaviour.undecided],
    judge: { id: judge.model.id, hash: judge.hash },
    ...answerOf(tried, question),
    ...{ answeredBy, calls, tokens },
    // What a call to somebody else's model costs is not known; nothing is not zero.
    costUsd: calls === 0 ? 0 : null,
  }
}

function answerOf(
  tried: Tried<JudgeAnswer, Unnamed>,
  { fault }: Question,
): Pick<Judgement, 'behaviour' | 'tiers' | 'detects' | 'proof' | 'because' | 'words'> {
  const nothing = { behaviour: null, tiers: {}, detects: null, proof: [] }
  if (tried.kind === 'failed') return { ...nothing, because: tried.failure, words: null }
  if (tried.kind === 'refused') return { ...nothing, because: tried.reason, words: null }
  const { words, ...answer } = tried.value
  if (answer.behaviour === null) return { ...nothing, because: 'none', words }
  const { behaviour, step, quote } = answer
  const rule = fault.behaviours.find(({ id }) => id === behaviour)
  return {
    behaviour,
    tiers: rule?.tiers ?? {},
    detects: rule?.detects ?? null,
    proof: [{ step, shows: 'quotes', what: quote }],
    because: null,
    words,
  }
}
