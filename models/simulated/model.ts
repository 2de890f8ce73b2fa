import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models'
import {
  AIMessage,
  AIMessageChunk,
  type AIMessageChunkFields,
  type AIMessageFields,
  type BaseMessage,
} from '@langchain/core/messages'
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs'
import { convertToOpenAITool } from '@langchain/core/utils/function_calling'
import { canonicalJson, hashOf } from '../../core/canonical-json.js'
import type { Model, ModelContext } from '../../core/model.js'
import { readTool } from './offered-tools.js'
import type { Profile } from './profile.js'
import { type Answered, answer } from './reply.js'
import { tokensOf, tokensOfMessage } from './window.js'

// Raised whenever the same request may get another answer.
const version = 2

type CallOptions = BaseChatModelCallOptions & { tools?: BindToolsInput[] }

/** A chat model that reads controlled English instead of being trained: deterministic, free, and evidence of nothing but wiring. */
class SimulatedModel extends BaseChatModel<CallOptions> {
  private readonly temper: Profile
  private readonly context: ModelContext

  constructor(profile: Profile, context: ModelContext) {
    super({ maxRetries: 0 })
    this.temper = profile
    this.context = context
  }

  override _llmType(): string {
    return 'simulated'
  }

  override bindTools(tools: BindToolsInput[], options?: Partial<CallOptions>) {
    return this.withConfig({ ...options, tools: tools.map((tool) => convertToOpenAITool(tool)) })
  }

  override async _generate(messages: BaseMessage[], options: CallOptions): Promise<ChatResult> {
    const fields = this.fields(messages, options)
    // The default type parameters of LangChain's messages leave no room for a usage of tokens, hence the cast.
    const message = new AIMessage(fields as unknown as AIMessageFields)
    return { generations: [{ text: fields.content, message }] }
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: CallOptions,
    run?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const fields = this.fields(messages, options)
    for (const word of fields.content.match(/\S+\s*|\s+/g) ?? []) {
      const message = new AIMessageChunk({ content: word })
      yield new ChatGenerationChunk({ text: word, message })
      await run?.handleLLMNewToken(word)
    }
    const { usage_metadata, response_metadata } = fields
    const tool_call_chunks = fields.tool_calls.map(({ id, name, args }, index) => ({
      id,
      name,
      args: JSON.stringify(args),
      index,
    }))
    const last = { content: '', tool_call_chunks, usage_metadata, response_metadata }
    const message = new AIMessageChunk(last as unknown as AIMessageChunkFields)
    yield new ChatGenerationChunk({ text: '', message })
  }

  private fields(messages: readonly BaseMessage[], options: CallOptions) {
    const { seed, caller } = this.context
    const { agent, call } = caller()
    const given = options.tool_choice === 'none' ? [] : (options.tools ?? [])
    const tools = given.flatMap((tool) => readTool(convertToOpenAITool(tool)) ?? [])
    const answered = answer({ messages, tools, profile: this.temper, seed, agent })
    const id = `call_${hashOf(canonicalJson([seed, agent, call])).slice(0, 24)}`
    return fieldsOf(answered, id, messages)
  }
}

function fieldsOf({ reply, notes }: Answered, id: string, messages: readonly BaseMessage[]) {
  const content = reply.text ?? ''
  const tool_calls =
    reply.kind === 'call' ? [{ ...reply.call, id, type: 'tool_call' as const }] : []
  const input_tokens = messages.reduce((sum, message) => sum + tokensOfMessage(message), 0)
  const said = tool_calls.map(({ name, args }) => `${name}${JSON.stringify(args)}`)
  const output_tokens = tokensOf(content + said.join(''))
  return {
    content,
    tool_calls,
    usage_metadata: { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens },
    response_metadata: { simulated: notes },
  }
}

/** A model of the catalogue from a profile; its hash covers everything that decides an answer. */
export function simulated(
  id: string,
  { summary, profile }: Readonly<{ summary: string; profile: Profile }>,
): Model {
  return {
    id,
    kind: 'simulated',
    summary,
    hash: hashOf(canonicalJson({ profile, version })),
    window: profile.window,
    create: (context) => new SimulatedModel(profile, context),
  }
}
