import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, parse } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nodePrototypeOf, type Prototypes } from './install.js'
import type { SendClass } from './routes.js'
import type { Library } from './self-test.js'

/** One copy of a package on disk. */
export type PackageCopy = Readonly<{ name: string; version: string; folder: string }>

const require = createRequire(import.meta.url)
const core = '@langchain/core'
const langgraph = '@langchain/langgraph'

/** The copy of a package that code in a folder would load; null when there is none. */
export function findPackage(name: string, from: string): PackageCopy | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    const manifest = join(candidate, 'package.json')
    if (existsSync(manifest)) {
      const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
      return { name, version, folder: realpathSync(candidate) }
    }
    if (folder === parse(folder).root) return null
  }
}

/** All copies of LangChain's core and of LangGraph that code in these folders would load, each once. */
export function findCopies(folders: readonly string[]): readonly PackageCopy[] {
  const found = new Map<string, PackageCopy>()
  const add = (name: string, from: string) => {
    const copy = findPackage(name, from)
    if (copy) found.set(copy.folder, copy)
    return copy
  }
  for (const folder of folders) {
    const graph = add(langgraph, folder)
    add(core, folder)
    if (graph) add(core, graph.folder)
  }
  return [...found.values()]
}

type Module = Readonly<Record<string, { prototype: object } | undefined>>

/**
 * A file of a package as ES module and, if this process has loaded it, as CommonJS: two copies of its classes. What was
 * never loaded cannot be in use, and loading it would cost a second.
 */
async function loadedModules({ folder }: PackageCopy, path: string): Promise<readonly Module[]> {
  const base = join(folder, 'dist', path)
  const modules: Module[] = []
  if (existsSync(`${base}.js`)) modules.push(await import(pathToFileURL(`${base}.js`).href))
  const common = `${base}.cjs`
  if (require.cache[common]) modules.push(require(common) as Module)
  return modules
}

/** Where to cut the seams for these graphs and for every copy of LangGraph and LangChain's core in reach. */
export async function prototypesOf(
  graphs: readonly unknown[],
  copies: readonly PackageCopy[],
): Promise<Prototypes> {
  const cores = copies.filter(({ name }) => name === core)
  const prototypes = async (path: string, member: string) => {
    const modules = await Promise.all(cores.map((copy) => loadedModules(copy, path)))
    return modules.flat().flatMap((module) => module[member]?.prototype ?? [])
  }
  const nodes = await Promise.all(copies.filter(({ name }) => name === langgraph).map(nodesOf))
  return {
    nodes: [
      ...graphs.flatMap((graph) => nodePrototypeOf(graph) ?? []),
      ...nodes.flat().map(({ prototype }) => prototype),
    ],
    sends: new Map(nodes.flat().map(({ prototype, sendClass }) => [prototype, sendClass])),
    chatModels: await prototypes('language_models/chat_models', 'BaseChatModel'),
    callers: await prototypes('utils/async_caller', 'AsyncCaller'),
  }
}

/** The nodes of a copy of LangGraph with the Send that they understand, as ES module and as CommonJS. */
async function nodesOf(copy: PackageCopy) {
  const reads = await loadedModules(copy, 'pregel/read')
  const constants = await loadedModules(copy, 'constants')
  return reads.flatMap((module, at) => {
    const prototype = module['PregelNode']?.prototype
    const sendClass = constants[at]?.['Send'] as SendClass | undefined
    return prototype && sendClass ? [{ prototype, sendClass }] : []
  })
}

/** A copy of LangGraph as its users import it, with the chat model of its core; to try the seams on it. */
export async function libraryOf(copy: PackageCopy): Promise<Library | null> {
  const coreOf = findPackage(core, copy.folder)
  const files = [
    join(copy.folder, 'dist', 'index.js'),
    coreOf && join(coreOf.folder, 'dist', 'language_models', 'chat_models.js'),
  ]
  const [graph, models] = await Promise.all(
    files.map((file) => (file && existsSync(file) ? import(pathToFileURL(file).href) : null)),
  )
  return graph && models ? { ...graph, SimpleChatModel: models.SimpleChatModel } : null
}
