import { answerBlock, message, opening, type Reply, say } from '../../wording.js'
import { carryOut, stuckAt, type Work } from '../carry-out.js'
import { settle } from '../settle.js'
import type { Account } from '../sight.js'
import { firstDifference } from '../steps.js'
import { overlook, slip } from '../temper.js'
import { deskOf, type Situation } from './situation.js'
import { deliverable, restated } from './wording.js'

/** Does the work that some accounts describe. `alert`: somebody has already pointed at a mistake. */
export function work(
  situation: Situation,
  accounts: readonly Account[],
  { alert }: Readonly<{ alert: boolean }>,
): Reply {
  const { sight, mind } = situation
  const settled = settle(accounts, mind, { columns: sight.columns, alert })
  if (!settled) return giveUp(situation, 'There is no question in sight.')
  const asked = ask(situation, settled.doubts)
  if (asked) return asked
  const steps = slip(overlook(settled.steps, mind, sight.columns), mind)
  const first = carryOut(steps, deskOf(situation), mind)
  const done = first.kind === 'stuck' ? replan(situation, accounts, first) : first
  if (done.kind === 'call') return done
  if (done.kind === 'stuck') return giveUp(situation, stuckAt(done))
  const carries = mind.happens('carry', 'question', mind.profile.carry)
  return say(
    deliverable({ ...done, notes: settled.notes }, carries ? restated(accounts) : '', mind),
  )
}

/** When a plan leads nowhere, the agent may see that the question says something else, and go by the question. */
function replan(
  situation: Situation,
  accounts: readonly Account[],
  stuck: Extract<Work, { kind: 'stuck' }>,
): Work {
  const { sight, mind } = situation
  const questions = accounts.filter(({ question }) => question !== null)
  const own = settle(questions, mind, { columns: sight.columns, alert: true })
  const other = own && firstDifference(own.steps, stuck.steps) !== null
  if (!other || !mind.happens('notice', 'dead end', mind.profile.notice)) return stuck
  mind.note('planned anew from the question')
  return carryOut(own.steps, deskOf(situation), mind)
}

function giveUp(situation: Situation, why: string): Reply {
  const { mind } = situation
  const asked = ask(situation, [why])
  if (asked) return asked
  mind.note('gave up')
  return say(message(opening(mind), `I cannot find the answer. ${why}`, answerBlock('unknown')))
}

/** Asks once, when asking is offered; a second question would only get the same answer. */
function ask({ briefing, sight, mind }: Situation, doubts: readonly string[]): Reply | null {
  const [doubt] = doubts
  if (doubt === undefined || !briefing.mayAsk || sight.hasAsked) return null
  if (!mind.happens('ask', 'colleague', mind.profile.ask)) return null
  mind.note('asked')
  return say(message(opening(mind), `QUESTION: ${doubt}`))
}
