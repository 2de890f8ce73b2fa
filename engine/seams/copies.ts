import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, parse } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nodePrototypeOf, type Prototypes } from './install.js'

/** One copy of a package on disk. */
export type PackageCopy = Readonly<{ name: string; version: string; folder: string }>

const require = createRequire(import.meta.url)

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
    const graph = add('@langchain/langgraph', folder)
    add('@langchain/core', folder)
    if (graph) add('@langchain/core', graph.folder)
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
  const prototypes = async (name: string, path: string, member: string) => {
    const of = copies.filter((copy) => copy.name === name)
    const modules = await Promise.all(of.map((copy) => loadedModules(copy, path)))
    return modules.flat().flatMap((module) => module[member]?.prototype ?? [])
  }
  const core = '@langchain/core'
  return {
    nodes: [
      ...graphs.flatMap((graph) => nodePrototypeOf(graph) ?? []),
      ...(await prototypes('@langchain/langgraph', 'pregel/read', 'PregelNode')),
    ],
    chatModels: await prototypes(core, 'language_models/chat_models', 'BaseChatModel'),
    callers: await prototypes(core, 'utils/async_caller', 'AsyncCaller'),
  }
}
