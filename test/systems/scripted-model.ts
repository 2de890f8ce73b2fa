import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'
import { copyMessage, roleOf, textOf } from '../../core/messages.js'
import type { Job } from '../../core/system.js'

/** One call of a scripted model, as the script sees it. */
export type ScriptedCall = Readonly<{
  agent: string
  job: string
  /** The prompt as one text, a line `role: text` per message. */
  prompt: string
  messages: readonly BaseMessage[]
  /** Results of tools since the model last heard anything else. */
  results: readonly string[]
  /** How many calls this agent has made before. */
  earlier: number
}>

type Script = (call: ScriptedCall) => string | AIMessage

/** A model for tests that answers by a script and keeps what it was asked. */
export class ScriptedModel extends BaseChatModel {
  readonly calls: ScriptedCall[] = []
  readonly #script: Script

  constructor(script: Script) {
    super({})
    this.#script = script
  }

  _llmType() {
    return 'scripted'
  }

  override bindTools(tools: readonly unknown[]) {
    return this.withConfig({ tools } as never)
  }

  async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const system = messages.map(textOf)[0] ?? ''
    const agent = /You are the ([\w-]+)\./.exec(system)?.[1] ?? ''
    const call: ScriptedCall = {
      agent,
      job: /Your job is to (\w+)/.exec(system)?.[1] ?? '',
      prompt: messages.map((message) => `${roleOf(message)}: ${textOf(message)}`).join('\n'),
      messages,
      results: messages
        .slice(messages.findLastIndex((message) => roleOf(message) === 'human') + 1)
        .filter((message) => roleOf(message) === 'tool')
        .map(textOf),
      earlier: this.calls.filter((known) => known.agent === agent).length,
    }
    this.calls.push(call)
    const said = this.#script(call)
    const message =
      typeof said === 'string' ? new AIMessage(said) : withCallIds(said, `${agent}-${call.earlier}`)
    return { generations: [{ text: textOf(message), message }] }
  }
}

// ToolNode takes two calls with one id for the same call and runs the first one only.
function withCallIds(message: AIMessage, id: string): AIMessage {
  const calls = message.tool_calls ?? []
  return copyMessage(message, { tool_calls: calls.map((call) => ({ ...call, id })) })
}

/** A message that calls one tool. */
export function calling(name: string, args: Record<string, unknown>): AIMessage {
  return new AIMessage({
    content: '',
    tool_calls: [{ id: 'call', name, args, type: 'tool_call' }],
  })
}

/** A deliverable as agents write it: the steps, then the answer. */
export const deliverable = (answer: string): string =>
  [
    '```ops',
    '1. Compute the total of "Gold".',
    '2. Answer with the total.',
    '```',
    '```answer',
    answer,
    '```',
  ].join('\n')

/** A message that says something and hands the work over. */
export const handing = (to: string, content = ''): AIMessage =>
  copyMessage(calling(`transfer_to_${to}`, { reason: 'Please go on.' }), { content })

/** What an agent says that does its job well; other scripts change a part of it. */
export function diligent(call: ScriptedCall): string | AIMessage {
  const { job, results, prompt } = call
  const isHandingOver = prompt.includes('hand the work over')
  if (job === 'route' && prompt.includes('NEXT: NAME')) return order(call)
  if (job === 'route' && isHandingOver) return handing('builder')
  if (job === 'instruct') return instruction(call)
  if (job === 'act' && !/Compute[^\n]*$/.test(prompt)) return deliverable('46')
  if (['produce', 'revise', 'act'].includes(job) && results.length === 0) {
    return calling('total', { column: 'Gold' })
  }
  if (job === 'produce' && isHandingOver) return handing('checker', deliverable('46'))
  const words: Readonly<Partial<Record<Job, string>>> = {
    plan: '```ops\n1. Compute the total of "Gold".\n2. Answer with the total.\n```',
    review: 'APPROVE\nConclusion: step 2.',
    route: 'final step',
  }
  return words[job as Job] ?? deliverable('46')
}

/** Sends to work whoever has not spoken since the newest rejection, with all that there is to know. */
function order({ prompt }: ScriptedCall): string {
  const spoken = [...prompt.matchAll(/From: (\w+)\n(REJECT)?/g)]
  const rejected = spoken.findLastIndex(([, , verdict]) => verdict !== undefined)
  const names = spoken.slice(rejected + 1).map(([, name]) => name)
  const others = rejected < 0 ? ['planner', 'builder', 'checker'] : ['builder', 'checker']
  const next = others.find((name) => !names.includes(name)) ?? 'finish'
  return `${names.includes('builder') ? deliverable('46') : 'Add up "Gold".'}\nNEXT: ${next}`
}

/** The first step, then the last one, then the end. */
function instruction({ prompt }: ScriptedCall): string {
  if (prompt.includes('From: assistant\n```ops')) return 'TASK_DONE'
  const isComputed = prompt.includes('From: environment\nThe total of')
  return `Instruction: ${isComputed ? 'Answer with' : 'Compute'} the total of "Gold".`
}
