import { SimpleChatModel } from '@langchain/core/language_models/chat_models'
import type { AIMessage, BaseMessage, ToolMessage } from '@langchain/core/messages'
import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { judge } from '../../analysis/judge.js'
import { type Clock, stoppedClock } from '../../core/clock.js'
import type { Fault, ResponseFault } from '../../core/fault.js'
import { textOf } from '../../core/messages.js'
import type { Model } from '../../core/model.js'
import type { Scenario, Task } from '../../core/scenario.js'
import type { BuildContext, CompiledGraph, System } from '../../core/system.js'
import type { SiteChoice } from '../../engine/choose-site.js'
import type { Texts } from '../../engine/injector/texts.js'
import type { Lines } from '../../engine/line.js'
import { type Budget, baselineBudget } from '../../engine/meter.js'
import { expand, type Plan, type TrialGroup } from '../../engine/plan.js'
import { execute } from '../../engine/run.js'
import { executeTrial, type TrialSetup } from '../../engine/trial.js'

/** Says what a function makes of the prompt, one line `role: text` per message. */
type Script = (prompt: string) => string

class Scripted extends SimpleChatModel {
  readonly script: Script
  constructor(script: Script) {
    super({ maxRetries: 0 })
    this.script = script
  }
  _llmType() {
    return 'scripted'
  }
  async _call(messages: BaseMessage[]) {
    return this.script(messages.map((one) => `${one.type}: ${textOf(one)}`).join('\n'))
  }
}

/** A model that answers by a script. */
export const modelOf = (script: Script, kind: Model['kind'] = 'simulated'): Model => ({
  id: 'scripted',
  kind,
  summary: 'Answers by a script.',
  hash: 'scripted',
  create: () => new Scripted(script),
})

export const task: Task = { id: 't1', text: 'What is 2 + 2?', protect: [], facts: [] }

/** One task whose right answer is 4. */
export const sums: Scenario = {
  id: 'sums',
  summary: 'Adds.',
  licence: 'MIT',
  tasks: () => [task],
  briefings: {},
  oracle: async (_, answer) => {
    const correct = answer === '4'
    return { correct, result: correct ? 'right' : 'wrong', note: '' }
  },
}

export const systemOf = (build: System['build'], more: Partial<System> = {}): System => ({
  id: 'little',
  summary: 'A graph of this test.',
  build,
  ...more,
})

type State = typeof MessagesAnnotation.State
type Work = (state: State, context: BuildContext) => unknown

/** A graph whose only node does the given work. */
export const oneNode = (work: Work) => (context: BuildContext) =>
  new StateGraph(MessagesAnnotation)
    .addNode('a', async (state) => (await work(state, context)) as Partial<State>)
    .addEdge(START, 'a')
    .compile() as CompiledGraph

/** The model's answer to all messages. */
export const ask: Work = async ({ messages }, { model }) => ({
  messages: [await model.invoke(messages)],
})

/** Two agents in a line, each with work of its own. */
export const twoNodes = (first: Work, second: Work) => (context: BuildContext) =>
  new StateGraph(MessagesAnnotation)
    .addNode('a', async (state) => (await first(state, context)) as Partial<State>)
    .addNode('b', async (state) => (await second(state, context)) as Partial<State>)
    .addEdge(START, 'a')
    .addEdge('a', 'b')
    .compile() as CompiledGraph

/** Executes one trial without anything armed. */
export function tried(system: System, more: Partial<TrialSetup> = {}) {
  const setup = {
    ...{ system, scenario: sums, task, seed: 1, model: modelOf(() => '4') },
    ...{ without: new Set<string>(), budget: baselineBudget, clock: stoppedClock, ...more },
  }
  return executeTrial(setup, () => null)
}

type Asked = Readonly<{
  system: System
  faults?: readonly Fault[]
  model?: Model | null
  scenario?: Scenario
  tasks?: readonly Task[]
  site?: SiteChoice
  budget?: Budget
  injector?: Plan['injector']
}>

/** A plan of little things. */
export const planOf = ({
  system,
  faults = [],
  model,
  scenario = sums,
  tasks,
  site,
  injector = null,
}: Asked): Plan => ({
  systems: [{ system, without: [] }],
  scenarios: [{ scenario, tasks: tasks ?? [task] }],
  faults: faults.map((fault) => ({
    fault,
    planned: { id: fault.id, parameters: {}, trigger: fault.trigger ?? 'once' },
  })),
  seeds: [1],
  site: site ?? { kind: 'default' },
  model: model === undefined ? modelOf(() => '4') : model,
  injector,
  engine: 'test',
})

/** Executes a plan; the lines by the id of the fault or arm. */
export async function performed(
  plan: Plan,
  more: Readonly<{
    clock?: Clock
    budget?: Budget
    texts?: Texts
    groups?: readonly TrialGroup[]
  }> = {},
) {
  const lines: Lines[] = []
  await execute({
    ...{ plan, groups: expand(plan), done: new Map(), concurrency: 1, clock: stoppedClock, judge },
    ...{ signal: new AbortController().signal, onTrial: (line) => lines.push(line), ...more },
  })
  const of = (fault: string) => {
    const found = lines.find(({ line }) => line.fault === fault)
    if (!found) throw new Error(`There is no trial of ${fault}.`)
    return found
  }
  return { lines, of, verdictOf: (fault: string) => of(fault).line.verdict }
}

type PlainFault = Omit<ResponseFault, 'prefers' | 'written' | 'note'>
type ResponseParts = Partial<PlainFault>

/** A response fault of which a test says only what it is about. */
export const responseFault = (id: string, parts: ResponseParts): PlainFault => ({
  id,
  abbreviation: id.toUpperCase(),
  category: 'reasoning',
  injector: 'response',
  summary: 'A fault of this test.',
  example: { payload: modelMessage() },
  inject: () => null,
  effect: () => true,
  recoverable: () => true,
  behaviours: [],
  ...parts,
})

const modelMessage = () => ({}) as AIMessage | ToolMessage
