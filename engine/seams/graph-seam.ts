import { appendMessage } from '../state-messages.js'
import {
  currentExecution,
  currentTrial,
  type Execution,
  identify,
  inExecution,
  type OpenTrial,
  Skip,
} from './context.js'
import { type Config, prepare, watched, withSend } from './execution.js'
import type { Patch } from './install.js'
import { inClassOf, liveMarkerOf, type SendClass } from './routes.js'

type Invokable = Readonly<{ invoke: (input: unknown, config: Config) => unknown }>
type PregelNode = Readonly<{
  channels: unknown
  mapper?: (state: unknown) => unknown
}>

/** Send of the copy of LangGraph that a prototype belongs to. */
const sendClasses = new WeakMap<object, SendClass>()

/** Says which Send the nodes of a prototype understand. */
export const rememberSend = (prototype: object, sendClass: SendClass): void => {
  sendClasses.set(prototype, sendClass)
}

/**
 * The graph seam: every node of every LangGraph graph, nested or not, is executed as `getNode()` then `invoke()`, and
 * all that it says leaves through `__pregel_send` in its config. Both are wrapped, in an open trial only.
 */
export function patchGraph(prototype: object, patch: Patch): void {
  let inGetNode = false // getNode calls getWriters itself; that inner call stays untouched.
  patch(prototype, 'getNode', (getNode) => {
    return function (this: PregelNode) {
      inGetNode = true
      let runnable: Invokable | undefined
      try {
        runnable = getNode.call(this) as Invokable | undefined
      } finally {
        inGetNode = false
      }
      if (!runnable || !currentTrial()) return runnable
      const inner = runnable
      return onlyInvoke(inner, (input, config) => execute(this, inner, input, config))
    }
  })
  // Command.PARENT is thrown by the inner node and written by the parent's writers, outside any execution.
  patch(prototype, 'getWriters', (getWriters) => {
    return function (this: PregelNode) {
      const writers = getWriters.call(this) as readonly Invokable[]
      if (inGetNode || !currentTrial()) return writers
      return writers.map((writer) =>
        onlyInvoke(writer, (input, config) => writer.invoke(input, throughParent(config))),
      )
    }
  })
}

const onlyInvoke = (target: Invokable, invoke: Invokable['invoke']): Invokable =>
  new Proxy(target, {
    get: (object, property) =>
      property === 'invoke' ? invoke : Reflect.get(object, property, object),
  })

function throughParent(config: Config): Config {
  const execution = currentTrial()?.executions.get(config.configurable?.__pregel_task_id)
  return execution ? withSend(config, execution) : config
}

/** The execution of a node: a new one, or another attempt of one that LangGraph retries or resumes. */
function begin(
  trial: OpenTrial,
  { metadata, configurable }: Config,
  sendClass: SendClass | null,
): Execution {
  const taskId = configurable.__pregel_task_id
  const earlier = trial.executions.get(taskId)
  const parent = currentExecution()
  const execution: Execution = earlier
    ? { ...earlier, attempt: earlier.attempt + 1, calls: 0 }
    : {
        ...identify(trial, String(metadata['langgraph_node']), parent),
        trial,
        attempt: 0,
        step: Number(metadata['langgraph_step'] ?? 0),
        taskId,
        triggers: (metadata['langgraph_triggers'] as readonly string[] | undefined) ?? [],
        parent,
        sendClass,
        events: 0,
        slot: parent?.events ?? 0,
        calls: 0,
      }
  trial.executions.set(taskId, execution)
  return execution
}

function execute(node: PregelNode, runnable: Invokable, input: unknown, config: Config): unknown {
  const trial = currentTrial()
  if (!trial) return runnable.invoke(input, config)
  const sendClass = sendClasses.get(Object.getPrototypeOf(node)) ?? null
  const execution = begin(trial, config, sendClass)
  return inExecution(execution, async () => {
    const ready = await prepare(execution, liveInput(node, input, config))
    if (ready instanceof Skip) {
      if (ready.writes.length > 0) {
        config.configurable.__pregel_send(inClassOf(sendClass, ready.writes))
      }
      return undefined
    }
    return watched(execution, () => runnable.invoke(ready, withSend(config, execution)))
  })
}

/** For an activation on the live state: what the node would get if it were activated plainly, now. */
function liveInput({ channels, mapper }: PregelNode, input: unknown, config: Config): unknown {
  const marker = liveMarkerOf(input)
  if (!marker) return input
  const wanted = Array.isArray(channels) ? channels[0] : Object.values(channels as object)
  const state = config.configurable.__pregel_read(wanted, false)
  const mapped = mapper ? mapper(state) : state
  return marker.message ? appendMessage(mapped, marker.message) : mapped
}
