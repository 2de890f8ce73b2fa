import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons'
import { isGraphBubbleUp } from '@langchain/langgraph'
import { type Execution, guarded, identify, inExecution, noteFailure, Skip } from './context.js'
import { inClassOf, isRoute, type Write } from './routes.js'

type Sender = (writes: readonly Write[]) => void
type TaskCaller = (
  body: (...input: unknown[]) => unknown,
  name: string,
  input: unknown[],
  options: unknown,
) => unknown
/** The part of LangGraph's config of an execution that the seams use. */
export type Config = Readonly<{
  metadata: Readonly<Record<string, unknown>>
  configurable: Readonly<{
    __pregel_task_id: string
    __pregel_send: Sender
    __pregel_call?: TaskCaller
    __pregel_read: (channels: unknown, fresh: boolean) => unknown
  }>
}>
/** The config of an execution with its ways out wrapped; a new one, since a retry gets the old one again. */
export function withSend(config: Config, execution: Execution): Config {
  const { configurable } = config
  const { __pregel_send, __pregel_call } = configurable
  return {
    ...config,
    configurable: {
      ...configurable,
      ...(__pregel_send ? { __pregel_send: wrapSend(execution, __pregel_send) } : {}),
      ...(__pregel_call ? { __pregel_call: wrapCall(execution, __pregel_call) } : {}),
    },
  }
}

const wrapSend =
  (execution: Execution, send: Sender): Sender =>
  (before) => {
    const { trial } = execution
    const { onWrites } = trial.policy
    const after =
      trial.closed || !onWrites ? before : guarded(trial, () => onWrites(execution, before))
    if (after.length > 0) put(execution, send, before, after)
  }

/** Puts writes on the graph. LangGraph refusing a route that a policy made is a failure of ours, not of the system. */
function put(
  { trial, sendClass }: Execution,
  send: Sender,
  before: readonly Write[],
  after: readonly Write[],
): void {
  try {
    send(inClassOf(sendClass, after))
  } catch (error) {
    // It refuses routes only, and those that the system chose itself are the system's error.
    const isOurs = after.some((write) => isRoute(write) && !before.includes(write))
    if (isOurs) noteFailure(trial, error)
    throw error
  }
}

/** What a node starts with, after the policy has seen it. */
export function prepare(execution: Execution, input: unknown): unknown {
  const { trial, node } = execution
  const { onInput } = trial.policy
  if (!onInput || node === '__start__') return input
  return guarded(trial, () => onInput(execution, input))
}

/** Does the work of an execution and tells the policy of an error on its way out. */
export async function watched(execution: Execution, work: () => unknown): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    const { trial } = execution
    // Interrupts and commands to the parent are thrown as well and are no errors.
    if (!isGraphBubbleUp(error) && !trial.closed) trial.policy.onError?.(execution, error)
    throw error
  }
}

/** The functional API: executions of `task()` come through `__pregel_call` and are named where they are called. */
function wrapCall(parent: Execution, call: TaskCaller): TaskCaller {
  return (body, name, args, options) => {
    const { trial } = parent
    if (trial.closed) return call(body, name, args, options)
    const identity = identify(trial, name, parent)
    const slot = parent.events
    let attempt = 0
    const named = (...input: unknown[]) => {
      const config = AsyncLocalStorageProviderSingleton.getRunnableConfig() as unknown as Config
      const execution: Execution = {
        ...identity,
        trial,
        attempt: attempt++,
        step: parent.step,
        taskId: config.configurable.__pregel_task_id,
        triggers: [],
        parent,
        sendClass: parent.sendClass,
        events: 0,
        slot,
        calls: 0,
      }
      return executeTask(execution, config, body, input)
    }
    return call(named, name, args, options)
  }
}

function executeTask(
  execution: Execution,
  config: Config,
  body: (...input: unknown[]) => unknown,
  input: unknown[],
): unknown {
  const { trial } = execution
  const inner = withSend(config, execution)
  return inExecution(execution, () =>
    AsyncLocalStorageProviderSingleton.runWithConfig(inner, async () => {
      const ready = await prepare(execution, input)
      if (ready instanceof Skip) return undefined
      const result = await watched(execution, () => body(...(ready as unknown[])))
      const { onResult } = trial.policy
      if (!onResult || trial.closed) return result
      return guarded(trial, () => onResult(execution, result))
    }),
  )
}
