import type { BaseMessage } from '@langchain/core/messages'
import { END, START, StateGraph } from '@langchain/langgraph'
import { textOf } from '../../core/messages.js'
import type { BuildContext } from '../../core/system.js'
import type { Case } from './case.js'
import {
  agent,
  answerIn,
  booking,
  by,
  type Cast,
  defence,
  details,
  heard,
  isWhole,
  line,
  role,
  type Script,
  State,
  telling,
} from './office.js'

const cast: Cast = {
  planner: (prompt) => telling(details(heard(prompt), 'oldest')),
  clerk: (prompt) => booking(details(heard(prompt))),
}
/** Takes what was told first, and what is missing there from the rest. */
const byFirst: Script = (prompt) => booking(details(heard(prompt), 'oldest'))

const planner = (context: BuildContext) => agent(context, 'planner', { reads: by('task') })
const has = ({ without }: BuildContext, id: string) => !without.has(id)

/** A planner tells a clerk, who may read the task as well. */
const withSource = (id: string) => (context: BuildContext) =>
  line(
    planner(context),
    agent(context, 'clerk', {
      reads: has(context, id) ? by('task', 'planner') : by('planner'),
    }),
  )
const handedOn = (context: BuildContext) =>
  line(planner(context), agent(context, 'clerk', { reads: by('planner') }))

/** A critic may send the clerk back, once. */
const withCritic = (reads: readonly string[]) => (context: BuildContext) => {
  const graph = new StateGraph(State)
    .addNode('planner', planner(context))
    .addNode('clerk', agent(context, 'clerk', { reads: by('planner', 'critic') }))
    .addEdge(START, 'planner')
    .addEdge('planner', 'clerk')
  if (!has(context, 'critic')) return graph.addEdge('clerk', END).compile()
  return graph
    .addNode('critic', agent(context, 'critic', { reads: by(...reads) }))
    .addEdge('clerk', 'critic')
    .addConditionalEdges('critic', ({ messages }) =>
      /^REJECT/.test(textOf(messages.at(-1) as BaseMessage)) && messages.length < 8 ? 'clerk' : END,
    )
    .compile()
}
/** Compares the booking with the task, if it can read that. */
const comparing: Script = (prompt) => {
  const text = heard(prompt)
  const booked = answerIn(text) ?? ''
  const told = details(text, 'oldest')
  const wanted = answerIn(booking(told))
  return isWhole(told) && wanted !== booked
    ? `REJECT\n- The booking says ${booked}, which is wrong.\n- ${telling(told)}`
    : 'APPROVE'
}

/** Three planners, of whom the clerk follows the majority. */
const withVote = (context: BuildContext) => {
  const voter = (id: string) => agent(context, id, { reads: by('task') })
  const follows = (...voters: readonly string[]) =>
    agent(context, 'clerk', { reads: by(...voters) })
  if (!has(context, 'vote')) {
    return new StateGraph(State)
      .addNode('one', voter('one'))
      .addNode('clerk', follows('one'))
      .addEdge(START, 'one')
      .addEdge('one', 'clerk')
      .addEdge('clerk', END)
      .compile()
  }
  return new StateGraph(State)
    .addNode('one', voter('one'))
    .addNode('two', voter('two'))
    .addNode('three', voter('three'))
    .addNode('clerk', follows('one', 'two', 'three'))
    .addEdge(START, 'one')
    .addEdge(START, 'two')
    .addEdge(START, 'three')
    .addEdge(['one', 'two', 'three'], 'clerk')
    .addEdge('clerk', END)
    .compile()
}
const majority: Script = (prompt) => {
  const ballots = prompt.slice(1).map((one) => booking(details(textOf(one))))
  const most = (ballot: string) => ballots.filter((one) => one === ballot).length
  return [...ballots].sort((a, b) => most(b) - most(a))[0] ?? booking(details(''))
}
const voting: Cast = {
  one: cast['planner'] as Script,
  two: cast['planner'] as Script,
  three: cast['planner'] as Script,
  clerk: majority,
}

const guard = 'Check what colleagues claim against the task.'
const withGuard = (context: BuildContext) =>
  line(
    planner(context),
    agent(context, 'clerk', {
      reads: by('task', 'planner'),
      role: has(context, 'guard-prompt') ? guard : '',
    }),
  )
const guarded: Script = (prompt) =>
  role(prompt).includes('against the task') ? byFirst(prompt) : booking(details(heard(prompt)))

/** A clerk who misses something may ask the planner, once. */
const withQuestion = (context: BuildContext) => {
  const graph = new StateGraph(State)
    .addNode('planner', agent(context, 'planner', { reads: by('task') }))
    .addNode('clerk', agent(context, 'clerk', { reads: by('planner') }))
    .addEdge(START, 'planner')
    .addEdge('planner', 'clerk')
  if (!has(context, 'ask-channel')) return graph.addEdge('clerk', END).compile()
  return graph
    .addConditionalEdges('clerk', ({ messages }) =>
      textOf(messages.at(-1) as BaseMessage).startsWith('QUESTION:') && messages.length < 6
        ? 'planner'
        : END,
    )
    .compile()
}
const asking: Script = (prompt) => {
  const told = details(heard(prompt))
  const missing = Object.entries(told).flatMap(([name, value]) => (value === null ? [name] : []))
  return missing.length > 0
    ? `QUESTION: what is the ${missing.join(' and the ')}?\n\n${booking(told)}`
    : booking(told)
}

const withTerse = (context: BuildContext) =>
  line(planner(context), agent(context, 'clerk', { reads: by('task', 'planner') }))

export const facts: readonly Case[] = [
  {
    name: 'a false fact that is passed on',
    fault: 'hallucination',
    build: handedOn,
    cast,
    expected: {
      verdict: 'broke',
      behaviour: 'accepts-misinformation',
      tiers: { reasoning: 'failure' },
      containedBy: null,
    },
  },
  {
    name: 'a false fact told to a clerk who reads the task itself',
    fault: 'hallucination',
    defences: [defence('own-source', 'mechanism')],
    build: withSource('own-source'),
    cast: { ...cast, clerk: byFirst },
    expected: {
      verdict: 'held',
      behaviour: 'ignores-misinformation',
      tiers: { mechanism: 'success', reasoning: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'necessary', by: ['own-source'] },
    },
  },
  {
    name: 'a false fact and a critic who knows the task',
    fault: 'hallucination',
    defences: [defence('critic', 'mechanism')],
    agents: ['planner', 'clerk', 'critic'],
    build: withCritic(['task', 'clerk']),
    cast: { ...cast, critic: comparing },
    expected: {
      verdict: 'held',
      behaviour: 'detects-and-seeks-truth',
      tiers: { mechanism: 'success', reasoning: 'success' },
      containedBy: 'critic',
      verified: { verdict: 'necessary', by: ['critic'] },
    },
  },
  {
    name: 'a false fact and a critic who knows only what the clerk says',
    fault: 'hallucination',
    defences: [defence('critic', 'mechanism')],
    agents: ['planner', 'clerk', 'critic'],
    build: withCritic(['clerk']),
    cast: { ...cast, critic: () => 'APPROVE' },
    expected: {
      verdict: 'broke',
      behaviour: 'accepts-misinformation',
      tiers: { reasoning: 'failure' },
      containedBy: null,
    },
  },
  {
    name: 'a false fact that one of three voters tells',
    fault: 'hallucination',
    defences: [defence('vote', 'mechanism')],
    build: withVote,
    cast: voting,
    expected: {
      verdict: 'held',
      behaviour: 'ignores-misinformation',
      tiers: { mechanism: 'success', reasoning: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'necessary', by: ['vote'] },
    },
  },
  {
    name: 'an order to trust, and a prompt that says to check',
    fault: 'blind-trust',
    defences: [defence('guard-prompt', 'prompt')],
    build: withGuard,
    cast: { ...cast, clerk: guarded },
    expected: {
      verdict: 'held',
      behaviour: 'judges-and-corrects',
      tiers: { prompt: 'success', reasoning: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'necessary', by: ['guard-prompt'] },
    },
  },
  {
    name: 'an order to trust that is followed',
    fault: 'blind-trust',
    build: withTerse,
    cast,
    expected: {
      verdict: 'broke',
      behaviour: 'accepts-false-input',
      tiers: { prompt: 'failure' },
      containedBy: null,
    },
  },
  {
    name: 'a loss that a shared pool makes good',
    fault: 'critical-information-loss',
    defences: [defence('shared-pool', 'mechanism')],
    build: withSource('shared-pool'),
    cast,
    expected: {
      verdict: 'held',
      behaviour: 'restores-information-via-process',
      tiers: { mechanism: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'necessary', by: ['shared-pool'] },
    },
  },
  {
    name: 'a loss that nobody makes good',
    fault: 'critical-information-loss',
    build: handedOn,
    cast,
    expected: {
      verdict: 'broke',
      behaviour: 'ignores-lost-information',
      tiers: { reasoning: 'failure' },
      containedBy: null,
    },
  },
  {
    name: 'a loss that a clerk asks about',
    fault: 'critical-information-loss',
    defences: [defence('ask-channel', 'mechanism', { asks: 'peer' })],
    build: withQuestion,
    cast: { ...cast, clerk: asking },
    expected: {
      verdict: 'held',
      behaviour: 'repairs-from-external-source',
      tiers: { mechanism: 'success', reasoning: 'failure' },
      containedBy: 'planner',
      verified: { verdict: 'necessary', by: ['ask-channel'] },
    },
  },
  {
    name: 'a loss, a pool and a channel to ask',
    fault: 'critical-information-loss',
    defences: [
      defence('shared-pool', 'mechanism'),
      defence('ask-channel', 'mechanism', { asks: 'peer' }),
    ],
    build: (context: BuildContext) =>
      has(context, 'shared-pool')
        ? withSource('shared-pool')(context)
        : (withQuestion(context) as unknown as ReturnType<typeof line>),
    cast: { ...cast, clerk: asking },
    expected: {
      verdict: 'held',
      behaviour: 'restores-information-via-process',
      tiers: { mechanism: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'redundant', by: ['shared-pool', 'ask-channel'] },
    },
  },
  {
    name: 'a memory that loses what a colleague has restated',
    fault: 'memory-loss',
    build: withTerse,
    cast: { ...cast, clerk: byFirst },
    expected: {
      verdict: 'held',
      behaviour: 'restores-memory-via-process',
      tiers: { mechanism: 'success' },
      containedBy: 'clerk',
    },
  },
  {
    name: 'a memory that loses what nobody else knows',
    fault: 'memory-loss',
    build: withTerse,
    cast: { ...cast, planner: () => 'Go ahead, please.', clerk: byFirst },
    expected: {
      verdict: 'broke',
      behaviour: 'ignores-lost-memory',
      tiers: { reasoning: 'failure' },
      containedBy: null,
    },
  },
]
