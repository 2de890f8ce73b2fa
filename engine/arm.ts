import type { AIMessage, BaseMessage } from '@langchain/core/messages'
import { changed } from '../core/changed.js'
import { type SiteAddress, type SiteFacts, siteId } from '../core/site.js'
import { type Action, sitesFor } from './action.js'
import { rerouter, resultChanger } from './change-writes.js'
import { siteOf, type Target, type TrialSeed } from './choose-site.js'
import { payloadText } from './payload.js'
import type { Recorder } from './recorder.js'
import type { Execution, ModelCall } from './seams/context.js'
import type { Write } from './seams/routes.js'
import type { FoundSite, Payload } from './sites.js'
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
  /** Number of events recorded when it happened; what it reached stands behind. */
  since: number
}>

/** Lets the action act at a place: the payload after, or the very payload that was given. */
export type Act = (at: SiteAddress, execution: Execution | null, before: Payload) => Payload

/** An action at work in one trial. Each member returns what it was given unless it acts there. */
export type Arms = Readonly<{
  fired: readonly Fired[]
  input: (execution: Execution, input: unknown) => unknown
  prompt: (call: ModelCall, messages: readonly BaseMessage[]) => readonly BaseMessage[]
  reply: (call: ModelCall, message: AIMessage) => AIMessage
  writes: (execution: Execution, writes: readonly Write[]) => readonly Write[]
}>

/** What arming depends on: the baseline's sites tell an `every` action what is known of each place. */
export type ArmContext = Readonly<{
  sites: readonly FoundSite[]
  unknown: SiteFacts
  trial: TrialSeed
  recorder: Recorder
}>

/** Arms an action at its target for one trial. */
export function arm(action: Action, target: Target, context: ArmContext): Arms {
  const { recorder, sites, trial } = context
  const fired: Fired[] = []
  const byId = new Map(sitesFor(action, sites).map((site) => [site.id, site]))

  const agents = new Set([...byId.values()].map(({ agent }) => agent))
  const kinds = new Set([...byId.values()].map(({ at }) => at.kind))
  const isTarget = (at: SiteAddress, agent: string): boolean => {
    switch (target.kind) {
      case 'none':
        return false
      case 'once':
        return fired.length === 0 && siteId(at) === target.site.id
      case 'agent':
        if (fired.length === 0) return siteId(at) === target.site.id
        return agent === target.site.agent && kinds.has(at.kind)
      case 'every':
        // A node that only holds a graph is no agent: what it is given would stay in the state of the graph around it.
        return agents.has(agent) && kinds.has(at.kind)
      default:
        return target satisfies never
    }
  }
  const factsOf = (id: string, agent: string): SiteFacts => {
    // What one agent reads is changed in the same way each time, so it has to be seen with the same eyes.
    if (target.kind === 'agent' && action.injector === 'prompt') return target.site.facts()
    const same = byId.get(id) ?? sites.find((site) => site.agent === agent)
    const facts = same ? same.facts() : { ...context.unknown, agent }
    // Where every prompt is changed, nobody reads the task as it was.
    const isEverywhere = target.kind === 'every' && action.injector === 'prompt'
    return isEverywhere ? { ...facts, taskReread: false } : facts
  }
  const act: Act = (at, execution, before) => {
    const agent = execution?.agent ?? '?'
    if (before.injector !== action.injector || !isTarget(at, agent)) return before
    const id = siteId(at)
    const site = siteOf(action, id, factsOf(id, agent), trial)
    const after = action.change(before, site)
    if (after === null) return before
    const isChanged = changed(before.value, after.value)
    fired.push({
      action,
      site,
      at,
      agent,
      before,
      after,
      changed: isChanged,
      since: recorder.events.length,
    })
    const texts = payloadText(before, after)
    recorder.injection(execution, { fault: action.label, site: id, ...texts })
    return after
  }

  const results = resultChanger(act)
  const routes = rerouter(act)
  return {
    fired,
    input(execution, input) {
      const found = action.injector === 'prompt' ? findMessages(input) : null
      if (!found) return input
      const before: Payload = { injector: 'prompt', value: found.messages }
      const after = act({ kind: 'input', key: execution.key }, execution, before)
      return after === before || after.injector !== 'prompt' ? input : found.replace(after.value)
    },
    prompt({ key, execution }, messages) {
      const after = act({ kind: 'call', key }, execution, { injector: 'prompt', value: messages })
      return after.injector === 'prompt' ? after.value : messages
    },
    reply({ key, execution }, message) {
      const after = act({ kind: 'call', key }, execution, { injector: 'response', value: message })
      return after.injector === 'response' ? (after.value as AIMessage) : message
    },
    writes(execution, writes) {
      if (action.injector === 'response') return results(execution, writes)
      return action.injector === 'routing' ? routes(execution, writes) : writes
    },
  }
}

/** Several actions at work in one trial, each at its own target; a later one sees what an earlier one has changed. */
export function together(arms: readonly Arms[]): Arms {
  return {
    get fired() {
      return arms.flatMap(({ fired }) => fired)
    },
    input: (execution, input) => arms.reduce((given, one) => one.input(execution, given), input),
    prompt: (call, prompt) => arms.reduce((given, one) => one.prompt(call, given), prompt),
    reply: (call, reply) => arms.reduce((given, one) => one.reply(call, given), reply),
    writes: (execution, writes) =>
      arms.reduce((given, one) => one.writes(execution, given), writes),
  }
}
