import { type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { textOf } from '../../core/messages.js'
import type { Task } from '../../core/scenario.js'
import type { BuildContext, System } from '../../core/system.js'
import { tableQa } from '../../scenarios/table-qa/index.js'
import type { Table } from '../../scenarios/table-qa/tables.js'
import { tableTools } from '../../scenarios/table-qa/tools.js'
import { diligent, ScriptedModel } from './scripted-model.js'

/** A task that needs no scenario. */
export const task: Task = {
  id: 't1',
  text: 'Answer a question about a table.\n\n## Question\nWhat is the total of "Gold"?',
  protect: [],
  facts: [],
}

/** A table of which all tests here ask the same: what is the total of "Gold"? It is 46. */
const medals: Table = {
  name: 'medals',
  key: 'Nation',
  columns: [
    { name: 'Nation', kind: 'text' },
    { name: 'Gold', kind: 'number' },
  ],
  rows: [
    ['Italy', '26'],
    ['Spain', '12'],
    ['Norway', '8'],
  ],
}

/** What a system is built from in tests: a scripted model, the tools and the briefings of table-qa. */
export function contextOf(model: ScriptedModel, ...without: readonly string[]): BuildContext {
  return {
    model,
    tools: tableTools(medals),
    brief: (job) => tableQa.briefings[job] ?? '',
    effects: 'none',
    person: async () => task.text,
    without: new Set(without),
  }
}

/** The messages of a final state. */
export const messagesIn = (state: unknown): readonly BaseMessage[] =>
  (state as { messages: readonly BaseMessage[] }).messages

type Setting = Readonly<{
  script?: ConstructorParameters<typeof ScriptedModel>[0]
  without?: readonly string[]
  input?: unknown
}>

/** Lets a system do one task; everything that can be seen of it. */
export async function played(
  system: System,
  { script = diligent, without = [], input }: Setting = {},
) {
  const model = new ScriptedModel(script)
  const graph = await system.build(contextOf(model, ...without))
  const state = await graph.invoke(input ?? system.input?.(task))
  return {
    answer: system.answer?.(state) ?? null,
    prompts: model.calls.map(({ prompt }) => prompt),
    callers: model.calls.map(({ agent }) => agent),
    ids: messagesIn(state).map(({ id }) => id),
    texts: messagesIn(state).map(textOf),
  }
}

/** The person's message, as systems get it. */
export const asked = new HumanMessage({ content: task.text, id: 'task' })
