import { createRequire } from 'node:module'
import { StateGraph } from '@langchain/langgraph'
import { afterEach, expect, test } from 'vitest'
import { findCopies, findPackage, prototypesOf } from '../../../engine/seams/copies.js'
import { install } from '../../../engine/seams/install.js'
import { EchoModel } from '../../contracts/graph-kinds/echo-model.js'
import { inner } from '../../contracts/graph-kinds/state-graphs.js'
import { tried, watching } from './trial.js'

const require = createRequire(import.meta.url)
type Packages = typeof import('@langchain/langgraph') &
  typeof import('@langchain/core/language_models/chat_models') &
  typeof import('@langchain/core/messages')
const common = {
  ...require('@langchain/langgraph'),
  ...require('@langchain/core/language_models/chat_models'),
  ...require('@langchain/core/messages'),
} as Packages

class CommonModel extends common.BaseChatModel {
  _llmType() {
    return 'common'
  }
  async _generate() {
    return { generations: [{ text: 'common', message: new common.AIMessage('common') }] }
  }
}

const State = common.Annotation.Root({ word: common.Annotation<string> })

/** A graph of the CommonJS copies, as a program that is no ES module has it. */
const commonGraph = () =>
  new common.StateGraph(State)
    .addNode('n', async () => ({ word: (await new CommonModel({}).invoke('hi')).text }))
    .addEdge(common.START, 'n')
    .compile()

let uninstall = () => {}
afterEach(() => uninstall())

test('both copies of the packages are really two', () => {
  expect(common.StateGraph).not.toBe(StateGraph)
})

test('graphs of the ES modules and of CommonJS are both seen, one inside the other too', async () => {
  uninstall = install(await prototypesOf([], findCopies([import.meta.dirname])))
  const { seen, policy } = watching()
  const outer = new common.StateGraph(State)
    .addNode('esm', async () => {
      await inner(new EchoModel()).invoke({ trail: [] })
      return {}
    })
    .addNode('cjs', async () => commonGraph().invoke({ word: '' }))
    .addEdge(common.START, 'esm')
    .addEdge('esm', 'cjs')
    .compile()
  const { result } = await tried(policy, () => outer.invoke({ word: '' }))
  expect(result.word).toBe('common')
  expect(seen.executions).toEqual(['esm#0', 'esm#0/i1#0', 'esm#0/i2#0', 'cjs#0', 'cjs#0/n#0'])
  expect(seen.calls).toEqual(['esm#0/i1#0.0', 'esm#0/i2#0.0', 'cjs#0/n#0.0'])
})

test('a graph shows the copy that it comes from, even when no folder does', async () => {
  const { nodes } = await prototypesOf([commonGraph(), inner(new EchoModel())], [])
  expect(new Set(nodes).size).toBe(2)
})

test('a package is found from any folder below it, once, and not where there is none', () => {
  const here = findPackage('@langchain/core', import.meta.dirname)
  expect(here?.version).toMatch(/^1\./)
  expect(findPackage('@langchain/core', '/')).toBeNull()
  const copies = findCopies([import.meta.dirname, `${import.meta.dirname}/..`])
  expect(copies.map(({ name }) => name).sort()).toEqual(['@langchain/core', '@langchain/langgraph'])
})
