import { FiredrillError } from '../../core/errors.js'
import { patchGraph, rememberSend } from './graph-seam.js'
import { patchCaller, patchChatModel } from './model-seam.js'
import type { SendClass } from './routes.js'
import { patchFetch } from './wire-seam.js'

// biome-ignore lint/suspicious/noExplicitAny: the originals are internals of LangGraph without published types
type Original = (...args: any[]) => unknown

/** Puts a wrapper in the place of a method. */
export type Patch = (object: object, name: string, wrap: (original: Original) => Original) => void

/** Where the seams are cut: one prototype per copy of a package that the process holds. */
export type Prototypes = Readonly<{
  /** Of `PregelNode`: reached from any compiled graph, since the class is not exported. */
  nodes: readonly object[]
  /** Send of the copy that each of them belongs to, where it is known. */
  sends?: ReadonlyMap<object, SendClass>
  /** Of `BaseChatModel`. */
  chatModels: readonly object[]
  /** Of `AsyncCaller`. */
  callers: readonly object[]
}>

/** The prototype of the nodes of a compiled graph; null when it has none, because it is no graph. */
export function nodePrototypeOf(graph: unknown): object | null {
  const nodes = (graph as { nodes?: unknown } | null)?.nodes
  if (typeof nodes !== 'object' || nodes === null) return null
  const [node] = Object.values(nodes)
  const prototype: unknown = node ? Object.getPrototypeOf(node) : null
  return prototype && 'getNode' in (prototype as object) ? (prototype as object) : null
}

const installed = new Map<object, Readonly<{ users: number; restore: () => void }>>()

/**
 * Cuts the seams and returns the function that takes them off again.
 *
 * A prototype is patched once, however many runs install it, and restored when the last of them is done. If a name is
 * missing nothing stays patched and the error names it.
 */
export function install({ nodes, sends, chatModels, callers }: Prototypes): () => void {
  for (const [prototype, sendClass] of sends ?? []) rememberSend(prototype, sendClass)
  const undo: (() => void)[] = []
  const uninstall = () => {
    for (const restore of undo.splice(0).reverse()) restore()
  }
  const cut = (prototype: object, make: (prototype: object, patch: Patch) => void) => {
    const before = installed.get(prototype)
    const restore = before?.restore ?? patchOnce(prototype, make)
    installed.set(prototype, { users: (before?.users ?? 0) + 1, restore })
    undo.push(() => release(prototype))
  }
  try {
    for (const prototype of new Set(nodes)) cut(prototype, patchGraph)
    for (const prototype of new Set(chatModels)) cut(prototype, patchChatModel)
    for (const prototype of new Set(callers)) cut(prototype, patchCaller)
    if (typeof globalThis.fetch === 'function') cut(globalThis, patchFetch)
  } catch (error) {
    uninstall()
    throw error
  }
  return uninstall
}

function patchOnce(prototype: object, make: (prototype: object, patch: Patch) => void): () => void {
  const undo: (() => void)[] = []
  const restore = () => {
    for (const step of undo.splice(0).reverse()) step()
  }
  try {
    make(prototype, (object, name, wrap) => undo.push(replace(object, name, wrap)))
  } catch (error) {
    restore()
    throw error
  }
  return restore
}

function replace(object: object, name: string, wrap: (original: Original) => Original): () => void {
  const own = Object.getOwnPropertyDescriptor(object, name)
  const original: unknown = Reflect.get(object, name)
  if (typeof original !== 'function') {
    throw new FiredrillError('incompatible-langgraph', `LangGraph's internals have no "${name}".`, {
      hint: 'Firedrill works with @langchain/langgraph ^1.0.0; run `firedrill doctor` to see which versions it found.',
    })
  }
  const value = wrap(original as Original)
  Object.defineProperty(object, name, { value, writable: true, configurable: true })
  return () => {
    // What somebody has put over ours in the meantime stays; ours below it hands through.
    if (Reflect.get(object, name) !== value) return
    if (own) Object.defineProperty(object, name, own)
    else Reflect.deleteProperty(object, name)
  }
}

function release(prototype: object): void {
  const entry = installed.get(prototype)
  if (!entry) return
  if (entry.users > 1) {
    installed.set(prototype, { ...entry, users: entry.users - 1 })
    return
  }
  installed.delete(prototype)
  entry.restore()
}
