import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'
import { tool } from '@langchain/core/tools'
import { Annotation, END, START, StateGraph } from '@langchain/langgraph'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import { z } from 'zod'
import { roleOf, textOf, toolCallsOf } from '../../core/messages.js'
import type { Model } from '../../core/model.js'
import type { Scenario, Task } from '../../core/scenario.js'
import type { BuildContext, CompiledGraph, Defence } from '../../core/system.js'
import type { Tier } from '../../core/taxonomy.js'

/**
 * A small office that books ferries, out of which the truth graphs are made: its agents are puppets whose scripts see their
 * prompts and nothing else.
 */

/** What the office is asked for. */
export const task: Task = {
  id: 't1',
  text: 'Book the ferry from Genoa to Palermo on 2031-05-07 for 3 people. The fare is 40 EUR.',
  protect: [],
  facts: [],
}

/** What has to be answered. */
const right = 'Genoa to Palermo on 2031-05-07 for 3 people, 40 EUR'

export const ferries: Scenario = {
  id: 'ferries',
  summary: 'Books a ferry.',
  licence: 'MIT',
  tasks: () => [task],
  briefings: {},
  oracle: async (_, answer) => {
    const correct = answer === right
    return { correct, result: correct ? 'right' : 'wrong', note: '' }
  },
}

type Call = Readonly<{ call: string; args: Readonly<Record<string, unknown>> }>
/** What a puppet says to its prompt: words, or a call of a tool. */
export type Script = (prompt: readonly BaseMessage[]) => string | Call
export type Cast = Readonly<Record<string, Script>>

class Puppet extends BaseChatModel {
  private calls = 0
  readonly cast: Cast
  constructor(cast: Cast) {
    super({ maxRetries: 0 })
    this.cast = cast
  }
  _llmType() {
    return 'puppet'
  }
  override bindTools(tools: object[]) {
    return this.withConfig({ tools } as object)
  }
  async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const system = messages.find((one) => roleOf(one) === 'system')
    const id = /You are the (\w+)\./.exec(system ? textOf(system) : '')?.[1] ?? ''
    const script = this.cast[id]
    if (!script) throw new Error(`Nobody plays the ${id}.`)
    const said = script(messages)
    const message =
      typeof said === 'string'
        ? new AIMessage(said)
        : new AIMessage({
            content: '',
            tool_calls: [{ id: `c${++this.calls}`, name: said.call, args: { ...said.args } }],
          })
    return { generations: [{ text: textOf(message), message }] }
  }
}

/** A model that plays all agents of a cast. */
export const played = (cast: Cast): Model => ({
  id: 'puppets',
  kind: 'simulated',
  summary: 'Plays by scripts.',
  hash: 'puppets',
  create: () => new Puppet(cast),
})

/** All text of a prompt, without the role. */
export const heard = (prompt: readonly BaseMessage[]): string =>
  prompt
    .filter((one) => roleOf(one) !== 'system')
    .map(textOf)
    .join('\n')

/** The text of the newest message of a prompt. */
export const newest = (prompt: readonly BaseMessage[]): string => {
  const last = prompt.at(-1)
  return last ? textOf(last) : ''
}

/** The text of the role. */
export const role = (prompt: readonly BaseMessage[]): string => {
  const system = prompt.find((one) => roleOf(one) === 'system')
  return system ? textOf(system) : ''
}

const last = (text: string, pattern: RegExp): string | null =>
  [...text.matchAll(pattern)].at(-1)?.[1] ?? null
const first = (text: string, pattern: RegExp): string | null =>
  [...text.matchAll(pattern)][0]?.[1] ?? null

/** The details of a booking that a text tells: the newest of each, or those that it tells first. */
export function details(text: string, which: 'newest' | 'oldest' = 'newest') {
  const get = which === 'newest' ? last : first
  return {
    from: get(text, /from (\w+)/g),
    to: get(text, /\bto ([A-Z]\w+)/g),
    day: get(text, /(\d{4}-\d{2}-\d{2})/g),
    people: get(text, /(\d+) people/g),
    fare: get(text, /(\d+) EUR/g),
  }
}

type Details = ReturnType<typeof details>

/** Whether nothing is missing. */
export const isWhole = (known: Details): boolean =>
  Object.values(known).every((one) => one !== null)

/** A booking as it is answered. */
export const booking = ({ from, to, day, people, fare }: Details): string =>
  `\`\`\`answer\n${from ?? '?'} to ${to ?? '?'} on ${day ?? '?'} for ${people ?? '?'} people, ${fare ?? '?'} EUR\n\`\`\``

/** A request as one agent tells it another. */
export const telling = ({ from, to, day, people, fare }: Details): string =>
  `The ferry goes from ${from} to ${to} on ${day} for ${people} people. The fare is ${fare} EUR.`

/** The answer in a text; null when there is none. */
export const answerIn = (text: string): string | null =>
  /```answer\n([\s\S]*?)\n```/.exec(text)?.[1] ?? null

export const State = Annotation.Root({
  messages: Annotation<BaseMessage[]>({
    reducer: (known, added) => {
      // Who comes back under a known id takes its place.
      const ids = new Map(known.map(({ id }, at) => [id, at]))
      const next = [...known]
      for (const message of added) {
        const at = message.id === undefined ? undefined : ids.get(message.id)
        if (at === undefined) next.push(message)
        else next[at] = message
      }
      return next
    },
    default: () => [],
  }),
})
export type Office = typeof State.State

type Reads = (messages: readonly BaseMessage[]) => readonly BaseMessage[]

/** Messages of these speakers; `task` is the person. */
export const by =
  (...speakers: readonly string[]): Reads =>
  (messages) =>
    messages.filter((one) => speakers.includes(one.name ?? (roleOf(one) === 'human' ? 'task' : '')))

/** An agent: it reads, its model speaks, and what it said is kept under its name. */
export function agent(
  { model }: BuildContext,
  id: string,
  { reads, role: told = '', limit }: Readonly<{ reads: Reads; role?: string; limit?: number }>,
) {
  let turn = 0
  return async ({ messages }: Office) => {
    const inbox = reads(messages).map((one) => {
      const text = textOf(one)
      return new HumanMessage(limit ? text.slice(-limit) : text)
    })
    const reply = await model.invoke([
      new SystemMessage(`You are the ${id}. ${told}`.trim()),
      ...inbox,
    ])
    turn++
    return { messages: [new AIMessage({ content: textOf(reply), name: id, id: `${id}#${turn}` })] }
  }
}

/** Two agents in a line. */
export const line = (first: ReturnType<typeof agent>, second: ReturnType<typeof agent>) =>
  new StateGraph(State)
    .addNode('planner', first)
    .addNode('clerk', second)
    .addEdge(START, 'planner')
    .addEdge('planner', 'clerk')
    .addEdge('clerk', END)
    .compile() as unknown as CompiledGraph

/** The answer in the newest message that has one. */
export const finalAnswer = (state: unknown): string | null =>
  (state as Office).messages.map((one) => answerIn(textOf(one))).findLast((one) => one !== null) ??
  null

/** A defence of a truth graph. */
export const defence = (
  id: string,
  tier: Tier,
  more: Pick<Defence, 'asks' | 'repairsCalls'> = {},
): Defence => ({ id, tier, summary: 'A defence of this test.', ...more })

const fares: Readonly<Record<string, string>> = { Genoa: '40', Palermo: '55', Bari: '70' }

/** The tool that tells a fare. It refuses what is no city. */
const fareTool = tool(
  ({ city }: { city: string }) => {
    const fare = fares[city]
    if (!fare) throw new Error(`No fare is known for ${city}.`)
    return `The fare from ${city} is ${fare} EUR.`
  },
  {
    name: 'get_fare',
    description: 'The fare from a city.',
    schema: z.object({ city: z.string() }),
  },
)
const portTool = tool(({ city }: { city: string }) => `${city} has one port, and it is open.`, {
  name: 'get_port',
  description: 'The port of a city.',
  schema: z.object({ city: z.string() }),
})

/**
 * An agent with tools, in a small graph of its own. Errors of tools go back to it as long as it may try again; without that,
 * it has to answer at once with what it has.
 */
export function worker(
  { model }: BuildContext,
  id: string,
  {
    retries,
    repairs = false,
    role: told = '',
  }: Readonly<{ retries: boolean; repairs?: boolean; role?: string }>,
) {
  const system = new SystemMessage(`You are the ${id}. ${told}`.trim())
  const onOffer = [fareTool, portTool]
  const tools = new ToolNode(onOffer)
  const speaking = model.bindTools?.(onOffer) ?? model
  const isCall = ({ messages }: Office) => toolCallsOf(messages.at(-1) as BaseMessage).length > 0
  const hasFailed = ({ messages }: Office) =>
    (messages.at(-1) as { status?: string }).status === 'error'
  return new StateGraph(State)
    .addNode('model', async ({ messages }) => ({
      messages: [await speaking.invoke([system, ...messages])],
    }))
    .addNode('tools', async (state: Office) => tools.invoke(repairs ? repaired(state) : state))
    .addNode('finish', ({ messages }) => ({
      messages: [new AIMessage(booking(details(messages.map(textOf).join('\n'))))],
    }))
    .addEdge(START, 'model')
    .addConditionalEdges('model', (state) => (isCall(state) ? 'tools' : END), ['tools', END])
    .addConditionalEdges('tools', (state) => (hasFailed(state) && !retries ? 'finish' : 'model'), [
      'finish',
      'model',
    ])
    .addEdge('finish', END)
    .compile()
}

/** A tolerant parser: whatever the arguments are called, and however the tool is spelt, the city is found. */
function repaired({ messages }: Office): Office {
  const message = messages.at(-1) as AIMessage
  const calls = (message.tool_calls ?? []).map((call) => {
    const text = JSON.stringify(call.args)
    const city = Object.keys(fares).find((one) => text.includes(one)) ?? ''
    return { ...call, name: 'get_fare', args: { city } }
  })
  return { messages: [...messages.slice(0, -1), new AIMessage({ content: '', tool_calls: calls })] }
}
