import { groupBy } from '../core/lists.js'
import type { Behaviour } from '../core/schemas/behaviour.js'
import { isAnswer, type Judgement, questionKey, type Unnamed } from '../core/schemas/judgement.js'
import type { JudgeUsage } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { sum, sumIfKnown } from './sums.js'

/** Lines with what a judge model says of them, and what it was asked. */
export type Judged = Readonly<{
  lines: readonly TrialLine[]
  /** Null when nobody was asked. */
  judge: JudgeUsage | null
  /** Why it named no behaviour, and how often. */
  unanswered: Readonly<Partial<Record<Unnamed, number>>>
}>

/**
 * Lines with the behaviours that a judge model named. What it did not answer stays undetermined, and so does what only another
 * judge has answered: two judges are never mixed in one run.
 */
export function judgedLines(lines: readonly TrialLine[], judgements: readonly Judgement[]): Judged {
  const known = new Map(inForce(judgements).map((one) => [one.question, one]))
  const used = new Set<Judgement>()
  const judged = (line: TrialLine) => (behaviour: Behaviour) => {
    const judgement = known.get(questionKey(line, behaviour))
    if (!judgement) return behaviour
    used.add(judgement)
    return judgedBehaviour(behaviour, judgement)
  }
  const merged = lines.map((line) =>
    line.behaviours.some(({ undecided }) => undecided.length > 0)
      ? { ...line, behaviours: line.behaviours.map(judged(line)) }
      : line,
  )
  return { lines: merged, judge: usageOf([...used]), unanswered: unansweredIn([...used]) }
}

/** The judgements of the judge that was asked last. */
function inForce(judgements: readonly Judgement[]): readonly Judgement[] {
  const last = judgements.reduce<Judgement | null>(
    (found, one) => (found && found.attempt > one.attempt ? found : one),
    null,
  )
  return judgements.filter(({ judge }) => judge.hash === last?.judge.hash)
}

/** A behaviour as a judgement has it; one without an answer leaves it as it was. */
function judgedBehaviour(behaviour: Behaviour, judgement: Judgement): Behaviour {
  const { behaviour: id, tiers, detects, proof } = judgement
  if (id !== null && behaviour.undecided.includes(id)) {
    return { fault: behaviour.fault, id, by: 'judge', tiers, detects, proof, undecided: [] }
  }
  return judgement.because === 'none' ? { ...behaviour, undecided: [] } : behaviour
}

function usageOf(judgements: readonly Judgement[]): JudgeUsage | null {
  const [first] = judgements
  if (!first) return null
  const decided = sum(judgements.map((one) => (isAnswer(one) ? 1 : 0)))
  return {
    id: first.judge.id,
    asked: judgements.length,
    decided,
    undetermined: judgements.length - decided,
    tokens: sumIfKnown(judgements.map(({ tokens }) => tokens)),
    costUsd: sumIfKnown(judgements.map(({ costUsd }) => costUsd)),
  }
}

const unansweredIn = (judgements: readonly Judgement[]): Judged['unanswered'] =>
  Object.fromEntries(
    [...groupBy(judgements, ({ because }) => because)].flatMap(([because, some]) =>
      because === null ? [] : [[because, some.length] as const],
    ),
  )
