import type { BaseMessage, ToolMessage } from '@langchain/core/messages'
import type { Delivery } from '../core/fault.js'
import { plain, roleOf } from '../core/messages.js'
import type { SiteAddress } from '../core/site.js'
import type { Act } from './arm.js'
import { newWrites } from './payload.js'
import type { Execution } from './seams/context.js'
import { isRoute, targetOf, type Write } from './seams/routes.js'
import { type Payload, resultCounter, routeCounter } from './sites.js'
import { findMessages } from './state-messages.js'

type ChangeWrites = (execution: Execution, writes: readonly Write[]) => readonly Write[]

/** Lets an action act on tool results where the tool's node writes them, so that a change stays in the state. */
export function resultChanger(act: Act): ChangeWrites {
  const results = resultCounter()
  const changedResults = (execution: Execution, messages: readonly BaseMessage[]) => {
    const seen = messages.map((message) => ({ message, plain: plain(message) }))
    const replaced = new Map<BaseMessage, BaseMessage>()
    for (const { seen: result, index } of results.fresh(execution.key, seen)) {
      const before: Payload = { injector: 'response', value: result.message as ToolMessage }
      const at: SiteAddress = { kind: 'tool', key: execution.key, index }
      const after = act(at, execution, before)
      if (after !== before) replaced.set(result.message, after.value as ToolMessage)
    }
    return replaced
  }
  return (execution, writes) =>
    writes.map((write): Write => {
      const found = isRoute(write) ? null : findMessages(write[1])
      if (!found?.messages.some((message) => roleOf(message) === 'tool')) return write
      const replaced = changedResults(execution, found.messages)
      if (replaced.size === 0) return write
      const messages = found.messages.map((message) => replaced.get(message) ?? message)
      return [write[0], found.replace(messages)]
    })
}

/** Lets an action act on the routes of a node; state that is written with them stays as it is. */
export function rerouter(act: Act): ChangeWrites {
  const routes = routeCounter()
  const newest = new Map<string, BaseMessage>()
  return (execution, writes) => {
    const message = newestOf(writes) ?? newest.get(execution.key)
    if (message) newest.set(execution.key, message)
    const originals = writes.filter(isRoute).map((write) => {
      const to = targetOf(write) ?? ''
      const delivery: Delivery = { from: execution.node, to, ...(message ? { message } : {}) }
      return { write, delivery }
    })
    const before: Payload = {
      injector: 'routing',
      value: originals.map(({ delivery }) => delivery),
    }
    const targets = originals.map(({ delivery }) => delivery.to)
    for (const { to, index } of routes.numbered(execution.key, targets)) {
      const at: SiteAddress = { kind: 'delivery', key: execution.key, to, index }
      const after = act(at, execution, before)
      if (after === before || after.injector !== 'routing') continue
      const state = writes.filter((write) => !isRoute(write))
      return [...state, ...newWrites(originals, after.value)]
    }
    return writes
  }
}

function newestOf(writes: readonly Write[]): BaseMessage | undefined {
  return writes
    .filter((write) => !isRoute(write))
    .flatMap(([, value]) => findMessages(value)?.messages ?? [])
    .at(-1)
}
