import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models'
import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'
import { type Reply, replyTo } from './clerks.js'

type Options = BaseChatModelCallOptions & { tools?: BindToolsInput[] }

/** The name of a tool, in each of the forms in which tools may be bound. */
function nameOf(tool: BindToolsInput): string {
  const { name, function: definition } = tool as { name?: string; function?: { name?: string } }
  return name ?? definition?.name ?? ''
}

/**
 * A chat model that answers by fixed rules, so that the team runs without a key and answers the same way each time.
 * All that it knows is in the messages it gets; swap it for any other chat model that can call tools.
 */
export class DeskModel extends BaseChatModel<Options> {
  #calls = 0

  constructor() {
    super({ maxRetries: 0 })
  }

  _llmType(): string {
    return 'desk'
  }

  override bindTools(tools: BindToolsInput[], options?: Partial<Options>) {
    return this.withConfig({ ...options, tools })
  }

  override async _generate(messages: BaseMessage[], options: Options): Promise<ChatResult> {
    const { text, tool_calls } = this.#offered(replyTo(messages), options.tools ?? [])
    return { generations: [{ text, message: new AIMessage({ content: text, tool_calls }) }] }
  }

  /** A reply with only such calls as the tools on offer allow. */
  #offered({ text, call }: Reply, tools: readonly BindToolsInput[]) {
    if (!call) return { text, tool_calls: [] }
    if (!tools.some((tool) => nameOf(tool) === call.name)) {
      return { text: `I have no tool called ${call.name}.`, tool_calls: [] }
    }
    // Numbered like a provider's ids: a call may be repeated, but never under an id that was answered before.
    this.#calls += 1
    const id = `call_${this.#calls}`
    return { text, tool_calls: [{ ...call, id, type: 'tool_call' as const }] }
  }
}
