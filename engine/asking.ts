import { groupBy } from '../core/lists.js'
import type { Stopping, TrialResult } from '../core/stopping.js'
import { openQuestion, type Question, type Result } from './question.js'

/** The faulted trials of a plan in stop order, each with its questions and, if it is stored already, its result. */
export type AskedTrial = Readonly<{ questions: readonly string[]; result: Result }>

/** Which faulted trials are begun; trials are named by their places in the stop order. */
export type Asking = Readonly<{
  /** The first trial that is needed and not begun, which counts as begun from now on; null when there is none now. */
  next: () => number | null
  finish: (trial: number, result: TrialResult) => void
  /** Whether a trial will never be begun, since all its questions are clear or given up. */
  isLeftOut: (trial: number) => boolean
}>

type State = 'open' | 'needed' | 'begun'

/** Opens all questions of a plan; what is stored is heard first. */
export function openQuestions(
  trials: readonly AskedTrial[],
  { looks, ...rule }: Pick<Stopping, 'looks' | 'decide' | 'isHopeless'>,
): Asking {
  const results: Result[] = trials.map(({ result }) => result)
  const resultOf = (trial: number) => results[trial]
  const questions = new Map<string, Question>()
  for (const [id, own] of trialsByQuestion(trials)) {
    const question = { ...rule, trials: own, looks: looks.get(id) ?? [], resultOf }
    questions.set(id, openQuestion(question))
  }
  const of = (trial: number) =>
    (trials[trial]?.questions ?? []).flatMap((id) => questions.get(id) ?? [])

  const states = trials.map(({ result }): State => (result === undefined ? 'open' : 'begun'))
  let first = 0 // No trial before this one is needed and not begun.
  const need = (trial: number) => {
    if (states[trial] !== 'open') return
    states[trial] = 'needed'
    first = Math.min(first, trial)
  }
  const claimAll = (asked: Iterable<Question>) => {
    for (const question of asked) for (const trial of question.claim()) need(trial)
  }
  for (const [trial, { questions: own }] of trials.entries()) if (own.length === 0) need(trial)
  claimAll(questions.values())

  return {
    next() {
      while (first < states.length && states[first] !== 'needed') first++
      if (first >= states.length) return null
      states[first] = 'begun'
      return first
    },
    finish(trial, result) {
      results[trial] = result
      for (const question of of(trial)) question.hear(trial)
      claimAll(of(trial))
    },
    isLeftOut: (trial) =>
      states[trial] === 'open' && of(trial).every((question) => question.isOver()),
  }
}

/** The trials of each question, ascending. */
function trialsByQuestion(trials: readonly AskedTrial[]): ReadonlyMap<string, readonly number[]> {
  const asked = trials.flatMap(({ questions }, trial) => questions.map((id) => ({ id, trial })))
  const groups = groupBy(asked, ({ id }) => id)
  return new Map([...groups].map(([id, all]) => [id, all.map(({ trial }) => trial)]))
}
