import type { BaseMessage } from '@langchain/core/messages'
import { textOf, withText } from '../../core/messages.js'
import { keepStepsBefore } from '../blocks.js'
import { newestOf, turnsOf } from '../messages.js'

const maxLoops = 5

/** How the critic is told to name the step that `wrongStep` reads. */
export const conclusion = 'Name the first wrong step as a line: Conclusion: step N.'

/** What the router is told to say. */
export const kindOfError = 'Name the kind of error.'

/**
 * Whether the judge has just spoken and not approved. A verdict that cannot be read is no approval. A judge who was woken
 * by a copy has nothing to say, and nothing follows from that.
 */
export function isRejected(messages: readonly BaseMessage[]): boolean {
  const verdict = newestOf(messages, 'judge')
  return (
    verdict !== undefined && verdict === messages.at(-1) && !/^\W*APPROVE/i.test(textOf(verdict))
  )
}

/** Whether the work has been refined as often as it may be. */
export const isSpent = (messages: readonly BaseMessage[]): boolean =>
  turnsOf(messages, 'refiner') >= maxLoops

/** The step that the critic's newest word calls the first wrong one; null when it names none. */
export function wrongStep(messages: readonly BaseMessage[]): number | null {
  const critique = newestOf(messages, 'critic')
  const lines = critique ? [...textOf(critique).matchAll(/Conclusion:\W*step (\d+)/gi)] : []
  const step = lines.at(-1)?.[1]
  return step === undefined ? null : Number(step)
}

/**
 * The messages with the chain in force cut before its first wrong step and without the chains that it replaced, so that
 * the error is not there to be copied.
 */
export function truncated(messages: readonly BaseMessage[]): readonly BaseMessage[] {
  const step = wrongStep(messages)
  const current = newestOf(messages, 'generator', 'refiner')
  if (step === null || !current) return messages
  const isChain = ({ name }: BaseMessage) => name === 'generator' || name === 'refiner'
  return messages
    .filter((message) => !isChain(message) || message.id === current.id)
    .map((message) =>
      isChain(message) ? withText(message, keepStepsBefore(textOf(message), step)) : message,
    )
}
