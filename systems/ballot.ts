import type { BaseMessage } from '@langchain/core/messages'
import { textOf } from '../core/messages.js'
import { collapsed } from '../core/text/collapsed.js'
import { lastDeliverable } from './blocks.js'
import { newestOf } from './messages.js'

/** The deliverables that agents stand by, in the order of the agents: what is the same but for case and spaces is one. */
type Ballot = readonly Readonly<{ deliverable: string; votes: number }>[]

/** Counts what the newest messages of some agents deliver; whoever delivers nothing does not vote. */
function ballot(messages: readonly BaseMessage[], voters: readonly string[]): Ballot {
  const given = voters.flatMap((voter) => {
    const said = newestOf(messages, voter)
    return (said && lastDeliverable(textOf(said))) ?? []
  })
  const votesFor = (deliverable: string) =>
    given.filter((other) => isSame(other, deliverable)).length
  return given.map((deliverable) => ({ deliverable, votes: votesFor(deliverable) }))
}

const isSame = (one: string, other: string) =>
  collapsed(one).toLowerCase() === collapsed(other).toLowerCase()

/** The deliverable that more than half of those who vote stand by; null when there is none. */
export function majority(messages: readonly BaseMessage[], voters: readonly string[]) {
  const counted = ballot(messages, voters)
  return counted.find(({ votes }) => votes > counted.length / 2)?.deliverable ?? null
}

/** The deliverable with most votes, of equals that of the first voter; null when nobody votes. */
export function mostVotes(messages: readonly BaseMessage[], voters: readonly string[]) {
  const counted = ballot(messages, voters)
  const most = Math.max(...counted.map(({ votes }) => votes))
  return counted.find(({ votes }) => votes === most)?.deliverable ?? null
}
