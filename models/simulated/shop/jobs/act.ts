import { chooseCall } from '../../tool-choice.js'
import { message, opening, type Reply, say } from '../../wording.js'
import { wishFor } from '../wishes.js'
import type { Situation } from './situation.js'
import { confirmation, deliverable } from './wording.js'

/** Does what the newest instruction says: one call, or the confirmation of what was bought. */
export function act({ sight, tools, mind }: Situation): Reply {
  const step = sight.instruction?.step
  const wish = step && sight.past.length === 0 ? wishFor(step) : null
  const call = wish && chooseCall(wish, tools)
  if (call) return { kind: 'call', call }
  if (step?.op === 'confirm' || sight.past.length > 0) {
    return say(deliverable(mind, [], confirmation(sight.receipt)))
  }
  mind.note('could not act')
  return say(message(opening(mind), 'I do not know what to do.'))
}
