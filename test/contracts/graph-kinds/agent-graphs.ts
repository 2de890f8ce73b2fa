import { tool } from '@langchain/core/tools'
import { entrypoint, task } from '@langchain/langgraph'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import { createSupervisor } from '@langchain/langgraph-supervisor'
import { createHandoffTool, createSwarm } from '@langchain/langgraph-swarm'
import { createAgent } from 'langchain'
import { z } from 'zod'
import type { EchoModel } from './echo-model.js'
import { inner } from './state-graphs.js'

const ping = tool(() => 'pong', { name: 'ping', description: 'ping', schema: z.object({}) })

export const reactAgent = (llm: EchoModel) => createReactAgent({ llm, tools: [ping] })

export const langchainAgent = (model: EchoModel) => createAgent({ model, tools: [ping] }).graph

export function graphInTool(llm: EchoModel) {
  const nested = inner(llm)
  const callsGraph = tool(async () => (await nested.invoke({ trail: [] })).trail.join(), {
    name: 'nested',
    description: 'calls a graph',
    schema: z.object({}),
  })
  return createReactAgent({ llm, tools: [callsGraph] })
}

export function supervisor(llm: EchoModel) {
  const math = createReactAgent({ llm, tools: [ping], name: 'math' })
  return createSupervisor({ agents: [math], llm, prompt: 'You lead.' }).compile()
}

export function swarm(llm: EchoModel) {
  const toBob = createHandoffTool({ agentName: 'bob' })
  const alice = createReactAgent({ llm, tools: [toBob], name: 'alice' })
  const bob = createReactAgent({ llm, tools: [], name: 'bob' })
  return createSwarm({ agents: [alice, bob], defaultActiveAgent: 'alice' }).compile()
}

/** Two tasks at once, then a task that calls a task. */
export function functional(model: EchoModel) {
  const t1 = task('t1', async (text: string) => (await model.invoke(text)).text)
  const t2 = task('t2', async (text: string) => t1((await model.invoke(text)).text))
  return entrypoint('ep', async (text: string) => {
    const both = await Promise.all([t1(`${text} 1`), t1(`${text} 2`)])
    return t2(both.join(' '))
  })
}
