import type { BaseMessage } from '@langchain/core/messages'
import { AIMessage } from '@langchain/core/messages'
import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { TillModel, totalIn } from './model.js'

/** What a till needs to be tested: questions with exact answers. */
export const tasks = [
  { id: 'lamps', text: 'What do 3 lamps at 40 euros cost?', expected: 120 },
  { id: 'chairs', text: 'What do 4 chairs at 75 euros cost?', expected: 300 },
  { id: 'tables', text: 'What do 2 tables at 180 euros cost?', expected: 360 },
  { id: 'rugs', text: 'What do 6 rugs at 119 euros cost?', expected: 714 },
  { id: 'clocks', text: 'What do 8 clocks at 26 euros cost?', expected: 208 },
  { id: 'mirrors', text: 'What do 5 mirrors at 62 euros cost?', expected: 310 },
]

/** What may save an answer, and can be taken out to see whether it did. */
export const defences = [
  {
    id: 'check',
    tier: 'rule',
    summary: 'A false total is followed by a correction before anybody uses it.',
  },
  {
    id: 'own-look',
    tier: 'mechanism',
    summary: 'The cashier reads the question as well, not only what the clerk made of it.',
  },
]

type State = typeof MessagesAnnotation.State

/** A clerk reckons, a cashier states what is to be paid. Without a defence that is named, its part is missing. */
export function graph({ without }: Readonly<{ without: ReadonlySet<string> }>) {
  const model = new TillModel()
  const ask = async (name: string, role: string, messages: readonly BaseMessage[]) => {
    const { text } = await model.invoke([{ role: 'system', content: role }, ...messages])
    return { messages: [new AIMessage({ name, content: text })] }
  }
  const clerk = ({ messages }: State) => ask('clerk', 'You are the clerk of a till.', messages)
  const cashier = ({ messages: [question, ...said] }: State) =>
    ask(
      'cashier',
      'You are the cashier of a till.',
      question && !without.has('own-look') ? [question, ...said] : said,
    )
  const check = ({ messages: [question, ...said] }: State) => {
    const [right, stated] = [totalIn(question?.text ?? ''), totalIn(said.at(-1)?.text ?? '')]
    if (!right || stated?.total === right.total) return {}
    const correction = `The total of ${right.pieces} at ${right.price} euros is ${right.total} euros.`
    return { messages: [new AIMessage({ name: 'check', content: correction })] }
  }

  const till = new StateGraph(MessagesAnnotation)
    .addNode('clerk', clerk)
    .addNode('cashier', cashier)
    .addEdge(START, 'clerk')
  return without.has('check')
    ? till.addEdge('clerk', 'cashier').compile()
    : till.addNode('check', check).addEdge('clerk', 'check').addEdge('check', 'cashier').compile()
}

/** What stands behind ANSWER in the last message; null when the till gave no answer. */
export function answer({ messages }: Pick<State, 'messages'>): string | null {
  return /^ANSWER: (\S+)$/m.exec(messages.at(-1)?.text ?? '')?.[1] ?? null
}
