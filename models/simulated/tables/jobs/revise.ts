import { self } from '../../speaker.js'
import { type Reply, say } from '../../wording.js'
import type { Account, GivenAnswer } from '../sight.js'
import { isLast } from '../steps.js'
import { normalAnswer } from '../table.js'
import { mostFrequent, newestAnswers } from './answers.js'
import { accountsOf, type Situation } from './situation.js'
import { deliverable, restated } from './wording.js'
import { work } from './work.js'

/**
 * Does an answer again against which something speaks: a rejection, or other answers to the same question. An answer that
 * nothing speaks against stands.
 */
export function revise(situation: Situation): Reply {
  const { sight, mind } = situation
  const isRejected = sight.verdicts.some(({ approves }) => !approves)
  const given = newestAnswers(sight.answers)
  // Of answers that equally many gave, one's own comes first.
  const answers = [...given.filter(isOwn), ...given.filter((answer) => !isOwn(answer))]
  const standing = given.find(isOwn) ?? given.at(-1)
  if (isRejected || !standing) return again(situation)
  const isDisputed = answers.some(({ text }) => normalAnswer(text) !== normalAnswer(standing.text))
  if (sight.verdicts.length > 0 || !isDisputed) return stands(situation, standing)
  mind.note('noticed a conflict: answer')
  if (mind.happens('verify', 'revise', mind.profile.verify)) return again(situation)
  return stands(situation, mostFrequent(answers))
}

const isOwn = ({ speaker }: GivenAnswer) => speaker === self

/** Hands on an answer as it is. */
function stands(situation: Situation, { text, plan }: GivenAnswer): Reply {
  const { mind } = situation
  const carries = mind.happens('carry', 'question', mind.profile.carry)
  const passedOn = carries ? restated(accountsOf(situation)) : ''
  return say(deliverable({ steps: plan?.steps ?? [], notes: [], answer: text }, passedOn, mind))
}

/**
 * Does the work again. What the critique and the question say comes before the steps that were rejected; but whoever
 * still has a whole rejected chain in sight copies from it what nobody calls wrong, unless it sees that it is.
 */
function again(situation: Situation): Reply {
  const accounts = accountsOf(situation)
  const { verdicts } = situation.sight
  const isRejected = (account: Account) => account.question === null
  const last = accounts.findLast(isRejected)
  const corrected = verdicts.flatMap(({ speaker, corrections, at }): readonly Account[] =>
    corrections.length === 0 || !last
      ? []
      : [
          {
            ...last,
            speaker,
            at,
            authority: 2,
            steps: corrections.reduce(
              (steps, { number, step }) => steps.toSpliced(number - 1, 1, step),
              last.steps,
            ),
          },
        ],
  )
  const better = [...accounts.filter((account) => !isRejected(account)), ...corrected]
  if (better.length === 0) return work(situation, accounts, { alert: true })
  const copied = verdicts.length > 0 && last && isWhole(last) ? [last] : []
  return work(situation, [...copied, ...better], { alert: copied.length === 0 })
}

/** Whether a chain goes on to an answer: one that was cut before its wrong step does not. */
function isWhole({ steps }: Account): boolean {
  const end = steps.at(-1)
  return end !== undefined && isLast(end)
}
