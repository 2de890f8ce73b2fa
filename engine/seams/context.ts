import { AsyncLocalStorage } from 'node:async_hooks'
import type { AIMessage, BaseMessage } from '@langchain/core/messages'
import { messageOf } from '../../core/errors.js'
import type { SendClass, Write } from './routes.js'

/**
 * One run of a node. LangGraph calls it a task; here a task is the input of a scenario.
 *
 * `agent` is the chain of names (`billing/model`), `key` the same with occurrences (`billing#0/model#1`). Occurrences are
 * counted below the parent's key, not in order of arrival: parallel siblings cannot swap names, so a key is the same in
 * every execution of a trial.
 */
export type Execution = {
  readonly trial: OpenTrial
  readonly node: string
  readonly agent: string
  readonly key: string
  readonly occurrence: number
  /** Above 0 when LangGraph retries or resumes the same execution. */
  readonly attempt: number
  /** LangGraph's superstep inside its graph; for display and order only, never part of an identity. */
  readonly step: number
  /** LangGraph's task id: finds an execution again, differs between runs, is never stored. */
  readonly taskId: string
  readonly triggers: readonly string[]
  readonly parent: Execution | null
  /** Send of the copy of LangGraph that executes it; null when there is only ours. */
  readonly sendClass: SendClass | null
  /** Own events so far; places nested executions between those of their parent. */
  events: number
  /** Own events of the parent when this execution started. */
  readonly slot: number
  /** Model calls so far. */
  calls: number
}

/** One call of a model. Without an execution (a call outside every node) the key starts with `?`. */
export type ModelCall = Readonly<{
  execution: Execution | null
  agent: string
  key: string
  /** Tools on offer, in whatever form the caller bound them. */
  tools: readonly unknown[]
}>

/** In place of a node's input: the node does not run, these writes are made instead. */
export class Skip {
  readonly writes: readonly Write[]
  constructor(writes: readonly Write[] = []) {
    this.writes = writes
  }
}

/** What to do at the seams; each member may watch, change a copy, wait or throw. Without members nothing is changed. */
export type Policy = Readonly<{
  /** Before a node runs: its input, changed or not, or a `Skip`. */
  onInput?: (execution: Execution, input: unknown) => unknown
  /** Each batch that a node writes, state and routes, together or apart. */
  onWrites?: (execution: Execution, writes: readonly Write[]) => readonly Write[]
  /** The result of a task of the functional API, where a node would write. */
  onResult?: (execution: Execution, result: unknown) => unknown
  /** Around each model call. A changed reply is a new message, never an edit of the one that `next` gave. */
  onModel?: (
    call: ModelCall,
    messages: readonly BaseMessage[],
    next: (messages: readonly BaseMessage[]) => Promise<AIMessage>,
  ) => Promise<AIMessage>
  /** A node threw; interrupts and commands to the parent graph are not errors and do not come here. */
  onError?: (execution: Execution, error: unknown) => void
}>

/** A trial while it runs: its policy and the counters that give executions their names. */
export type OpenTrial = {
  readonly policy: Policy
  readonly counters: Map<string, number>
  readonly executions: Map<string, Execution>
  /** Set when the trial has ended; what a forgotten promise does later is counted, nothing else. */
  closed: boolean
  late: number
  /** The first error of ours inside a policy: the trial is void, the system is not to blame. */
  failure: string | null
}

const trials = new AsyncLocalStorage<OpenTrial>()
const executions = new AsyncLocalStorage<Execution>()
const modelCalls = new AsyncLocalStorage<ModelCall>()

/** A trial that has not begun yet. */
export function openTrial(policy: Policy = {}): OpenTrial {
  return {
    policy,
    counters: new Map(),
    executions: new Map(),
    closed: false,
    late: 0,
    failure: null,
  }
}

/** Runs work inside a trial: the seams act here and nowhere else. */
export const inTrial = <Result>(trial: OpenTrial, work: () => Result): Result =>
  trials.run(trial, work)

/** The trial of the current context, null outside every trial and after its end. */
export function currentTrial(): OpenTrial | null {
  const trial = trials.getStore()
  if (!trial) return null
  if (!trial.closed) return trial
  trial.late++
  return null
}

/** The execution of the current context. */
export const currentExecution = (): Execution | null => executions.getStore() ?? null
/** Runs work as part of an execution. */
export const inExecution = <Result>(execution: Execution, work: () => Result): Result =>
  executions.run(execution, work)

/** The model call of the current context. */
export const currentCall = (): ModelCall | null => modelCalls.getStore() ?? null
/** Runs work as part of a model call. */
export const inCall = <Result>(call: ModelCall, work: () => Result): Result =>
  modelCalls.run(call, work)

/** The name of the next execution of a node below a parent. */
export function identify(
  trial: OpenTrial,
  node: string,
  parent: Execution | null,
): Readonly<{ node: string; agent: string; key: string; occurrence: number }> {
  const stem = parent ? `${parent.key}/${node}` : node
  const occurrence = trial.counters.get(stem) ?? 0
  trial.counters.set(stem, occurrence + 1)
  const agent = parent ? `${parent.agent}/${node}` : node
  return { node, agent, key: `${stem}#${occurrence}`, occurrence }
}

/** Thrown by a policy on purpose; everything else that a policy throws is a failure of the testbed. */
export abstract class Deliberate extends Error {}

/** Keeps an error that a policy threw, unless it was deliberate: then the trial is void. */
export function noteFailure(trial: OpenTrial, error: unknown): void {
  if (!(error instanceof Deliberate)) trial.failure ??= messageOf(error)
}

/** Runs a part of the policy and keeps the error that it may throw. */
export function guarded<Result>(trial: OpenTrial, work: () => Result): Result {
  const fail = (error: unknown): never => {
    noteFailure(trial, error)
    throw error
  }
  try {
    const result = work()
    return result instanceof Promise ? (result.catch(fail) as Result) : result
  } catch (error) {
    return fail(error)
  }
}
