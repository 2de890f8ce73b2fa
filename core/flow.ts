import type { Spread } from './schemas/behaviour.js'

/** Who may have said what an agent reads; `code` is a node of the graph that calls no model. */
export type FlowKind = 'agent' | 'task' | 'tool' | 'person' | 'code'

/**
 * What a reading brings of a fault: something that it planted, something that lacks what it took away, a delivery that it
 * added, the truth in its place, or nothing of it.
 */
export type Carries = 'planted' | 'lost' | 'copy' | 'truth' | 'nothing'

/** What an agent did with the fault that it had read: passed it on, let it drop, or set it right. */
type Became = 'carried' | 'dropped' | 'corrected'

/** Somebody in a trial, and what became of the fault there. Steps are positions in the trace. */
export type FlowNode = Readonly<{
  id: string
  kind: FlowKind
  /** Steps at which the fault was put into what it reads, says or sends. */
  injected: readonly number[]
  /** Model calls whose replies stand for the fault: those that the spread calls tainted. */
  carried: readonly number[]
  /** Steps at which it had read the fault and did not pass it on; activations that called no model are among them. */
  dropped: readonly number[]
  /** Model calls that, after it had read the fault, state the truth, doubt, reject or ask. */
  corrected: readonly number[]
  /** How often it passed the fault on after the first time. */
  repeated: number
}>

/** A reading: what somebody had said stood in the prompt of a model call. An agent's own words are none. */
export type FlowEdge = Readonly<{
  from: string
  to: string
  /** The model call that read it; of what nobody read, the activation that dropped it. */
  step: number
  /** How many messages; 0 when what was sent, or what was known before, is not in the prompt at all. */
  messages: number
  carries: Carries
  /** The fact that it is about; null when there is none. */
  what: string | null
  /** What the reader did with the fault, and the step at which that can be seen; null when it read nothing of it. */
  became: Readonly<{ how: Became; step: number }> | null
}>

/** Who read what from whom in a trial, and where its fault went. */
export type FlowGraph = Readonly<{
  /** Name of the fault; null of a trial without one. */
  fault: string | null
  /** In the order in which they come up. */
  nodes: readonly FlowNode[]
  /** In the order of the steps. */
  edges: readonly FlowEdge[]
  /** How far the fault came; null of a trial without one. */
  spread: Spread | null
}>
