import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { StructuredToolInterface } from '@langchain/core/tools'
import type { Effects, Task } from './scenario.js'
import type { Tier } from './taxonomy.js'

/** What an agent can be asked to do; scenarios say what each job means in their work. */
export const jobs = [
  'plan',
  'produce',
  'review',
  'revise',
  'decide',
  'instruct',
  'act',
  'route',
] as const
export type Job = (typeof jobs)[number]

/** A named, removable part of a system that may stop a fault. */
export type Defence = Readonly<{
  id: string
  tier: Tier
  summary: string
  /** Whom it lets an agent ask: a colleague, or a person who knows what was really meant. */
  asks?: 'peer' | 'person'
  /** It repairs calls of tools whose form is wrong, so that a fault of form is there although the tool answers as usual. */
  repairsCalls?: true
}>

/** What a system is built from, fresh for every trial. */
export type BuildContext = Readonly<{
  /** Answers for every agent. */
  model: BaseChatModel
  /** Tools of the scenario's environment; empty when the work has none. */
  tools: readonly StructuredToolInterface[]
  /** What a job means in this work, in plain English. */
  brief: (job: Job) => string
  /** What the tools do to what all agents share. */
  effects: Effects
  /** Answers a question as whoever gave the task would: by saying again what is wanted. */
  person: (question: string) => Promise<string>
  /** Defences to leave out. */
  without: ReadonlySet<string>
}>

/** The part of a compiled LangGraph graph that Firedrill uses; of whatever copy of the package. */
export type CompiledGraph = Readonly<{
  nodes: Readonly<Record<string, unknown>>
  // A method, not a function: a graph of the user's takes narrower input than unknown.
  invoke(input: unknown, config?: Readonly<Record<string, unknown>>): Promise<unknown>
}>

/** A LangGraph multi-agent graph under test. */
export type System = Readonly<{
  id: string
  summary: string
  /** A fresh graph for one trial. */
  build: (context: BuildContext) => CompiledGraph | Promise<CompiledGraph>
  /** The graph's input for a task. Default: `{ messages: [task as a human message] }`. */
  input?: (task: Task) => unknown
  /** The answer in the final state, null when there is none. Default: text of the last message of a model. */
  answer?: (state: unknown) => string | null
  defences?: readonly Defence[]
  /** The system from which it differs in its defences alone. Default: it is no variant. */
  variantOf?: string
  /** Why it does not fit work whose tools have such effects, one sentence each. Default: it fits all work. */
  unfit?: Readonly<Partial<Record<Effects, string>>>
  /** Nodes that are agents, also those that a task which goes well never needs. Default: those that called a model. */
  agents?: readonly string[]
  /** Whether the agents bring their own models; then no model of ours is put in. Default: false. */
  ownModels?: boolean
  /** Changes with the code of the system; results of another code are never reused. Default: the tool's version. */
  codeHash?: string
}>
