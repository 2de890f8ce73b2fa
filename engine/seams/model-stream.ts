import { type AIMessage, AIMessageChunk, type BaseMessage } from '@langchain/core/messages'
import { ChatGenerationChunk } from '@langchain/core/outputs'
import { textOf } from '../../core/messages.js'
import type { OpenTrial } from './context.js'
import { around, type Options } from './model-call.js'
import { wireCalls } from './wire-calls.js'
import { piecesOf } from './wire-events.js'

/** The part of a chat model that streams. */
export type StreamingModel = Readonly<{
  _streamResponseChunks: unknown
  _streamIterator: (input: unknown, options: Options) => AsyncIterable<BaseMessage>
  disableStreaming?: boolean
}>

type Chunks = (
  messages: BaseMessage[],
  options: Options,
  run?: unknown,
) => AsyncIterable<ChatGenerationChunk>

/** The model with a stream that is read to its end and played again, since a fault judges a whole message. */
export function playedAgain(model: StreamingModel, trial: OpenTrial): StreamingModel {
  const replay = async function* (messages: BaseMessage[], options: Options, run: unknown) {
    const chunks: ChatGenerationChunk[] = []
    const received: { message?: AIMessage } = {}
    const message = await around(trial, messages, options, async (given) => {
      const stream = (model._streamResponseChunks as Chunks).call(model, [...given], options, run)
      for await (const chunk of stream) chunks.push(chunk)
      const [first, ...rest] = chunks
      if (!first) throw new Error('The model streamed no message.')
      received.message = rest.reduce((whole, chunk) => whole.concat(chunk), first)
        .message as unknown as AIMessage
      return received.message
    })
    if (message === received.message) return yield* chunks
    for (const part of rechunk(message)) {
      yield new ChatGenerationChunk({ message: part, text: textOf(part) })
    }
  }
  return new Proxy(model, {
    get: (target, property) => {
      if (property === '_streamResponseChunks') return replay
      const value = Reflect.get(target, property, target)
      return typeof value === 'function' && property !== 'constructor' ? value.bind(target) : value
    },
  })
}

/**
 * The chunks of a message: text in pieces, then tool calls and usage. Arguments that are no JSON go as they are: what
 * they come to is for the reader's parser to say.
 */
function* rechunk(message: AIMessage): Generator<AIMessageChunk> {
  const { id, name, response_metadata, usage_metadata } = message
  const identity = { ...(id ? { id } : {}), ...(name ? { name } : {}) }
  const pieces = piecesOf(textOf(message))
  for (const content of pieces) yield new AIMessageChunk({ ...identity, content })
  // `streamEvents` counts the text as the first block: a call of the same number would be lost in it.
  const first = pieces.length > 0 ? 1 : 0
  const tool_call_chunks = wireCalls(message).map((call, at) => ({
    ...call,
    index: first + at,
    type: 'tool_call_chunk' as const,
  }))
  yield new AIMessageChunk({
    ...identity,
    content: '',
    tool_call_chunks,
    response_metadata,
    ...(usage_metadata ? { usage_metadata } : {}),
  })
}

/** The model with its patched stream where `streamEvents` reads it directly. */
export function fedFromStream(
  model: StreamingModel,
  prototype: object,
  options: Options,
): StreamingModel {
  const chunks = async function* (messages: BaseMessage[]) {
    for await (const said of model._streamIterator(messages, options ?? {})) {
      const parts = AIMessageChunk.isInstance(said) ? [said] : rechunk(said as AIMessage)
      for (const message of parts) {
        yield new ChatGenerationChunk({ message, text: textOf(message) })
      }
    }
  }
  const events = (prototype as { _streamStreamingModelEvents?: unknown })
    ._streamStreamingModelEvents
  return Object.create(model, {
    _streamResponseChunks: { value: chunks },
    _streamStreamingModelEvents: { value: events },
  }) as StreamingModel
}
