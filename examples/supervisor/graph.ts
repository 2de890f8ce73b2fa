import type { BaseMessage } from '@langchain/core/messages'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import { createSupervisor } from '@langchain/langgraph-supervisor'
import { DeskModel } from './model.js'
import type { Task } from './tasks.js'
import { billingTools, stockTools } from './tools.js'

export { tasks } from './tasks.js'

const prompts = {
  supervisor:
    'You are the supervisor of an orders desk. Hand each question to stock when something must be looked up and ' +
    'to billing when something must be reckoned. Do not look up or reckon anything yourself. When the result is ' +
    'stated, end with a line such as ANSWER: 120.',
  stock:
    'You are the stock clerk of an orders desk. Look up prices and stock levels with your tools and state them in ' +
    'full sentences. Do not reckon.',
  billing:
    'You are the billing clerk of an orders desk. Reckon with your tools, using only numbers that colleagues or ' +
    'the customer stated, and state the result in a full sentence.',
}

/** An orders desk: a supervisor with a clerk for the stock and one for the bills. */
export function graph() {
  const llm = new DeskModel()
  const stock = createReactAgent({
    llm,
    name: 'stock',
    prompt: prompts.stock,
    tools: stockTools,
  })
  const billing = createReactAgent({
    llm,
    name: 'billing',
    prompt: prompts.billing,
    tools: billingTools,
  })
  return createSupervisor({ agents: [stock, billing], llm, prompt: prompts.supervisor }).compile()
}

/** What stands behind the last ANSWER: of the last message; null when the desk gave no answer. */
export function answer({
  messages,
}: Readonly<{ messages: readonly BaseMessage[] }>): string | null {
  const found = [...(messages.at(-1)?.text ?? '').matchAll(/^ANSWER:(.*)$/gm)]
  return found.at(-1)?.[1]?.trim() || null
}

/** Whether an answer is the expected number, written in any way but with nothing around it. */
export function oracle({ expected }: Task, answer: string | null): boolean {
  return answer !== null && answer.trim() !== '' && Number(answer) === expected
}
