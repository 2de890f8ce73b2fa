import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { Annotation, messagesStateReducer } from '@langchain/langgraph'
import { isMessage, roleOf, textOf } from '../core/messages.js'
import type { Task } from '../core/scenario.js'
import { lastDeliverable } from './blocks.js'

/**
 * The channel of a system's messages. With `dedupe` a message of a known id replaces the one it repeats; without it
 * whatever is sent is kept.
 */
export function messagesOf({ dedupe }: Readonly<{ dedupe: boolean }>) {
  return Annotation<BaseMessage[]>({
    reducer: dedupe ? messagesStateReducer : (known, added) => known.concat(added),
    default: () => [],
  })
}

/** The input of a system: the task, said by a person. Its fixed id keeps two runs equal. */
export function taskInput({ text }: Task) {
  return { messages: [new HumanMessage({ content: text, id: 'task' })] }
}

/** Who said a message: an agent's id, or `task` for the person who gave the task. */
export function speakerOf(message: BaseMessage): string {
  return message.name ?? (roleOf(message) === 'human' ? 'task' : '')
}

/** A message as an agent reads it: its own stay its own, those of colleagues come from outside, with their sender. */
export function relay(message: BaseMessage, reader: string): BaseMessage {
  const speaker = speakerOf(message)
  if (speaker === 'task') return message
  const text = textOf(message)
  return speaker === reader ? new AIMessage(text) : new HumanMessage(`From: ${speaker}\n${text}`)
}

/** The newest message of one of the speakers. */
export function newestOf(
  messages: readonly BaseMessage[],
  ...speakers: readonly string[]
): BaseMessage | undefined {
  return messages.findLast((message) => speakers.includes(speakerOf(message)))
}

/** How often an agent took its turn. Repeated activations on one message share an id and are one turn. */
export function turnsOf(messages: readonly BaseMessage[], speaker: string): number {
  const said = messages.filter((message) => speakerOf(message) === speaker)
  return new Set(said.map(({ id }) => id)).size
}

/** Who spoke, in order, the person who gave the task aside; whoever speaks several times in a row is named once. */
export function speakersIn(messages: readonly BaseMessage[]): readonly string[] {
  const speakers = messages.map(speakerOf).filter((speaker) => speaker !== 'task')
  return speakers.filter((speaker, at) => speaker !== speakers[at - 1])
}

/** Whether a message asks a colleague something. */
export function asks(message: BaseMessage | undefined): boolean {
  return message !== undefined && /^\s*QUESTION:/m.test(textOf(message))
}

/** Reads a system's answer from its final state: the last deliverable that one of the deciding agents wrote. */
export function answerBy(...deciders: readonly string[]) {
  return (state: unknown): string | null => {
    const { messages } = state as { messages?: unknown }
    const said = (Array.isArray(messages) ? messages : []).filter(isMessage)
    return said
      .filter((message) => deciders.includes(speakerOf(message)))
      .reduce<string | null>((last, message) => lastDeliverable(textOf(message)) ?? last, null)
  }
}
