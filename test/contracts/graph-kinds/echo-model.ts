import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models'
import { AIMessage, AIMessageChunk, type BaseMessage } from '@langchain/core/messages'
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs'

type Options = BaseChatModelCallOptions & { tools?: BindToolsInput[] }

type Setup = Readonly<{
  /** Calls at once; more wait in the queue of LangChain's client, as with a provider. */
  maxConcurrency?: number
  /** Default: none. */
  maxRetries?: number
  /** Runs where a provider's request would be made. */
  onCall?: (messages: readonly BaseMessage[]) => void | Promise<void>
}>

/** A chat model that says back what it was told last, and calls the first tool on offer once per conversation. */
export class EchoModel extends BaseChatModel<Options> {
  /** Requests made so far. */
  requests = 0
  readonly #onCall: Setup['onCall']

  constructor({ onCall, ...limits }: Setup = {}) {
    super({ maxRetries: 0, ...limits })
    this.#onCall = onCall
  }

  _llmType(): string {
    return 'echo'
  }

  override bindTools(tools: BindToolsInput[], options?: Partial<Options>) {
    return this.withConfig({ ...options, tools })
  }

  override async _generate(messages: BaseMessage[], options: Options): Promise<ChatResult> {
    const message = await this.request(messages, options)
    return { generations: [{ text: message.text, message }] }
  }

  protected request(messages: BaseMessage[], { tools = [] }: Options): Promise<AIMessage> {
    return this.caller.call(async () => {
      this.requests += 1
      await this.#onCall?.(messages)
      const [tool] = tools
      const name = tool && 'name' in tool ? String(tool.name) : null
      if (name === null || messages.some((said) => said.type === 'tool' && said.name === name)) {
        return new AIMessage(`echo ${messages.at(-1)?.text ?? ''}`.slice(0, 60))
      }
      const call = { id: `call_${name}`, name, args: {}, type: 'tool_call' as const }
      return new AIMessage({ content: `I call ${name}.`, tool_calls: [call] })
    })
  }
}

/** The same with native streaming, a few letters at a time. */
export class StreamingEchoModel extends EchoModel {
  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: Options,
  ): AsyncGenerator<ChatGenerationChunk> {
    const { text, tool_calls = [] } = await this.request(messages, options)
    for (const piece of text.match(/.{1,4}/gsu) ?? []) {
      yield new ChatGenerationChunk({ text: piece, message: new AIMessageChunk(piece) })
    }
    const tool_call_chunks = tool_calls.map(({ id, name, args }, index) => ({
      index,
      name,
      args: JSON.stringify(args),
      type: 'tool_call_chunk' as const,
      ...(id ? { id } : {}),
    }))
    const message = new AIMessageChunk({ content: '', tool_call_chunks })
    if (tool_calls.length > 0) yield new ChatGenerationChunk({ text: '', message })
  }
}
