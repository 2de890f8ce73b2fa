import { self } from '../../speaker.js'
import { message, opening, type Reply, say } from '../../wording.js'
import { isSame, type Rule, subjectOf } from '../rules.js'
import { sentenceOf } from '../sentences.js'
import { compose, type Situation, signatureOf, tellingsOf } from './situation.js'
import { signatureLine } from './wording.js'

/** How often one and the same requirement is given; who does not meet it then never will. */
const patience = 2

/** Gives the next requirement that the function does not meet yet, or says that it meets them all. */
export function instruct(situation: Situation): Reply {
  const { sight, mind } = situation
  const composed = compose(tellingsOf(situation), situation, { alert: false })
  if (!composed) return say(message(opening(mind), 'I do not know the rules.', 'TASK_DONE'))
  const given = sight.instructions.given.flatMap(({ rule }) => rule ?? [])
  const program = sight.drafts.findLast(({ speaker }) => speaker !== self)?.program
  const checks = mind.happens('verify', 'instruct', mind.profile.verify)
  // A function that cannot be read is taken on trust.
  const isMet = (rule: Rule) =>
    (program?.rules ?? given).some((other) =>
      checks ? isSame(other, rule) : subjectOf(other) === subjectOf(rule),
    )
  const isGivenUp = (rule: Rule) => given.filter((other) => isSame(other, rule)).length >= patience
  const next = composed.rules.find((rule) => !isMet(rule) && !isGivenUp(rule))
  const line = next ? `Instruction: ${sentenceOf(next)}` : 'TASK_DONE'
  const notes = composed.notes.join('\n')
  return say(message(opening(mind), signatureLine(signatureOf(situation)), notes, line))
}
