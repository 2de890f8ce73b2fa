import type { BaseMessage, ToolMessage } from '@langchain/core/messages'
import { AIMessage } from '@langchain/core/messages'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import type { Environment, Task } from '../../../core/scenario.js'
import { originOf } from '../../../scenarios/drawn-task.js'
import type { ShopEnvironment } from '../../../scenarios/web-shop/environment.js'
import type { Goal, Purchase } from '../../../scenarios/web-shop/goal.js'
import { type Order, orderOf } from '../../../scenarios/web-shop/orders.js'

/** The order of a task. */
export const orderFor = (task: Task): Order => orderOf(originOf(task))

/** What LangGraph's tool node makes of a call. */
export async function called(
  { tools }: Environment,
  name: string,
  args: unknown,
): Promise<ToolMessage> {
  const call = { id: 'c1', name, args: args as Record<string, unknown>, type: 'tool_call' as const }
  const message: BaseMessage = new AIMessage({ content: '', tool_calls: [call] })
  const { messages } = await new ToolNode([...tools]).invoke({ messages: [message] })
  return messages[0]
}

/** Calls a tool and takes its words. */
export async function said(given: Environment, name: string, args: unknown = {}): Promise<string> {
  const tool = given.tools.find((one) => one.name === name)
  return String(await tool?.invoke(args))
}

export const search = (given: Environment, query: string) => said(given, 'search', { query })
export const click = (given: Environment, target: string) => said(given, 'click', { target })

/** A visit at whose end this was bought. */
export const withBought = (purchase: Purchase | null): ShopEnvironment => ({
  tools: [],
  purchase: () => purchase,
})

/** Buys what a goal asks for as a customer would: from the pages of the shop alone. Returns the number of actions. */
export async function boughtByReading(given: Environment, goal: Goal): Promise<number> {
  let actions = 0
  const seen = async (words: Promise<string>) => {
    actions += 1
    return words
  }
  const results = await seen(search(given, goal.thing))
  const candidates = [...results.matchAll(/^\[(P\d{4})\] (.*), .* \| \$([\d.]+)$/gm)]
    .filter(
      ([, , name, price]) => name === goal.thing && Math.round(Number(price) * 100) <= goal.limit,
    )
    .map(([, id = '']) => id)
  for (const id of candidates) {
    const page = await seen(click(given, id))
    const isThere = goal.options.every(({ name, value }) =>
      new RegExp(`^${name}: .*\\[${value}\\]`, 'm').test(page),
    )
    if (isThere) {
      const attributes = await seen(click(given, 'Attributes'))
      if (goal.attributes.every((one) => attributes.includes(`${id} is ${one}.`))) {
        await seen(click(given, '< Prev'))
        for (const { value } of goal.options) await seen(click(given, value))
        await seen(said(given, 'buy'))
        return actions
      }
      await seen(click(given, '< Prev'))
    }
    await seen(click(given, '< Prev'))
  }
  return actions
}
