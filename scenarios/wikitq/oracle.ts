import type { Mark, Task } from '../../core/scenario.js'
import { answerIn } from '../answer-block.js'
import type { Question } from './questions.js'
import { questionOf } from './tasks.js'
import { matches, type Target } from './values.js'

/**
 * Marks an answer by the published rules of the data set: as many values as there are, each of them among those given.
 * Values are compared as text, as numbers or as dates.
 */
export async function oracle(task: Task, answer: string): Promise<Mark> {
  const targets = targetsOf(questionOf(task))
  const given = answerIn(answer, { several: true })
  if (given === null) {
    return { correct: false, result: 'no-block', note: 'The reply holds no answer block.' }
  }
  const correct =
    given.length === targets.length &&
    targets.every((target) => given.some((value) => matches(target, value)))
  return correct
    ? { correct, result: 'right', note: `${quoted(given)} is right.` }
    : {
        correct,
        result: 'wrong',
        note: `${quoted(given)} was given, ${quoted(targets.map(({ text }) => text))} is right.`,
      }
}

const targetsOf = ({ targetValue, targetCanon, targetCanonType }: Question): readonly Target[] =>
  targetValue.map((text, at) => ({ text, canon: targetCanon[at] ?? text, type: targetCanonType }))

const quoted = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(', ')
