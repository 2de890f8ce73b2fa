import type { BaseChatModel } from '@langchain/core/language_models/chat_models'

/** Who calls: the agent's id and the key of this call, the same in every execution of a trial. */
export type Caller = Readonly<{ agent: string; call: string }>

/** What a model is created from, once per trial. */
export type ModelContext = Readonly<{
  /** Follows from the trial's seed and task: the same in every arm and system. */
  seed: number
  /** The seed of the trial itself, one for all its tasks. Default: the seed. */
  repetition?: number
  /** Who is calling right now. Only for drawing; an answer depends on nothing else than the messages. */
  caller: () => Caller
}>

/** What answers for the agents of a system. */
export type Model = Readonly<{
  id: string
  kind: 'simulated' | 'provider'
  summary: string
  /** Changes whenever the model's behaviour may have changed: profile and version, or the provider's snapshot. */
  hash: string
  /** Tokens that it takes in during a repetition, when that is known. */
  windowOf?: (repetition: number) => number
  /** How many repetitions it takes to see all its tempers; absent when it has one. */
  sweep?: number
  /** Why an error of a call says nothing about the system: its server failed, in words; null when it is the system's. */
  outage?: (error: unknown) => string | null
  create: (context: ModelContext) => BaseChatModel
}>

/**
 * What a simulated model reports about one call, under `response_metadata.simulated` of its message. `unread`: sentences
 * that looked like facts and that no form of its grammar matches. `unsupported`: why it cannot do this work at all.
 */
export type SimulatedNotes = Readonly<{
  events: readonly string[]
  unread: readonly string[]
  unsupported?: string
}>
