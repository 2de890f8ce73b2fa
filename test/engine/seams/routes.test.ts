import { Annotation, Command, END, Send, START, StateGraph } from '@langchain/langgraph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Deliberate, inTrial, openTrial, type Policy, Skip } from '../../../engine/seams/context.js'
import { redirect, routeTo, sendLive, targetOf, type Write } from '../../../engine/seams/routes.js'
import { installEverywhere, onEdge, tried } from './trial.js'

const State = Annotation.Root({
  trail: Annotation<string[]>({ reducer: (a, b) => a.concat(b), default: () => [] }),
})
type Update = { trail: string[] }
type Node = () => Promise<Update | Command>

/** What the nodes of one graph did, in order; the state cannot tell, since it holds only what was written. */
const visits = () => {
  const visited: string[] = []
  const visit = (name: string) => async (): Promise<Update> => {
    visited.push(name)
    return { trail: [name] }
  }
  return { visited, visit }
}
type Visit = ReturnType<typeof visits>['visit']

/** a -> b -> c; no edge leads to the bystanders x and y unless a fault sends something there. */
const nodes = (visit: Visit, a: Node, b: Node, ends: Readonly<{ a: string[]; b: string[] }>) =>
  new StateGraph(State)
    .addNode('a', a, { ends: ends.a })
    .addNode('b', b, { ends: ends.b })
    .addNode('c', visit('c'))
    .addNode('x', visit('x'))
    .addNode('y', visit('y'))
    .addEdge(START, 'a')
const noEnds = { a: [], b: [] }
const ends = { a: ['b', 'x'], b: ['c', 'y'] }

const goTo = (visit: Visit, name: string, goto: string): Node => {
  return async () => new Command({ goto, update: await visit(name)() })
}

/** A graph whose only node commands the graph around it. */
const commander = (visit: Visit, name: string, goto: string) => {
  const leaf = async () => new Command({ goto, graph: Command.PARENT, update: await visit(name)() })
  return new StateGraph(State)
    .addNode(`in_${name}`, leaf, { ends: [] })
    .addEdge(START, `in_${name}`)
    .compile()
}

const edges = {
  static: (visit: Visit) =>
    nodes(visit, visit('a'), visit('b'), noEnds)
      .addEdge('a', 'b')
      .addEdge('b', 'c')
      .addConditionalEdges('c', () => END, ['x', 'y', END])
      .compile(),
  conditional: (visit: Visit) =>
    nodes(visit, visit('a'), visit('b'), noEnds)
      .addConditionalEdges('a', () => 'b' as const, ['b', 'x'])
      .addConditionalEdges('b', () => 'c' as const, ['c', 'y'])
      .compile(),
  Command: (visit: Visit) =>
    nodes(visit, goTo(visit, 'a', 'b'), goTo(visit, 'b', 'c'), ends).compile(),
  Send: (visit: Visit) =>
    nodes(visit, visit('a'), visit('b'), noEnds)
      .addConditionalEdges('a', (state) => [new Send('b', state)], ['b', 'x'])
      .addConditionalEdges('b', (state) => [new Send('c', state)], ['c', 'y'])
      .compile(),
  'Command to the parent': (visit: Visit) =>
    new StateGraph(State)
      .addNode('a', commander(visit, 'a', 'b'), { ends: ends.a })
      .addNode('b', commander(visit, 'b', 'c'), { ends: ends.b })
      .addNode('c', visit('c'))
      .addNode('x', visit('x'))
      .addNode('y', visit('y'))
      .addEdge(START, 'a')
      .compile(),
}

/** Copies of a route that are an activation each; a Send is one already. */
const copies = (write: Write, number: number): Write[] =>
  Array.from({ length: number }, () => (write[0] === '__pregel_tasks' ? write : sendLive('b')))

/** Lets b wait: its execution is skipped and activates b once more. */
function delayed(supersteps: number): Policy {
  let left = supersteps
  return {
    onInput: ({ node, triggers }, input) => {
      if (node !== 'b' || left === 0) return input
      left -= 1
      const wasSent = triggers[0] === '__pregel_push'
      return new Skip([wasSent ? ['__pregel_tasks', new Send('b', input)] : routeTo('b')])
    },
  }
}

const onNode = (name: string, change: (input: unknown) => unknown): Policy => ({
  onInput: ({ node }, input) => (node === name ? change(input) : input),
})

const inOrder = (path: string) => (visited: readonly string[]) => visited.join('') === path
const count = (name: string, visited: readonly string[]) =>
  visited.filter((visit) => visit === name).length

type Case = Readonly<{
  effect: string
  policy: () => Policy
  expected: (visited: readonly string[]) => boolean
}>
const cases: readonly Case[] = [
  { effect: 'nothing', policy: () => ({}), expected: inOrder('abc') },
  { effect: 'drop', policy: () => onEdge('a', 'b', () => []), expected: inOrder('a') },
  {
    effect: 'misroute',
    policy: () => onEdge('a', 'b', (write) => [redirect(write, 'x')]),
    expected: inOrder('ax'),
  },
  {
    effect: 'storm of three',
    policy: () => onEdge('a', 'b', (write) => copies(write, 3)),
    expected: (visited) => count('b', visited) === 3 && visited.at(-1) === 'c',
  },
  {
    effect: 'broadcast',
    policy: () =>
      onEdge('a', 'b', (write) => ['b', 'c', 'x', 'y'].map((node) => redirect(write, node))),
    expected: (visited) => [...visited.slice(0, 5)].sort().join('') === 'abcxy',
  },
  {
    effect: 'cycle of one echo',
    policy: () => onEdge('b', 'c', (write) => [redirect(write, 'a')]),
    expected: inOrder('ababc'),
  },
  {
    effect: 'replay of a beside c',
    policy: () => onEdge('b', 'c', (write) => [write, sendLive('a')]),
    expected: (visited) => count('a', visited) === 2 && visited.includes('c'),
  },
  { effect: 'delay of two supersteps', policy: () => delayed(2), expected: inOrder('abc') },
  {
    effect: 'omission of b',
    policy: () => onNode('b', () => new Skip([routeTo('c')])),
    expected: inOrder('ac'),
  },
]

describe('one policy does the same to every way of saying a -> b -> c', () => {
  let uninstall = () => {}
  beforeAll(async () => {
    uninstall = await installEverywhere()
  })
  afterAll(() => uninstall())

  describe.each(Object.entries(edges))('%s', (_, build) => {
    test.each(cases)('$effect', async ({ policy, expected }) => {
      const { visited, visit } = visits()
      const graph = build(visit)
      const { trial } = await tried(policy(), () =>
        graph.invoke({ trail: [] }, { recursionLimit: 20 }),
      )
      expect(visited).toSatisfy(expected)
      expect(trial.failure).toBeNull()
    })

    test('a cycle without end reaches the limit of supersteps', async () => {
      const { visit } = visits()
      const graph = build(visit)
      const endless: Policy = {
        onWrites: ({ node }, writes) =>
          writes.map((write) =>
            node === 'b' && targetOf(write) === 'c' ? redirect(write, 'a') : write,
          ),
      }
      const work = tried(endless, () => graph.invoke({ trail: [] }, { recursionLimit: 12 }))
      await expect(work).rejects.toMatchObject({ name: 'GraphRecursionError' })
    })

    test('a crash of b ends the trial with the injected error, which is no failure of ours', async () => {
      class Crash extends Deliberate {}
      const { visited, visit } = visits()
      const crash = onNode('b', () => {
        throw new Crash('injected')
      })
      const trial = openTrial(crash)
      const work = inTrial(trial, () => build(visit).invoke({ trail: [] }))
      await expect(work).rejects.toThrow('injected')
      expect(visited).toEqual(['a'])
      expect(trial.failure).toBeNull()
    })
  })
})
