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
  finalAnswer,
  heard,
  line,
  type Office,
  State,
  telling,
} from './office.js'

const cast: Cast = {
  planner: (prompt) => telling(details(heard(prompt), 'oldest')),
  clerk: (prompt) => booking(details(heard(prompt))),
  auditor: () => 'Noted.',
}

/** The answer, and how often it was booked. */
const counted = (state: unknown): string | null => {
  const bookings = (state as Office).messages.filter(
    (one) => one.name === 'clerk' && answerIn(textOf(one)) !== null,
  )
  const answer = finalAnswer(state)
  return bookings.length > 1 ? `${answer}, ${bookings.length} times` : answer
}

type Node = ReturnType<typeof agent>

/** Does nothing when the newest message it could act on has been acted on. */
const once = (
  node: Node,
  on: (messages: readonly BaseMessage[]) => BaseMessage | undefined,
): Node => {
  const seen = new Set<string | undefined>()
  return async (state) => {
    const id = on(state.messages)?.id
    if (seen.has(id)) return { messages: [] }
    seen.add(id)
    return node(state)
  }
}

/** Says the same under the same id, however often it is asked. */
const idempotent =
  (node: Node): Node =>
  async (state) => {
    const { messages } = await node(state)
    for (const one of messages) one.id = `${one.name}#1`
    return { messages }
  }

const planner = (context: BuildContext) => agent(context, 'planner', { reads: by('task') })
const clerk = (context: BuildContext) => agent(context, 'clerk', { reads: by('planner') })
const ofPlanner = (messages: readonly BaseMessage[]) =>
  messages.findLast(({ name }) => name === 'planner')

const storm = (dedupes: (context: BuildContext) => boolean) => (context: BuildContext) =>
  line(planner(context), dedupes(context) ? once(clerk(context), ofPlanner) : clerk(context))

/** The clerk works when the planner has said something new, and then all is done. */
const cycle =
  (wrap: Readonly<{ planner: (node: Node) => Node; clerk: (node: Node) => Node }>) =>
  (context: BuildContext) => {
    let handedOn = 0
    return new StateGraph(State)
      .addNode('planner', wrap.planner(planner(context)))
      .addNode('clerk', wrap.clerk(clerk(context)))
      .addEdge(START, 'planner')
      .addConditionalEdges('planner', ({ messages }) => {
        const said = messages.filter(({ name }) => name === 'planner').length
        if (said <= handedOn) return END
        handedOn = said
        return 'clerk'
      })
      .addEdge('clerk', END)
      .compile()
  }

const plain = (node: Node): Node => node

const withAuditor = (auditor: (context: BuildContext) => Node) => (context: BuildContext) =>
  new StateGraph(State)
    .addNode('planner', planner(context))
    .addNode('clerk', clerk(context))
    .addNode('auditor', auditor(context))
    .addEdge(START, 'planner')
    .addConditionalEdges('planner', ({ messages }) => (messages.length > 9 ? 'auditor' : 'clerk'), [
      'auditor',
      'clerk',
    ])
    .addEdge('clerk', END)
    .addEdge('auditor', END)
    .compile()

const auditor = (context: BuildContext) => agent(context, 'auditor', { reads: by('planner') })
const called: Case['answer'] = (state) =>
  (state as Office).messages.some((one) => textOf(one) === 'Cancelled.') ? null : finalAnswer(state)
const agents = ['planner', 'clerk', 'auditor']

export const deliveries: readonly Case[] = [
  {
    name: 'a storm on a clerk that answers each message once',
    fault: 'message-storm',
    defences: [defence('dedupe', 'rule')],
    build: storm(({ without }) => !without.has('dedupe')),
    answer: counted,
    cast,
    expected: {
      verdict: 'held',
      behaviour: 'system-filters-messages',
      tiers: { rule: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'necessary', by: ['dedupe'] },
    },
  },
  {
    name: 'a storm on a clerk whose repeated bookings are one',
    fault: 'message-storm',
    build: (context) => line(planner(context), idempotent(clerk(context))),
    answer: counted,
    cast,
    expected: {
      verdict: 'held',
      behaviour: 'unfiltered-without-effect',
      tiers: { rule: 'failure', reasoning: 'success' },
      containedBy: null,
    },
  },
  {
    name: 'a storm on a clerk that books every time',
    fault: 'message-storm',
    build: storm(() => false),
    answer: counted,
    cast,
    expected: {
      verdict: 'broke',
      behaviour: 'unfiltered-with-effect',
      tiers: { rule: 'failure', reasoning: 'failure' },
      containedBy: null,
    },
  },
  {
    name: 'an echo that a planner does not hear',
    fault: 'message-cycle',
    defences: [defence('echo-filter', 'rule')],
    build: (context: BuildContext) =>
      cycle({
        planner: context.without.has('echo-filter')
          ? plain
          : (node) => once(node, (messages) => messages.find(({ name }) => name === undefined)),
        clerk: plain,
      })(context),
    answer: counted,
    cast,
    expected: {
      verdict: 'held',
      behaviour: 'system-filters-messages',
      tiers: { rule: 'success' },
      containedBy: 'planner',
      verified: { verdict: 'necessary', by: ['echo-filter'] },
    },
  },
  {
    name: 'an echo that changes nothing',
    fault: 'message-cycle',
    build: cycle({ planner: idempotent, clerk: idempotent }),
    answer: counted,
    cast,
    expected: {
      verdict: 'held',
      behaviour: 'cycle-without-effect',
      tiers: { reasoning: 'success' },
      containedBy: null,
    },
  },
  {
    name: 'an echo after which all is booked twice',
    fault: 'message-cycle',
    build: cycle({ planner: plain, clerk: plain }),
    answer: counted,
    cast,
    expected: {
      verdict: 'broke',
      behaviour: 'cycle-with-effect',
      tiers: { reasoning: 'failure' },
      containedBy: null,
    },
  },
  {
    name: 'a message to everybody, of which an auditor hears only what is for it',
    fault: 'message-broadcast-amplification',
    defences: [defence('subscriptions', 'rule')],
    agents,
    build: (context: BuildContext) =>
      withAuditor((given) => {
        const node = auditor(given)
        return async (state) =>
          given.without.has('subscriptions') ? node(state) : { messages: [] }
      })(context),
    answer: called,
    cast: { ...cast, auditor: () => 'Cancelled.' },
    expected: {
      verdict: 'held',
      behaviour: 'system-filters-messages',
      tiers: { rule: 'success' },
      containedBy: 'auditor',
      verified: { verdict: 'necessary', by: ['subscriptions'] },
    },
  },
  {
    name: 'a message to everybody, and an auditor that cancels what it hears of',
    fault: 'message-broadcast-amplification',
    agents,
    build: withAuditor(auditor),
    answer: called,
    cast: { ...cast, auditor: () => 'Cancelled.' },
    expected: {
      verdict: 'broke',
      behaviour: 'unfiltered-with-effect',
      tiers: { rule: 'failure', reasoning: 'failure' },
      containedBy: null,
    },
  },
  {
    name: 'a message to everybody, and an auditor that takes note',
    fault: 'message-broadcast-amplification',
    agents,
    build: withAuditor(auditor),
    answer: called,
    cast,
    expected: {
      verdict: 'held',
      behaviour: 'unfiltered-without-effect',
      tiers: { rule: 'failure', reasoning: 'success' },
      containedBy: null,
    },
  },
]
