import { message, opening, type Reply, say } from '../../wording.js'
import { carryOut } from '../carry-out.js'
import { type Step, sentenceOf } from '../steps.js'
import { overlook, slip } from '../temper.js'
import { type Situation, settledFrom, tellingsOf } from './situation.js'

/** Names the next single step from the request and from what a colleague has called and seen so far. */
export function instruct(situation: Situation): Reply {
  const { sight, mind } = situation
  const settled = settledFrom(tellingsOf(situation), situation, { alert: false })
  if (!settled) return say(message(opening(mind), 'I do not know the request.', 'TASK_DONE'))
  const demands = slip(overlook(settled.demands, mind), mind)
  const work = carryOut(demands, { past: sight.told, tools: null }, mind)
  const notes = sight.told.length === 0 ? settled.notes.join('\n') : ''
  if (work.kind === 'step') return say(message(opening(mind), notes, instruction(work.step)))
  if (sight.confirmations.length > 0) return say(message(opening(mind), 'TASK_DONE'))
  const why = work.kind === 'stuck' ? `I cannot finish the purchase. ${work.why}` : ''
  return say(message(opening(mind), why, instruction({ op: 'confirm' })))
}

const instruction = (step: Step): string => `Instruction: ${sentenceOf(step)}`
