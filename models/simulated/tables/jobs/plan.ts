import { message, opening, type Reply, say } from '../../wording.js'
import { settle } from '../settle.js'
import { opsBlock } from '../steps.js'
import { overlook, slip } from '../temper.js'
import { accountsOf, type Situation } from './situation.js'
import { restated, tableFacts } from './wording.js'

/** Writes the steps that answer the question, or tells a colleague who asks what is known here. */
export function plan(situation: Situation): Reply {
  const { sight, mind } = situation
  const all = accountsOf(situation)
  const questions = all.filter(({ question }) => question !== null)
  // A plan is made from the question; colleagues' plans are only used when the question is out of sight.
  const accounts = questions.length > 0 ? questions : all
  const settled = settle(accounts, mind, { columns: sight.columns, alert: false })
  if (!settled) return say(message(opening(mind), 'I do not know the question.'))
  const steps = slip(overlook(settled.steps, mind, sight.columns), mind)
  const answering = sight.askedNow !== null
  if (answering) mind.note('answered a colleague')
  const carries = answering || mind.happens('carry', 'question', mind.profile.carry)
  const passedOn = [restated(accounts), tableFacts(sight.columns, sight.rowCount)].filter(Boolean)
  return say(
    message(
      opening(mind),
      carries ? passedOn.join('\n') : '',
      opsBlock(steps),
      settled.notes.join('\n'),
    ),
  )
}
