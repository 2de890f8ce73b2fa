import type { AIMessage, BaseMessage } from '@langchain/core/messages'
import type { Model } from '../../../core/model.js'

/** One call of a model by an agent, whose system message begins with its role line. */
export async function oneCall(
  { model, seed }: Readonly<{ model: Model; seed: number }>,
  { id, system, tools }: Readonly<{ id: string; system: string; tools?: readonly unknown[] }>,
  inbox: readonly BaseMessage[],
): Promise<AIMessage> {
  const chat = model.create({ seed, caller: () => ({ agent: id, call: `${id}#0` }) })
  const bound = tools ? chat.bindTools?.([...tools] as never) : chat
  const prompt = [{ role: 'system', content: `You are the ${id}. ${system}` }, ...inbox]
  return (await bound?.invoke(prompt)) as AIMessage
}

/** A tool that hands the work over, as systems offer it. */
export const handOver = (to: string, job: string, reason = 'Why, and what it is about.') => ({
  type: 'function' as const,
  function: {
    name: `transfer_to_${to}`,
    description: `Hand the work over to ${to} (${job}).`,
    parameters: {
      type: 'object',
      properties: { reason: { type: 'string', description: reason } },
      required: ['reason'],
    },
  },
})
