import type { AIMessage, BaseMessage } from '@langchain/core/messages'
import { changed } from '../core/changed.js'
import { type SiteAddress, siteId } from '../core/site.js'
import type { Action } from './action.js'
import type { Aim } from './aim.js'
import { rerouter, resultChanger } from './change-writes.js'
import { siteOf, type TrialSeed } from './choose-site.js'
import { type Soon, soon } from './injector/soon.js'
import type { Place } from './injector/wanted.js'
import type { Chosen, Writer } from './injector/writer.js'
import { payloadText } from './payload.js'
import type { Recorder } from './recorder.js'
import type { Execution, ModelCall } from './seams/context.js'
import type { Write } from './seams/routes.js'
import type { Payload } from './sites.js'
import { findMessages } from './state-messages.js'

/** One time that an action acted, with all that is needed to say later what became of it. */
export type Fired = Readonly<{
  action: Action
  site: ReturnType<typeof siteOf>
  at: SiteAddress
  agent: string
  before: Payload
  after: Payload
  changed: boolean
  by: Chosen['by']
  /** Why the injector model did not write it although it should have. */
  why: string | null
  /** Number of events recorded when it happened; what it reached stands behind. */
  since: number
}>

/** Lets the action act at a place: the payload after, or the very payload that was given. */
export type Act = (at: SiteAddress, execution: Execution | null, before: Payload) => Payload

/** An action at work in one trial. Each member returns what it was given unless it acts there. */
export type Arms = Readonly<{
  fired: readonly Fired[]
  input: (execution: Execution, input: unknown) => Soon<unknown>
  prompt: (call: ModelCall, messages: readonly BaseMessage[]) => Soon<readonly BaseMessage[]>
  reply: (call: ModelCall, message: AIMessage) => Soon<AIMessage>
  writes: (execution: Execution, writes: readonly Write[]) => readonly Write[]
}>

/** What arming depends on besides the action and its aim. */
export type ArmContext = Readonly<{ trial: TrialSeed; recorder: Recorder; writer: Writer }>

type Shot = Place & Readonly<{ at: SiteAddress; execution: Execution | null; agent: string }>

/** Arms an action for one trial. */
export function arm(action: Action, aim: Aim, { trial, recorder, writer }: ArmContext): Arms {
  const fired: Fired[] = []
  let begun = 0

  const begin = (at: SiteAddress, execution: Execution | null, before: Payload): Shot | null => {
    const agent = execution?.agent ?? '?'
    if (before.injector !== action.injector || !aim.takes(at, agent, begun > 0)) return null
    const id = siteId(at)
    const site = siteOf(action, id, aim.factsAt(id, agent), trial)
    const program = action.change(before, site)
    if (program === null) return null
    begun++
    return { at, execution, agent, before, program, site }
  }

  const finish = ({ at, execution, agent, before, site }: Shot, chosen: Chosen): Payload => {
    const { after, by, why } = chosen
    const since = recorder.events.length
    const isChanged = changed(before.value, after.value)
    fired.push({ action, site, at, agent, before, after, changed: isChanged, by, why, since })
    const texts = payloadText(before, after)
    recorder.injection(execution, { fault: action.label, site: site.id, by, ...texts })
    return after
  }

  const actAtOnce: Act = (at, execution, before) => {
    const shot = begin(at, execution, before)
    return shot ? finish(shot, writer.atOnce(action, shot)) : before
  }
  const act = (...[at, execution, before]: Parameters<Act>): Soon<Payload> => {
    const shot = begin(at, execution, before)
    if (!shot) return before
    return soon(writer.whenReady(action, shot), (chosen) => finish(shot, chosen))
  }

  const results = resultChanger(actAtOnce)
  const routes = rerouter(actAtOnce)
  return {
    fired,
    input(execution, input) {
      const found = action.injector === 'prompt' ? findMessages(input) : null
      if (!found) return input
      const before: Payload = { injector: 'prompt', value: found.messages }
      return soon(act({ kind: 'input', key: execution.key }, execution, before), (after) =>
        after === before || after.injector !== 'prompt' ? input : found.replace(after.value),
      )
    },
    prompt({ key, execution }, messages) {
      const before: Payload = { injector: 'prompt', value: messages }
      return soon(act({ kind: 'call', key }, execution, before), (after) =>
        after.injector === 'prompt' ? after.value : messages,
      )
    },
    reply({ key, execution }, message) {
      const before: Payload = { injector: 'response', value: message }
      return soon(act({ kind: 'call', key }, execution, before), (after) =>
        after.injector === 'response' ? (after.value as AIMessage) : message,
      )
    },
    writes(execution, writes) {
      if (action.injector === 'response') return results(execution, writes)
      return action.injector === 'routing' ? routes(execution, writes) : writes
    },
  }
}

/** Several actions at work in one trial, each at its own target; a later one sees what an earlier one has changed. */
export function together(arms: readonly Arms[]): Arms {
  const inTurn = <Value>(first: Value, act: (one: Arms, given: Value) => Soon<Value>) =>
    arms.reduce<Soon<Value>>((given, one) => soon(given, (value) => act(one, value)), first)
  return {
    get fired() {
      return arms.flatMap(({ fired }) => fired)
    },
    input: (execution, input) => inTurn(input, (one, given) => one.input(execution, given)),
    prompt: (call, prompt) => inTurn(prompt, (one, given) => one.prompt(call, given)),
    reply: (call, reply) => inTurn(reply, (one, given) => one.reply(call, given)),
    writes: (execution, writes) =>
      arms.reduce((given, one) => one.writes(execution, given), writes),
  }
}
