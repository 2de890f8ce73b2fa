import type { PlainMessage, ToolCall } from '../messages.js'
import type { Proof } from '../schemas/behaviour.js'
import type { TraceLine } from '../schemas/trace-line.js'
import type { Fact } from '../text/fact.js'

/** A trace: its messages and its steps. */
export type Trace = Pick<TraceLine, 'messages' | 'steps'>

/** A model call of a trace. `step` is its position there. */
export type CallSeen = Readonly<{
  step: number
  key: string
  agent: string
  prompt: readonly PlainMessage[]
  reply: PlainMessage
  /** All that the prompt says, calls of tools included. */
  read: string
  /** All that the reply says, calls of tools included. */
  said: string
}>

/** An answer to a call of a tool, where it was written or first read. */
export type ResultSeen = Readonly<{
  step: number
  /** The agent that had called; null when that cannot be told. */
  caller: string | null
  call: ToolCall | null
  text: string
  failed: boolean
}>

/** An execution of a node: when it began, what it did. */
export type ActivationSeen = Readonly<{
  step: number
  key: string
  agent: string
  /** Steps of the model calls that it made, those of nested executions included. */
  calls: readonly number[]
  /** Messages that it wrote. */
  wrote: readonly PlainMessage[]
  /** Where it sent the work. */
  routes: readonly string[]
}>

/** What an agent did, other than talk: a call of a tool, a deliverable in a fenced block, a verdict, a question, the answer. */
export type ActionSeen = Readonly<{
  step: number
  agent: string
  kind: 'tool' | 'deliverable' | 'verdict' | 'question' | 'answer'
  /** Equal texts are the same action. */
  text: string
}>

/** A trace, read once so that rules can ask it questions. Everything stands in the order of the steps. */
export type Account = Readonly<{
  trace: Trace
  calls: readonly CallSeen[]
  results: readonly ResultSeen[]
  activations: readonly ActivationSeen[]
  actions: readonly ActionSeen[]
  /** Steps at which an execution threw, with what it said. */
  errors: readonly Readonly<{ step: number; agent: string; error: string }>[]
  end: Readonly<{ step: number; outcome: string; answer: string | null }>
}>

/** One effective injection as the trace has it. */
export type InjectionSeen = Readonly<{
  step: number
  site: string
  /** Whose input, output or delivery was changed. */
  agent: string
  /** Texts before and after; of prompts those messages alone that differ. */
  before: readonly string[]
  after: readonly string[]
}>

/**
 * All that a behaviour is decided from: what happened under the fault, what happened without it, and what was changed. The
 * oracle's mark is not in it: whether a fault was dealt with and whether the answer was right stay two measurements.
 */
export type Evidence = Readonly<{
  trial: Account
  baseline: Account
  /** Effective ones, in order; at least one. */
  injections: readonly InjectionSeen[]
  /** Step of the first of them. */
  since: number
  /** Facts that went and that the baseline made use of. */
  lost: readonly Fact[]
  /** Facts that came and that neither the task nor the baseline states. */
  planted: readonly Fact[]
  taskText: string
  /** Whom the system lets an agent ask. */
  canAsk: TraceLine['canAsk']
}>

/** What a rule found: the steps that prove a behaviour, at least one. */
export type Finding = readonly Proof[]
