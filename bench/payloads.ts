import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import { rng } from '../core/draw.js'
import { defaultsOf } from '../core/example.js'
import type { Fault } from '../core/fault.js'
import { textOf, withText } from '../core/messages.js'
import { type Site, unknownSite } from '../core/site.js'
import type { Sample } from './gold.js'

type Payload = BaseMessage | readonly BaseMessage[]

const system = new SystemMessage('You are the solver. Your job is to answer. Do not plan.')
const steps =
  '1. Find out what is given.\n2. Compute the answer.\n3. Check the result and report it.'

/**
 * The text as the payload that a fault expects: what a colleague hands over for those that rewrite what was said, a plan
 * that quotes it, a task, a message that was read before, or a prompt that holds it.
 */
export function payloadOf({ id, injector }: Fault, { text }: Sample): Payload {
  if (id === 'inexecutable-plan') {
    return new AIMessage({ content: `${text}\n\nThe plan:\n${steps}`, name: 'planner' })
  }
  if (injector === 'response') return new AIMessage({ content: text, name: 'planner' })
  switch (id) {
    case 'memory-loss':
      return [system, new HumanMessage(text), new AIMessage('I see.'), new HumanMessage('Go on.')]
    case 'blind-trust':
      return [system, new HumanMessage(`From: planner\n${text}`)]
    case 'role-ambiguity':
      return [withText(system, `${textOf(system)}\n\n${text}`), new HumanMessage('Go on.')]
    default:
      return [system, new HumanMessage(text)]
  }
}

/** A site for a text: what is known of the text is what a baseline would tell. */
export function siteOf(fault: Fault, { id, text, later = '', protect = [] }: Sample): Site {
  const isTask = fault.category === 'instruction'
  return {
    ...unknownSite,
    ...{ agent: 'solver', to: 'reviewer', later, own: later, protect },
    heard: [{ from: 'planner', text }],
    handsTo: [{ id: 'reviewer', times: 1 }],
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
