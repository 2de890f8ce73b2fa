import { message, opening, type Reply, say } from '../../wording.js'
import { isNoticed } from '../holes.js'
import { holesIn } from '../rules.js'
import { sentenceOf } from '../sentences.js'
import { checkedBy, type Situation, settledFrom, signatureOf, tellingsOf } from './situation.js'
import { carried, deliverable } from './wording.js'

/** Restates the rules as requirements, or tells a colleague who asks what is known here. */
export function plan(situation: Situation): Reply {
  const { sight, mind } = situation
  const all = tellingsOf(situation)
  // Requirements are made from the rules themselves; what programs were made from only counts when those are out of sight.
  const told = all.filter(({ isDraft }) => !isDraft)
  const settled = settledFrom(told.length > 0 ? told : all, situation, {
    ...{ alert: false, keepsAll: true },
    examples: checkedBy(situation, 'examples'),
  })
  if (!settled) return say(message(opening(mind), 'I do not know the rules.'))
  if (sight.isAsked) mind.note('answered a colleague')
  const signature = signatureOf(situation)
  const gaps = settled.rules
    .filter((rule) => holesIn(rule).length > 0 && isNoticed(rule, mind, signature))
    .map((rule) => `I do not know what is meant by: ${sentenceOf(rule)}`)
  const { rules, notes } = settled
  const examples = sight.isAsked ? sight.examples : carried(sight.examples, mind)
  const said = { signature, rules, examples, notes: [...notes, ...gaps], program: '' }
  return say(deliverable(said, mind))
}
