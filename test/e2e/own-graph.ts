import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { foreignFolder, repository } from './command.js'

const start = `
import { AIMessage } from '@langchain/core/messages'
import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
export const tasks = [
  { id: 'sum', text: 'What is 2 + 2?', expected: 4 },
  { id: 'product', text: 'What is 2 * 2?', expected: 4 },
]
const builder = new StateGraph(MessagesAnnotation)
`

/** A folder of a user's with a graph of two tasks in it, and our packages as its own. */
export function own(code: string): string {
  const folder = foreignFolder()
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'graph.mjs'), start + code)
  return folder
}
