import type { BaseMessage } from '@langchain/core/messages'
import { textOf } from '../../core/messages.js'
import type { Wiring } from '../agent.js'
import { newestOf, speakerOf, turnsOf } from '../messages.js'
import type { Demand } from '../speaker.js'
import { colleaguesAre, type Member } from '../team.js'

const maxHandouts = 8

/** How the supervisor is told to give its orders. */
export const ordersFor = (team: readonly Member[]): string =>
  `${colleaguesAre(team)} They read what you write to them, so repeat all that they need. End with one last line NEXT: NAME for who goes next, or NEXT: finish when the work is done and right.`

/** Whom an order sends to work; null when it names nobody. */
export function named(order: BaseMessage): string | null {
  const lines = [...textOf(order).matchAll(/^\W*NEXT:\W*([\w-]+)/gim)]
  return lines.at(-1)?.[1] ?? null
}

/** Whether an order is for somebody. */
export const isFor = (name: string) => (order: BaseMessage) => named(order) === name

/** An order has to name somebody who is there. */
export const knownAgent = (team: readonly Member[]): Demand => ({
  reminder: `Reply with exactly one line NEXT: NAME, where NAME is ${team.map(({ name }) => name).join(', ')} or finish.`,
  isMet: (order) => ['finish', ...team.map(({ name }) => name)].includes(named(order) ?? ''),
})

/** What somebody reads to whom the supervisor alone speaks: the orders for it, the newest one in any case, and its own words. */
export const ordersTo = (name: string): Pick<Wiring, 'reads' | 'view'> => ({
  reads: ['supervisor', name],
  view: (inbox) => {
    const newest = newestOf(inbox, 'supervisor')
    return inbox.filter(
      (message) => speakerOf(message) === name || message === newest || isFor(name)(message),
    )
  },
})

/** Whether the work has been handed out as often as it may be. */
export const isSpent = (messages: readonly BaseMessage[]): boolean =>
  turnsOf(messages, 'supervisor') >= maxHandouts
