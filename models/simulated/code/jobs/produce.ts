import { self } from '../../speaker.js'
import { message, opening, type Reply, say } from '../../wording.js'
import { writeProgram } from '../program.js'
import type { Telling } from '../tellings.js'
import { compose, type Situation, signatureOf, tellingsOf } from './situation.js'
import { carried, deliverable } from './wording.js'

/** Writes the function that the requirements ask for. */
export const produce = (situation: Situation): Reply =>
  isSentBack(situation)
    ? revise(situation)
    : work(situation, tellingsOf(situation), { alert: false })

/** Whether what it wrote itself was rejected. */
function isSentBack({ sight: { drafts, verdicts } }: Situation): boolean {
  const own = drafts.findLast(({ speaker }) => speaker === self)
  return own !== undefined && verdicts.some(({ approves, at }) => !approves && at > own.at)
}

/** Writes a rejected function anew: what the critique and the rules say comes before what the rejected one was made from. */
export function revise(situation: Situation): Reply {
  const all = tellingsOf(situation)
  const isRejected = situation.sight.verdicts.some(({ approves }) => !approves)
  const better = all.filter(({ isDraft }) => !(isDraft && isRejected))
  return work(situation, better.length > 0 ? better : all, { alert: true })
}

function work(
  situation: Situation,
  tellings: readonly Telling[],
  { alert }: Readonly<{ alert: boolean }>,
): Reply {
  const { sight, mind } = situation
  const composed = compose(tellings, situation, { alert })
  if (!composed) return ask(situation, ['What are the rules?']) ?? giveUp(situation)
  const asked = ask(situation, composed.doubts)
  if (asked) return asked
  const { rules, written, notes } = composed
  const signature = signatureOf(situation)
  const program = writeProgram(written, signature)
  const examples = carried(sight.examples, mind)
  return say(deliverable({ signature, rules, examples, notes, program }, mind))
}

function giveUp({ mind }: Situation): Reply {
  mind.note('gave up')
  return say(message(opening(mind), 'I do not know the rules.'))
}

/** Asks once, when asking is offered; a second question would only get the same answer. */
export function ask({ briefing, sight, mind }: Situation, doubts: readonly string[]): Reply | null {
  const [doubt] = doubts
  if (doubt === undefined || !briefing.mayAsk || sight.hasAsked) return null
  if (!mind.happens('ask', 'colleague', mind.profile.ask)) return null
  mind.note('asked')
  return say(message(opening(mind), `QUESTION: ${doubt}`))
}
