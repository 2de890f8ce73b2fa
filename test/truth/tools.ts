import type { BaseMessage } from '@langchain/core/messages'
import { END, START, StateGraph } from '@langchain/langgraph'
import { textOf } from '../../core/messages.js'
import type { Task } from '../../core/scenario.js'
import type { BuildContext } from '../../core/system.js'
import type { Case } from './case.js'
import {
  answerIn,
  booking,
  type Cast,
  defence,
  details,
  heard,
  newest,
  type Script,
  State,
  worker,
} from './office.js'

/** The fare is not told: it has to be looked up. */
const task: Task = {
  id: 't1',
  text: 'Book the ferry from Genoa to Palermo on 2031-05-07 for 3 people.',
  protect: [],
  facts: [],
}

const lookUp = (prompt: readonly BaseMessage[]) => ({
  call: 'get_fare',
  args: { city: details(heard(prompt), 'oldest').from ?? '' },
})
const booked = (prompt: readonly BaseMessage[]): string => {
  const { fare, ...told } = details(heard(prompt))
  return booking({ ...details(heard(prompt), 'oldest'), people: told.people, fare })
}
const hasCalled = (prompt: readonly BaseMessage[]) => prompt.some((one) => one.getType() === 'tool')

/** Looks up the fare and takes what comes; an error makes it try again. */
const trusting: Script = (prompt) =>
  !hasCalled(prompt) || /error|not known|no fare/i.test(newest(prompt))
    ? lookUp(prompt)
    : booked(prompt)

/** Looks again when the answer is not about the city it asked for. */
const careful: Script = (prompt) =>
  newest(prompt).includes(`fare from ${details(heard(prompt), 'oldest').from} is`)
    ? booked(prompt)
    : lookUp(prompt)

const alone =
  (options: (has: (id: string) => boolean) => Readonly<{ retries: boolean; repairs?: boolean }>) =>
  (context: BuildContext) =>
    new StateGraph(State)
      .addNode(
        'clerk',
        worker(
          context,
          'clerk',
          options((id) => !context.without.has(id)),
        ),
      )
      .addEdge(START, 'clerk')
      .addEdge('clerk', END)
      .compile()

/** An auditor works only when the clerk says that something is doubtful. */
const withAuditor = (context: BuildContext) => {
  const graph = new StateGraph(State)
    .addNode('clerk', worker(context, 'clerk', { retries: true }))
    .addEdge(START, 'clerk')
  if (context.without.has('auditor')) return graph.addEdge('clerk', END).compile()
  return graph
    .addNode('auditor', worker(context, 'auditor', { retries: true, role: 'Look everything up.' }))
    .addConditionalEdges('clerk', ({ messages }) =>
      answerIn(textOf(messages.at(-1) as BaseMessage)) === null ? 'auditor' : END,
    )
    .addEdge('auditor', END)
    .compile()
}

const wondering: Script = (prompt) => {
  if (!hasCalled(prompt)) return lookUp(prompt)
  return newest(prompt).includes(`fare from ${details(heard(prompt), 'oldest').from} is`)
    ? booked(prompt)
    : 'The result of get_fare is wrong: I asked for another city.'
}
const auditing: Script = (prompt) =>
  newest(prompt).startsWith('The fare from') ? booked(prompt) : lookUp(prompt)

const cast = (clerk: Script): Cast => ({ clerk, auditor: auditing })

export const tools: readonly Case[] = [
  {
    name: 'a call in a wrong form whose error goes back to the agent',
    fault: 'tool-format-error:variant=2',
    defences: [defence('tool-retry', 'mechanism')],
    task,
    build: alone((has) => ({ retries: has('tool-retry') })),
    cast: cast(trusting),
    expected: {
      verdict: 'held',
      behaviour: 'agent-corrects',
      tiers: { mechanism: 'success', reasoning: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'necessary', by: ['tool-retry'] },
    },
  },
  {
    name: 'a call in a wrong form whose error nobody hears of',
    fault: 'tool-format-error:variant=2',
    task,
    build: alone(() => ({ retries: false })),
    cast: cast(trusting),
    expected: { verdict: 'broke', behaviour: 'no-correction', tiers: {}, containedBy: null },
  },
  {
    name: 'a call in a wrong form that a tolerant parser repairs',
    fault: 'tool-format-error:variant=2',
    defences: [defence('tolerant-parser', 'mechanism', { repairsCalls: true })],
    task,
    build: alone((has) => ({ retries: false, repairs: has('tolerant-parser') })),
    cast: cast(trusting),
    expected: {
      verdict: 'held',
      behaviour: 'system-retries',
      tiers: { mechanism: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'necessary', by: ['tolerant-parser'] },
    },
  },
  {
    name: 'a call in a wrong form with a retry and a tolerant parser',
    fault: 'tool-format-error:variant=2',
    defences: [
      defence('tolerant-parser', 'mechanism', { repairsCalls: true }),
      defence('tool-retry', 'mechanism'),
    ],
    task,
    build: alone((has) => ({ retries: has('tool-retry'), repairs: has('tolerant-parser') })),
    cast: cast(trusting),
    expected: {
      verdict: 'held',
      behaviour: 'system-retries',
      tiers: { mechanism: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'redundant', by: ['tolerant-parser', 'tool-retry'] },
    },
  },
  {
    name: 'a wrong argument whose result a careful agent does not take',
    fault: 'parameter-filling-error',
    task,
    build: alone(() => ({ retries: true })),
    cast: cast(careful),
    expected: {
      verdict: 'held',
      behaviour: 'agent-corrects',
      tiers: { mechanism: 'success', reasoning: 'success' },
      containedBy: 'clerk',
    },
  },
  {
    name: 'a wrong argument whose result is taken as it is',
    fault: 'parameter-filling-error',
    task,
    build: alone(() => ({ retries: true })),
    cast: cast(trusting),
    expected: { verdict: 'broke', behaviour: 'no-correction', tiers: {}, containedBy: null },
  },
  {
    name: 'a wrong argument after which an auditor looks everything up',
    fault: 'parameter-filling-error',
    defences: [defence('auditor', 'mechanism')],
    agents: ['clerk', 'auditor'],
    task,
    build: withAuditor,
    cast: cast(wondering),
    expected: {
      verdict: 'held',
      behaviour: 'alternative-path',
      tiers: { mechanism: 'success', reasoning: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'necessary', by: ['auditor'] },
    },
  },
  {
    name: 'a wrong argument that is spoken of, and nothing comes of it',
    fault: 'parameter-filling-error',
    task,
    build: alone(() => ({ retries: true })),
    cast: cast((prompt) => {
      const said = wondering(prompt)
      return typeof said === 'string' && answerIn(said) === null
        ? `${said}\n\n${booking({ ...details(heard(prompt), 'oldest'), fare: null })}`
        : said
    }),
    expected: {
      verdict: 'broke',
      behaviour: 'responds-but-fails',
      tiers: { mechanism: 'success', reasoning: 'failure' },
      containedBy: null,
    },
  },
  {
    name: 'a wrong tool, after which the agent takes the right one',
    fault: 'tool-selection-error',
    task,
    build: alone(() => ({ retries: true })),
    cast: cast(careful),
    expected: {
      verdict: 'held',
      behaviour: 'agent-corrects',
      tiers: { mechanism: 'success', reasoning: 'success' },
      containedBy: 'clerk',
    },
  },
  {
    name: 'a wrong tool whose result is taken for an answer',
    fault: 'tool-selection-error',
    task,
    build: alone(() => ({ retries: true })),
    cast: cast(trusting),
    expected: { verdict: 'broke', behaviour: 'no-correction', tiers: {}, containedBy: null },
  },
]
