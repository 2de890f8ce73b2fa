import { message, opening, type Reply, say } from '../../wording.js'
import { carryOut, type Work } from '../carry-out.js'
import type { Demands } from '../facts.js'
import type { Telling } from '../tellings.js'
import { overlook, slip } from '../temper.js'
import { requested, type Situation, settledFrom, tellingsOf } from './situation.js'
import { confirmation, deliverable, passedOn, planBlock } from './wording.js'

/** Searches, reads, chooses, buys and confirms, one tool call at a time. */
export function produce(situation: Situation): Reply {
  const { sight, mind } = situation
  const tellings = tellingsOf(situation)
  const settled = settledFrom(tellings, situation, { alert: false })
  if (!settled) return giveUp(situation, 'There is no request in sight.')
  // A doubt is asked about before anything is done; afterwards it is too late.
  const asked = sight.past.length === 0 ? ask(situation, settled.doubts) : null
  if (asked) return asked
  const demands = slip(overlook(settled.demands, mind), mind)
  const first = carryOut(demands, handsOf(situation), mind)
  const anew = first.kind === 'stuck' ? replan(situation, { demands, tellings, first }) : null
  const { work, by } = anew ?? { work: first, by: demands }
  if (work.kind === 'step')
    return work.call ? { kind: 'call', call: work.call } : giveUp(situation, '')
  if (work.kind === 'stuck') return giveUp(situation, work.why)
  const parts = [passedOn(tellings, mind), planBlock(by), settled.notes.join('\n')]
  return say(deliverable(mind, parts, confirmation(work.receipt)))
}

const handsOf = ({ sight, tools }: Situation) => ({ past: sight.past, tools })

type Stuck = Extract<Work, { kind: 'stuck' }>
type DeadEnd = Readonly<{ demands: Demands; tellings: readonly Telling[]; first: Stuck }>

/** When a plan leads nowhere, the agent may see that the request says something else, and go by the request. */
function replan(
  situation: Situation,
  { demands, tellings, first }: DeadEnd,
): Readonly<{ work: Work; by: Demands }> | null {
  const { mind, sight } = situation
  const own = settledFrom(requested(tellings), situation, { alert: true })?.demands
  if (!own || planBlock(own) === planBlock(demands)) return null
  if (!mind.happens('notice', 'dead end', mind.profile.notice)) return null
  mind.note('planned anew from the request')
  const hands = { ...handsOf(situation), past: sight.past.slice(first.used) }
  return { work: carryOut(own, hands, mind), by: own }
}

function giveUp(situation: Situation, why: string): Reply {
  const { mind, sight } = situation
  const asked = sight.past.length === 0 ? ask(situation, [why]) : null
  if (asked) return asked
  mind.note('gave up')
  const parts = [`I cannot finish the purchase. ${why}`.trim()]
  return say(deliverable(mind, parts, confirmation(sight.receipt)))
}

/** Asks once, when asking is offered; a second question would only get the same answer. */
function ask({ briefing, sight, mind }: Situation, doubts: readonly string[]): Reply | null {
  const [doubt] = doubts
  if (!doubt || !briefing.mayAsk || sight.hasAsked) return null
  if (!mind.happens('ask', 'colleague', mind.profile.ask)) return null
  mind.note('asked')
  return say(message(opening(mind), `QUESTION: ${doubt}`))
}
