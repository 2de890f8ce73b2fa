import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import { rng } from '../core/draw.js'
import { defaultsOf } from '../core/example.js'
import type { Fault } from '../core/fault.js'
import { textOf } from '../core/messages.js'
import { type Site, unknownSite } from '../core/site.js'
import type { Sample } from './gold.js'

type Payload = BaseMessage | readonly BaseMessage[]

const role = 'You work out the answer. Reply in one sentence.'
const asked = 'Hand over what is needed.'

/**
 * The text as the payload that a fault expects: a task for faults of instructions, a colleague's message for those that
 * rewrite what was said, and an earlier message of a history for the others that change what is read.
 */
export function payloadOf(fault: Fault, { text }: Sample): Payload {
  if (fault.injector === 'response') return new AIMessage({ content: text, name: 'planner' })
  if (fault.category === 'instruction') return [new HumanMessage(text)]
  return [
    new SystemMessage(role),
    new HumanMessage(asked),
    new AIMessage({ content: text, name: 'planner' }),
    new HumanMessage('Go on.'),
  ]
}

/** A site for a text: what is known of the text is what a baseline would tell. */
export function siteOf(fault: Fault, { id, text, later = '', protect = [] }: Sample): Site {
  const isTask = fault.category === 'instruction'
  return {
    ...unknownSite,
    ...{ agent: 'solver', to: 'reviewer', later, protect },
    taskText: isTask ? text : '',
    peers: [
      { id: 'planner', role: 'You plan the work. Only plan, do not solve.' },
      { id: 'reviewer', role: 'You check answers. Do not change them.' },
    ],
    id: `texts:${id}`,
    rng: rng('texts', fault.id, id),
    shared: rng('texts', fault.id, id, 'shared'),
    parameters: defaultsOf(fault),
  }
}

/** All text of a payload, message by message. */
export const textsOf = (payload: unknown): readonly string[] =>
  (Array.isArray(payload) ? payload : [payload]).map((message) => textOf(message as BaseMessage))
