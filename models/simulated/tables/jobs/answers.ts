import { groupBy } from '../../../../core/lists.js'
import type { GivenAnswer } from '../sight.js'
import { normalAnswer } from '../table.js'

/** The newest answer of each speaker: whoever answered twice has taken back the first one. */
export function newestAnswers(answers: readonly GivenAnswer[]): readonly GivenAnswer[] {
  return [...groupBy(answers, ({ speaker }) => speaker).values()].flatMap((given) =>
    given.slice(-1),
  )
}

/** The answer that most gave, of equals the first; there has to be one. */
export function mostFrequent(answers: readonly GivenAnswer[]): GivenAnswer {
  const groups = groupBy(answers, ({ text }) => normalAnswer(text))
  const votes = ({ text }: GivenAnswer) => groups.get(normalAnswer(text))?.length ?? 0
  return answers.reduce((best, other) => (votes(other) > votes(best) ? other : best))
}
