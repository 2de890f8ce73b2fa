import type { BaseMessage } from '@langchain/core/messages'
import type { Delivery } from '../core/fault.js'
import { plain, said } from '../core/messages.js'
import { redirect, sendLive, type Write } from './seams/routes.js'
import type { Payload } from './sites.js'

/** A route with the delivery that it stands for. */
export type RoutedWrite = Readonly<{ write: Write; delivery: Delivery }>

/** What a payload says before and after, for people; what is the same on both sides is left out of long lists. */
export function payloadText(
  before: Payload,
  after: Payload,
): Readonly<{ before: readonly string[]; after: readonly string[] }> {
  const [left, right] = [linesOf(before), linesOf(after)]
  if (before.injector !== 'prompt') return { before: left, after: right }
  return {
    before: left.filter((line) => !right.includes(line)),
    after: right.filter((line) => !left.includes(line)),
  }
}

function linesOf(payload: Payload): readonly string[] {
  switch (payload.injector) {
    case 'prompt':
      return payload.value.map((message) => said(plain(message)))
    case 'response':
      return [said(plain(payload.value))]
    case 'routing':
      return counted(payload.value.map(({ from, to }) => `${from} -> ${to}`))
    default:
      return payload satisfies never
  }
}

/** Equal neighbours as one line with their number: a storm is one line, not a thousand. */
function counted(lines: readonly string[]): readonly string[] {
  const groups: { line: string; times: number }[] = []
  for (const line of lines) {
    const last = groups.at(-1)
    if (last?.line === line) last.times++
    else groups.push({ line, times: 1 })
  }
  return groups.map(({ line, times }) => (times > 1 ? `${line} x${times}` : line))
}

/**
 * The routes that put changed deliveries on the graph. An original goes out as it was; a copy is an activation of its
 * own on the live state, and a message that the original did not carry travels with it.
 */
export function newWrites(
  originals: readonly RoutedWrite[],
  deliveries: readonly Delivery[],
): readonly Write[] {
  const unused = [...originals]
  return deliveries.map((delivery) => {
    const at = unused.findIndex((original) => isSame(original.delivery, delivery))
    if (at >= 0) return (unused.splice(at, 1)[0] as RoutedWrite).write
    const model = originals.find(({ delivery: { to } }) => to === delivery.to)
    if (model && model.write[0] === '__pregel_tasks') return redirect(model.write, delivery.to)
    const known = originals.some(
      (original) => original.delivery.message?.id === delivery.message?.id,
    )
    return sendLive(delivery.to, known ? null : (delivery.message ?? null))
  })
}

const isSame = (a: Delivery, b: Delivery): boolean =>
  a === b || (a.from === b.from && a.to === b.to && idOf(a.message) === idOf(b.message))

const idOf = (message: BaseMessage | undefined): string => message?.id ?? ''
