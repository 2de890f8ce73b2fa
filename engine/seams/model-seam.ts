import { AsyncResource } from 'node:async_hooks'
import { type AIMessage, AIMessageChunk, type BaseMessage } from '@langchain/core/messages'
import { ChatGenerationChunk } from '@langchain/core/outputs'
import { textOf, toolCallsOf } from '../../core/messages.js'
import {
  currentCall,
  currentExecution,
  currentTrial,
  inCall,
  type ModelCall,
  noteFailure,
  type OpenTrial,
} from './context.js'
import type { Patch } from './install.js'

type Options = Readonly<Record<string, unknown>> | readonly string[] | undefined
type Generation = Readonly<{ text: string; message: AIMessage }>
type Generated = Readonly<{ generations: readonly (readonly Generation[])[] }>
type Next = (messages: readonly BaseMessage[]) => Promise<AIMessage>
type ChatModel = Readonly<{
  _streamResponseChunks: unknown
  _streamIterator: (input: unknown, options: Options) => AsyncIterable<BaseMessage>
  disableStreaming?: boolean
}>
type ChatModelClass = Readonly<{
  _convertInputToPromptValue: (input: unknown) => { toChatMessages: () => BaseMessage[] }
}>

/**
 * The model seam: prompt and reply of every LangChain chat model, whole and streamed.
 *
 * `generate` is behind `invoke` and `batch`; `_streamIterator` is behind `stream` of models that really stream, the others
 * come back to `invoke` there. `streamEvents` reads the model directly and is fed from the patched stream.
 */
export function patchChatModel(prototype: object, patch: Patch): void {
  patch(prototype, 'generate', (generate) => {
    return async function (
      this: ChatModel,
      batch: BaseMessage[][],
      options: Options,
      more: unknown,
    ) {
      const plain = (messages: BaseMessage[][]) =>
        generate.call(this, messages, options, more) as Promise<Generated>
      const trial = currentTrial()
      if (!trial || currentCall()) return plain(batch)
      return joined(
        await Promise.all(batch.map((messages) => one(trial, messages, options, plain))),
      )
    }
  })
  patch(prototype, '_streamIterator', (stream) => {
    return async function* (this: ChatModel, input: unknown, options: Options) {
      const original = (given: unknown) =>
        stream.call(this, given, options) as AsyncIterable<AIMessageChunk>
      const trial = currentTrial()
      if (!trial || currentCall() || !isNative(this, prototype)) return yield* original(input)
      const messages = (this.constructor as unknown as ChatModelClass)
        ._convertInputToPromptValue(input)
        .toChatMessages()
      return yield* streamed(trial, messages, options, original)
    }
  })
  patch(prototype, 'streamEvents', (streamEvents) => {
    return function (this: ChatModel, input: unknown, options: Options, more: unknown) {
      if (!currentTrial() || currentCall() || hasVersion(options)) {
        return streamEvents.call(this, input, options, more)
      }
      return streamEvents.call(fedFromStream(this, prototype, options), input, options, more)
    }
  })
}

/**
 * Retries inside a model's client are below the seam, so they could pass for a recovery: inside a trial there are none.
 * A queue of the client starts a call in the context of whichever call finished before; binding brings it back.
 */
export function patchCaller(prototype: object, patch: Patch): void {
  patch(prototype, 'callWithRetries', (original) => {
    return function (this: object, retries: number, work: () => unknown, args: unknown[]) {
      const allowed = currentTrial() ? 0 : retries
      return original.call(this, allowed, AsyncResource.bind(work), args)
    }
  })
}

async function around(
  trial: OpenTrial,
  messages: readonly BaseMessage[],
  options: Options,
  next: Next,
): Promise<AIMessage> {
  const execution = currentExecution()
  const attempt = execution?.attempt ? `~${execution.attempt}` : ''
  const call: ModelCall = {
    execution,
    agent: execution?.agent ?? '?',
    key: execution ? `${execution.key}${attempt}.${execution.calls++}` : '?.0',
    tools: toolsOf(options),
  }
  const { onModel } = trial.policy
  if (!onModel) return inCall(call, () => next(messages))
  let theirs: unknown // What the model itself threw is the system's error, not one of the policy.
  const watchedNext: Next = async (given) => {
    try {
      return await next(given)
    } catch (error) {
      theirs = error
      throw error
    }
  }
  try {
    return await inCall(call, () => onModel(call, messages, watchedNext))
  } catch (error) {
    if (error !== theirs) noteFailure(trial, error)
    throw error
  }
}

function toolsOf(options: Options): readonly unknown[] {
  const tools = (options as { tools?: unknown } | undefined)?.tools
  return Array.isArray(tools) ? tools : []
}

async function one(
  trial: OpenTrial,
  messages: BaseMessage[],
  options: Options,
  generate: (batch: BaseMessage[][]) => Promise<Generated>,
): Promise<Generated> {
  const received: { result?: Generated; message?: AIMessage } = {}
  const message = await around(trial, messages, options, async (given) => {
    received.result = await generate([[...given]])
    const said = received.result.generations[0]?.[0]?.message
    if (!said) throw new Error('The model returned no message.')
    received.message = said
    return said
  })
  if (received.result && message === received.message) return received.result
  return { ...received.result, generations: [[{ text: textOf(message), message }]] }
}

function joined(results: readonly Generated[]): Generated {
  const [first] = results
  if (results.length === 1 && first) return first
  return { ...first, generations: results.flatMap(({ generations }) => generations) }
}

const isNative = (model: ChatModel, prototype: object): boolean =>
  model._streamResponseChunks !== (prototype as ChatModel)._streamResponseChunks &&
  !model.disableStreaming

function hasVersion(options: Options): boolean {
  const version = (options as { version?: unknown } | undefined)?.version
  return version === 'v1' || version === 'v2'
}

/** A fault judges a whole message, so the stream is read to its end and played again. */
async function* streamed(
  trial: OpenTrial,
  messages: readonly BaseMessage[],
  options: Options,
  stream: (given: unknown) => AsyncIterable<AIMessageChunk>,
): AsyncGenerator<AIMessageChunk> {
  const chunks: AIMessageChunk[] = []
  const received: { message?: AIMessage } = {}
  const message = await around(trial, messages, options, async (given) => {
    for await (const chunk of stream([...given])) chunks.push(chunk)
    const [first, ...rest] = chunks
    if (!first) throw new Error('The model streamed no message.')
    received.message = rest.reduce((whole, chunk) => whole.concat(chunk), first) as AIMessage
    return received.message
  })
  yield* message === received.message ? chunks : rechunk(message)
}

/** The chunks of a message: text in pieces, then tool calls and usage. */
function* rechunk(message: AIMessage): Generator<AIMessageChunk> {
  const { id, name, response_metadata, usage_metadata } = message
  const identity = { ...(id ? { id } : {}), ...(name ? { name } : {}) }
  for (const content of textOf(message).match(/.{1,16}/gsu) ?? []) {
    yield new AIMessageChunk({ ...identity, content })
  }
  const tool_call_chunks = toolCallsOf(message).map((call, index) => ({
    index,
    name: call.name,
    args: JSON.stringify(call.args),
    type: 'tool_call_chunk' as const,
    ...(call.id ? { id: call.id } : {}),
  }))
  yield new AIMessageChunk({
    ...identity,
    content: '',
    tool_call_chunks,
    response_metadata,
    ...(usage_metadata ? { usage_metadata } : {}),
  })
}

function fedFromStream(model: ChatModel, prototype: object, options: Options): ChatModel {
  const chunks = async function* (messages: BaseMessage[]) {
    for await (const said of model._streamIterator(messages, options ?? {})) {
      const parts = AIMessageChunk.isInstance(said) ? [said] : rechunk(said as AIMessage)
      for (const message of parts) {
        yield new ChatGenerationChunk({ message, text: textOf(message) })
      }
    }
  }
  const events = (prototype as { _streamChatModelEvents?: unknown })._streamChatModelEvents
  return Object.create(model, {
    _streamResponseChunks: { value: chunks },
    _streamChatModelEvents: { value: events },
  }) as ChatModel
}
