import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, relative, resolve } from 'node:path'
import { FiredrillError, messageOf } from '../core/errors.js'
import type { Mark, Scenario, Task } from '../core/scenario.js'
import type { BuildContext, CompiledGraph, System } from '../core/system.js'
import type { NamedOracle, OwnOracle } from './file-scenario.js'
import { findPackage } from './seams/copies.js'
import { install } from './seams/install.js'
import { checkedOracle, isCorrect } from './task-oracles.js'
import { checkedDefences } from './user-defences.js'
import { importModule } from './user-module.js'
import { checkedTasks, sameAnswer, type UserTask } from './user-tasks.js'

/** A system of the user's, with the tasks that came with it. */
export type LoadedSystem = Readonly<{
  system: System
  /** Null when the module brings no tasks. */
  scenario: Scenario | null
  /** The folder from which its packages are resolved. */
  folder: string
  path: string
}>

type UserModule = Readonly<{
  graph?: unknown
  tasks?: unknown
  oracle?: unknown
  input?: unknown
  answer?: unknown
  defences?: unknown
}>

/**
 * Loads a system that knows nothing of Firedrill: `PATH[#export]` names a module with a graph (compiled, uncompiled, or
 * a function that returns one) and, if it likes, `tasks`, `oracle`, `input`, `answer` and `defences`. Where there are
 * defences the graph is a function that takes which of them to leave out.
 */
export async function loadSystem(
  location: string,
  from: string,
  given: readonly UserTask[] | null,
  /** Oracles that come with the given tasks; those of the module are asked where there is none. */
  named: NamedOracle = () => null,
): Promise<LoadedSystem> {
  const [file = '', name = 'graph'] = splitLocation(location)
  const path = resolve(from, file)
  if (!existsSync(path)) {
    throw new FiredrillError('bad-system', `There is no file ${path}.`, {
      hint: 'Give the module that exports your graph: --system ./path/to/graph.ts[#export].',
    })
  }
  const module = await loadedModule(path)
  const exported = (module as Readonly<Record<string, unknown>>)[name]
  requireGraph(exported, name, file, module)
  const tasks = given ?? (module.tasks === undefined ? null : checkedTasks(module.tasks, file))
  const defences =
    module.defences === undefined ? [] : checkedDefences(module.defences, exported, { file, name })
  const id = systemIdOf(path, name)
  if (typeof module.oracle !== 'function') requireExpected(tasks ?? [], named)
  return {
    path: relative(from, path),
    folder: dirname(path),
    scenario: tasks ? scenarioOf(id, tasks, { module, named }) : null,
    system: {
      id,
      summary: `Your graph from ${relative(from, path)}.`,
      ownModels: true,
      codeHash: codeHashOf(path),
      // A function of a graph without defences is called as it always was: its first argument may mean something else.
      build: ({ without }) => builtFrom(exported, defences.length > 0 ? [{ without }] : []),
      ...(defences.length > 0 ? { defences } : {}),
      ...(typeof module.input === 'function'
        ? { input: module.input as (task: Task) => unknown }
        : {}),
      ...(typeof module.answer === 'function'
        ? { answer: module.answer as (state: unknown) => string | null }
        : {}),
    },
  }
}

/** Without any oracle answers are compared with what is expected, so something has to be. */
function requireExpected(tasks: readonly UserTask[], named: NamedOracle): void {
  const bare = tasks.find((task) => task.expected === undefined && named(task) === null)
  if (!bare) return
  throw new FiredrillError('bad-tasks', `Task "${bare.id}" has no "expected".`, {
    hint: 'Say what the answer shall be, or export an `oracle` beside the graph.',
  })
}

/** A Windows path has a colon but no hash, so the last hash is the export's. */
function splitLocation(location: string): readonly string[] {
  const at = location.lastIndexOf('#')
  return at < 0 ? [location] : [location.slice(0, at), location.slice(at + 1)]
}

/** Loads an oracle of the user's: `PATH[#export]` names a function that says whether an answer is right. */
export async function loadOracle(location: string, from: string): Promise<OwnOracle> {
  const [file = '', name] = splitLocation(location)
  const path = resolve(from, file)
  if (!existsSync(path)) {
    throw new FiredrillError('bad-tasks', `There is no file ${path}.`, {
      hint: 'Give the module that exports your oracle: --oracle ./path/to/oracle.ts[#export].',
    })
  }
  const module = (await loadedModule(path)) as Readonly<Record<string, unknown>>
  const exported = name === undefined ? (module['oracle'] ?? module['default']) : module[name]
  return { mark: checkedOracle(exported, location), hash: codeHashOf(path) }
}

async function loadedModule(path: string): Promise<UserModule> {
  // A client that is made while its module loads keeps the `fetch` that it finds there for good.
  const uninstall = install({ nodes: [], chatModels: [], callers: [] })
  try {
    return await importModule(path)
  } catch (cause) {
    throw new FiredrillError('bad-system', `${path} cannot be loaded: ${messageOf(cause)}.`, {
      hint: 'It must load with plain Node.js; are its packages installed?',
      cause,
    })
  } finally {
    uninstall()
  }
}

function requireGraph(exported: unknown, name: string, file: string, module: object): void {
  const inner = graphOf(exported)
  if (typeof exported === 'function' || isCompiled(inner) || isUncompiled(inner)) return
  const names = Object.keys(module).filter((key) => key !== 'default')
  const found =
    exported === undefined ? `exports no "${name}"` : `exports "${name}", which is no graph`
  throw new FiredrillError('bad-system', `${file} ${found}.`, {
    hint:
      names.length > 0
        ? `It exports ${names.join(', ')}; name one that is a LangGraph graph: ${file}#${names[0]}.`
        : 'Export a LangGraph graph as "graph", compiled or not, or a function that returns one.',
  })
}

const isCompiled = (value: unknown): value is CompiledGraph =>
  typeof value === 'object' && value !== null && 'invoke' in value && 'nodes' in value

const isUncompiled = (value: unknown): value is { compile: () => CompiledGraph } =>
  typeof value === 'object' && value !== null && 'compile' in value

/** An agent of the langchain package is no graph itself but has one. */
const graphOf = (value: unknown): unknown =>
  isCompiled(value) ? value : ((value as { graph?: unknown } | null | undefined)?.graph ?? value)

async function builtFrom(
  exported: unknown,
  options: readonly Pick<BuildContext, 'without'>[],
): Promise<CompiledGraph> {
  const graph = graphOf(typeof exported === 'function' ? await exported(...options) : exported)
  if (isCompiled(graph)) return graph
  if (isUncompiled(graph)) return graph.compile()
  throw new Error('The function returned no LangGraph graph.')
}

/** The name of the file, or of its folder when the file's name says nothing. */
function systemIdOf(path: string, name: string): string {
  const stem = basename(path, extname(path))
  const own = ['graph', 'index', 'main'].includes(stem) ? basename(dirname(path)) : stem
  const id = name === 'graph' ? own : `${own}-${name}`
  return (
    id
      .replace(/([a-z\d])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z\d]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'system'
  )
}

function codeHashOf(path: string): string {
  const hash = createHash('sha256').update(readFileSync(path))
  hash.update(findPackage('@langchain/langgraph', dirname(path))?.version ?? '')
  return hash.digest('hex').slice(0, 16)
}

/** The user's tasks as a scenario: his oracle, or the comparison of answers when he brings none. */
function scenarioOf(
  id: string,
  tasks: readonly UserTask[],
  { module, named }: Readonly<{ module: UserModule; named: NamedOracle }>,
): Scenario {
  const byId = new Map(tasks.map((task) => [task.id, task]))
  return {
    id: `${id}-tasks`,
    summary: `Tasks that came with ${id}.`,
    licence: 'yours',
    tasks: ({ count }) =>
      tasks
        .slice(0, count)
        .map(({ id: taskId, text }) => ({ id: taskId, text, protect: [], facts: [] })),
    briefings: {},
    oracle: async ({ id: taskId }, answer) => {
      const task = byId.get(taskId)
      if (!task) throw new Error(`There is no task ${taskId}.`)
      return named(task)?.(answer) ?? markOf(await verdictOf(task, answer, module), task)
    },
  }
}

async function verdictOf(task: UserTask, answer: string, { oracle }: UserModule): Promise<unknown> {
  if (typeof oracle === 'function') return oracle(task, answer)
  return sameAnswer(answer, task.expected)
}

function markOf(verdict: unknown, { expected }: UserTask): Mark {
  const correct = isCorrect(verdict)
  const note = correct ? '' : `expected ${String(expected)}`
  return { correct, result: correct ? 'right' : 'wrong', note }
}
