import type { BaseMessage } from '@langchain/core/messages'
import { speakerOf, turnsOf } from '../messages.js'

/** Who debates, in the order in which ties are settled. */
export const debaters = ['debater-1', 'debater-2', 'debater-3'] as const
export type Debater = (typeof debaters)[number]

/** Everybody else who debates. */
export const peersOf = (id: Debater): Debater[] => debaters.filter((other) => other !== id)

/**
 * Who comes after a debater: its peers, as long as there are rounds, then the vote. All who spoke wake the same peers, and
 * these begin when everybody has spoken. Whoever was woken and had nothing to say is not ahead of them and wakes nobody.
 */
export const next =
  (id: Debater, rounds: number) =>
  ({ messages }: Readonly<{ messages: readonly BaseMessage[] }>): (Debater | 'vote')[] => {
    const turns = turnsOf(messages, id)
    const isAhead = peersOf(id).every((peer) => turnsOf(messages, peer) < turns)
    return isAhead && turns <= rounds ? peersOf(id) : ['vote']
  }

/** The one line in which debaters differ. */
export const characters: Readonly<Record<Debater, string>> = {
  'debater-1': 'You are careful: look at everything twice before you write it down.',
  'debater-2': 'You are quick: take the shortest way that leads to the goal.',
  'debater-3': 'You are sceptical: take nothing for granted that you can look up.',
}

/** The messages without the task, once somebody has spoken. */
export function withoutTask(inbox: readonly BaseMessage[]): readonly BaseMessage[] {
  const spoken = inbox.filter((message) => speakerOf(message) !== 'task')
  return spoken.length > 0 ? spoken : inbox
}
