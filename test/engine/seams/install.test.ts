import { afterEach, describe, expect, test } from 'vitest'
import { FiredrillError } from '../../../core/errors.js'
import { findCopies, prototypesOf } from '../../../engine/seams/copies.js'
import { install, nodePrototypeOf, type Prototypes } from '../../../engine/seams/install.js'
import { EchoModel } from '../../contracts/graph-kinds/echo-model.js'
import { edges } from '../../contracts/graph-kinds/state-graphs.js'
import { tried, watching } from './trial.js'

const graph = edges(new EchoModel())
const prototypes = await prototypesOf([graph], findCopies([import.meta.dirname]))

/** Every method of the prototypes, to see whether anything of ours is left on them. */
const methods = ({ nodes, chatModels, callers }: Prototypes) =>
  [...nodes, ...chatModels, ...callers].map((prototype) =>
    Object.getOwnPropertyDescriptors(prototype),
  )

const seesCalls = async () => {
  const { seen, policy } = watching()
  await tried(policy, () => edges(new EchoModel()).invoke({ trail: [] }))
  return seen.calls.length > 0 && seen.executions.length > 0
}

const open: (() => void)[] = []
const installed = (where: Prototypes) => {
  const uninstall = install(where)
  open.push(uninstall)
  return uninstall
}
afterEach(() => {
  for (const uninstall of open.splice(0)) uninstall()
})

describe('install', () => {
  test('finds something to patch in each of the three places', () => {
    expect(prototypes.nodes.length).toBeGreaterThan(0)
    expect(prototypes.chatModels.length).toBeGreaterThan(0)
    expect(prototypes.callers.length).toBeGreaterThan(0)
  })

  test('sees a trial until it is taken off, and leaves every method as it was', async () => {
    const before = methods(prototypes)
    const uninstall = installed(prototypes)
    expect(methods(prototypes)).not.toEqual(before)
    expect(await seesCalls()).toBe(true)
    uninstall()
    expect(methods(prototypes)).toEqual(before)
    expect(await seesCalls()).toBe(false)
  })

  test('patches once for many users and lets the last one restore', async () => {
    const before = methods(prototypes)
    const first = installed(prototypes)
    const once = methods(prototypes)
    const second = installed(prototypes)
    expect(methods(prototypes)).toEqual(once)
    first()
    first()
    expect(await seesCalls()).toBe(true)
    second()
    expect(methods(prototypes)).toEqual(before)
  })

  test('leaves nothing behind when an internal is missing, and names it', () => {
    const before = methods(prototypes)
    const halfNode = { getNode: () => undefined }
    const attempt = () => install({ ...prototypes, nodes: [...prototypes.nodes, halfNode] })
    expect(attempt).toThrow(FiredrillError)
    expect(attempt).toThrow(/getWriters/)
    expect(Object.keys(halfNode)).toEqual(['getNode'])
    expect(methods(prototypes)).toEqual(before)
  })

  test('restores a method that was inherited by removing its own', () => {
    class Base {
      async callWithRetries() {}
    }
    class Derived extends Base {}
    const uninstall = installed({ nodes: [], chatModels: [], callers: [Derived.prototype] })
    expect(Object.hasOwn(Derived.prototype, 'callWithRetries')).toBe(true)
    uninstall()
    expect(Object.hasOwn(Derived.prototype, 'callWithRetries')).toBe(false)
  })
})

describe('nodePrototypeOf', () => {
  test('is the same for all graphs of one copy', () => {
    expect(nodePrototypeOf(graph)).not.toBeNull()
    expect(nodePrototypeOf(edges(new EchoModel()))).toBe(nodePrototypeOf(graph))
  })

  test.each([null, undefined, {}, { nodes: {} }, { nodes: null }, { nodes: { a: {} } }])(
    'is null for %j, which is no graph',
    (value) => {
      expect(nodePrototypeOf(value)).toBeNull()
    },
  )
})
