import type { Mind } from '../../chance.js'
import { self } from '../../speaker.js'
import { type Reply, say } from '../../wording.js'
import { carryOut } from '../carry-out.js'
import { settle } from '../settle.js'
import type { Account, GivenAnswer } from '../sight.js'
import { firstDifference, type Step } from '../steps.js'
import { overlook } from '../temper.js'
import { mostFrequent, newestAnswers } from './answers.js'
import { produce } from './produce.js'
import { accountsOf, deskOf, type Situation, withUnstated } from './situation.js'
import { deliverable, restated } from './wording.js'

/** Chooses among the answers in sight: by its own result if it can get one, else by the steps beside them. */
export function decide(situation: Situation): Reply {
  const { sight, tools } = situation
  const questions = accountsOf(situation).filter(({ question }) => question !== null)
  const canWork = questions.length > 0 && (tools.length > 0 || sight.table !== null)
  const answers = newestAnswers(sight.answers.filter(({ speaker }) => speaker !== self))
  if (answers.length > 0) return choose(situation, answers, questions, { canWork })
  return canWork ? produce(situation) : say('No answer is in sight.')
}

function choose(
  situation: Situation,
  answers: readonly GivenAnswer[],
  questions: readonly Account[],
  { canWork }: Readonly<{ canWork: boolean }>,
): Reply {
  const { sight, mind } = situation
  const accounts = withUnstated(questions, accountsOf(situation))
  const settled = settle(accounts, mind, { columns: sight.columns, alert: false })
  const checks = settled !== null && mind.happens('verify', 'decide', mind.profile.verify)
  const own = checks ? overlook(settled.steps, mind, sight.columns) : null
  const work = own && canWork ? carryOut(own, deskOf(situation), mind) : null
  if (work?.kind === 'call') return work
  const passedOn = mind.happens('carry', 'question', mind.profile.carry) ? restated(questions) : ''
  const notes = settled?.notes ?? []
  if (work?.kind === 'done') {
    mind.note('weighed by evidence: answer')
    return say(deliverable({ ...work, notes }, passedOn, mind))
  }
  const { chosen, doubt } = weigh(answers, own, mind)
  const steps = chosen.plan?.steps ?? []
  return say(
    deliverable({ steps, notes: [...notes, ...doubt], answer: chosen.text }, passedOn, mind),
  )
}

/** Prefers answers whose steps follow the question as this agent reads it. */
function weigh(
  answers: readonly GivenAnswer[],
  own: readonly Step[] | null,
  mind: Mind,
): Readonly<{ chosen: GivenAnswer; doubt: readonly string[] }> {
  const follows = ({ plan }: GivenAnswer) =>
    own === null || (plan !== null && firstDifference(own, plan.steps) === null)
  const fitting = answers.filter(follows)
  if (fitting.length < answers.length) mind.note('noticed a conflict: answer')
  const doubt = fitting.length === 0 ? ['I cannot confirm the steps that led to this answer.'] : []
  return { chosen: mostFrequent(fitting.length > 0 ? fitting : answers), doubt }
}
