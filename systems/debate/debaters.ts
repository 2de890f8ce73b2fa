import type { BaseMessage } from '@langchain/core/messages'
import { speakerOf } from '../messages.js'

/** Who debates, in the order in which ties are settled. */
export const debaters = ['debater-1', 'debater-2', 'debater-3'] as const
export type Debater = (typeof debaters)[number]

/** Everybody else who debates. */
export const peersOf = (id: Debater): Debater[] => debaters.filter((other) => other !== id)

/** The one line in which debaters differ. */
export const characters: Readonly<Record<Debater, string>> = {
  'debater-1': 'You are careful: look at everything twice before you write it down.',
  'debater-2': 'You are quick: take the shortest way that leads to the goal.',
  'debater-3': 'You are sceptical: take nothing for granted that you can look up.',
}

/** The messages without the task, once somebody has spoken. */
export function withoutTaskAmongPeers(inbox: readonly BaseMessage[]): readonly BaseMessage[] {
  const spoken = inbox.filter((message) => speakerOf(message) !== 'task')
  return spoken.length > 0 ? spoken : inbox
}
