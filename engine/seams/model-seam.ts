import { AsyncResource } from 'node:async_hooks'
import type { AIMessage, BaseMessage } from '@langchain/core/messages'
import { copyMessage, textOf } from '../../core/messages.js'
import { currentCall, currentTrial, type OpenTrial } from './context.js'
import type { Patch } from './install.js'
import { around, type Options } from './model-call.js'
import { fedFromStream, playedAgain, type StreamingModel } from './model-stream.js'

type Generation = Readonly<{ text: string; message: AIMessage }>
type Generated = Readonly<{ generations: readonly (readonly Generation[])[] }>

/**
 * The model seam: prompt and reply of every LangChain chat model, whole and streamed.
 *
 * `generate` is behind `invoke` and `batch`; `_streamIterator` is behind `stream` of models that really stream, the others
 * come back to `invoke` there. `streamEvents` reads the model directly and is fed from the patched stream.
 */
export function patchChatModel(prototype: object, patch: Patch): void {
  patch(prototype, 'generate', (generate) => {
    return async function (
      this: StreamingModel,
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
    return function (this: StreamingModel, input: unknown, options: Options) {
      const trial = currentTrial()
      if (!trial || currentCall() || !isNative(this, prototype))
        return stream.call(this, input, options)
      return stream.call(playedAgain(this, trial), input, options)
    }
  })
  patch(prototype, 'streamEvents', (streamEvents) => {
    return function (this: StreamingModel, input: unknown, options: Options, more: unknown) {
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
  const settled = withoutSecondCalls(message)
  return { ...received.result, generations: [[{ text: textOf(message), message: settled }]] }
}

/** A changed reply whose calls stand in one place: from a second one they would come back in the next prompt. */
function withoutSecondCalls(message: AIMessage): AIMessage {
  const { tool_calls = [], invalid_tool_calls = [], additional_kwargs } = message
  if (!additional_kwargs?.['tool_calls']) return message
  return copyMessage(message, { tool_calls, invalid_tool_calls })
}

function joined(results: readonly Generated[]): Generated {
  const [first] = results
  if (results.length === 1 && first) return first
  return { ...first, generations: results.flatMap(({ generations }) => generations) }
}

const isNative = (model: StreamingModel, prototype: object): boolean =>
  model._streamResponseChunks !== (prototype as StreamingModel)._streamResponseChunks &&
  !model.disableStreaming

function hasVersion(options: Options): boolean {
  const version = (options as { version?: unknown } | undefined)?.version
  return version === 'v1' || version === 'v2'
}
