import { type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { END, START, StateGraph } from '@langchain/langgraph'
import { textOf, withText } from '../../core/messages.js'
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
  type Office,
  type Script,
  State,
  task,
  telling,
} from './office.js'

const has = ({ without }: BuildContext, id: string) => !without.has(id)
const cast: Cast = {
  planner: (prompt) => telling(details(heard(prompt), 'oldest')),
  clerk: (prompt) => booking(details(heard(prompt))),
}
const planner = (context: BuildContext) => agent(context, 'planner', { reads: by('task') })
const clerk = (context: BuildContext) => agent(context, 'clerk', { reads: by('planner') })

/** One clerk, and a person who answers a question, once. */
const alone = (context: BuildContext) => {
  const graph = new StateGraph(State)
    .addNode('clerk', agent(context, 'clerk', { reads: (messages) => messages }))
    .addEdge(START, 'clerk')
  if (!has(context, 'ask-person')) return graph.addEdge('clerk', END).compile()
  return graph
    .addNode('person', () => ({
      messages: [new HumanMessage({ content: telling(details(task.text)), id: 'person' })],
    }))
    .addEdge('person', 'clerk')
    .addConditionalEdges('clerk', ({ messages }) =>
      textOf(messages.at(-1) as BaseMessage).startsWith('QUESTION:') && messages.length < 4
        ? 'person'
        : END,
    )
    .compile()
}
const asking: Script = (prompt) => {
  const told = details(heard(prompt))
  return isWhole(told)
    ? booking(told)
    : `QUESTION: which ferry, which day, for how many people, at what fare?\n\n${booking(told)}`
}

/** A node that changes what an agent has said before anybody reads it. */
const filtered =
  (node: ReturnType<typeof agent>, change: (text: string) => string): typeof node =>
  async (state) => {
    const { messages } = await node(state)
    return { messages: messages.map((one) => withText(one, change(textOf(one)))) }
  }
const withoutAnswer = (text: string) => text.replace(/```answer\n[\s\S]*?\n```/g, '').trim()

/** A planner who does a clerk's work as well when its role says so. */
const mixedUp: Script = (prompt) => {
  const told = telling(details(heard(prompt), 'oldest'))
  return /also hold this role/.test(prompt.map(textOf).join('\n'))
    ? `${told}\n\n${booking({ ...details(told), fare: null })}`
    : told
}
/** Takes over an answer that a colleague has written. */
const copying: Script = (prompt) => {
  const written = answerIn(heard(prompt))
  return written ? `\`\`\`answer\n${written}\n\`\`\`` : booking(details(heard(prompt)))
}

/** What does not speak of a ferry is cut out of what the clerk reads. */
const relevant = (messages: readonly BaseMessage[]) =>
  messages.map((one) => {
    const sentences = textOf(one).split(/(?<=\.)\s+/)
    return withText(
      one,
      sentences
        .filter((sentence) => /\b(?:ferry from|ferry goes|The fare is)\b/.test(sentence))
        .join(' '),
    )
  })
const padded = (filter: (context: BuildContext) => boolean) => (context: BuildContext) =>
  line(
    planner(context),
    agent(context, 'clerk', {
      reads: (messages) => {
        const read = by('task', 'planner')(messages)
        return filter(context) ? relevant(read) : read
      },
    }),
  )
/** Loses its way in long texts. */
const easilyDrowned: Script = (prompt) =>
  heard(prompt).length > 2_000 ? 'That was a long story.' : booking(details(heard(prompt)))

const steps = (told: ReturnType<typeof details>) =>
  ['1. Look up the ferries.', `2. ${telling(told)} Book it.`, '3. Confirm the booking.'].join('\n')
const isUsual = (text: string) =>
  /^1\. Look up the ferries\.\n2\. The ferry goes [^\n]{1,120} EUR\. Book it\.\n3\. Confirm the booking\.$/.test(
    text,
  )
const planning: Cast = {
  planner: (prompt) => steps(details(heard(prompt), 'oldest')),
  reviewer: (prompt) => {
    const plan = textOf(prompt.at(-1) as BaseMessage)
    return isUsual(plan) ? 'APPROVE' : 'REJECT\n- A step of the plan cannot be carried out.'
  },
  clerk: (prompt) => booking(details(heard(prompt))),
}
const withReview = (context: BuildContext) => {
  const graph = new StateGraph(State)
    .addNode('planner', planner(context))
    .addNode('clerk', clerk(context))
    .addEdge(START, 'planner')
    .addEdge('clerk', END)
  if (!has(context, 'review')) return graph.addEdge('planner', 'clerk').compile()
  return graph
    .addNode('reviewer', agent(context, 'reviewer', { reads: by('planner') }))
    .addEdge('planner', 'reviewer')
    .addConditionalEdges('reviewer', ({ messages }: Office) =>
      textOf(messages.at(-1) as BaseMessage).startsWith('REJECT') && messages.length < 6
        ? 'planner'
        : 'clerk',
    )
    .compile()
}
/** Does what the steps say as long as it knows them. */
const literal: Script = (prompt) => {
  const plan = textOf(prompt.at(-1) as BaseMessage)
  const strange = plan
    .split('\n')
    .find(
      (step) =>
        !isUsual(`1. Look up the ferries.\n${step}`) &&
        !/^\d\. (?:Look up the ferries|Confirm the booking|The ferry goes [^\n]{1,120} EUR\. Book it)\.$/.test(
          step,
        ),
    )
  return strange ? `I cannot carry out this step: ${strange}` : booking(details(plan))
}

export const instructions: readonly Case[] = [
  {
    name: 'a vague task, and a person who can be asked',
    fault: 'instruction-ambiguity',
    defences: [defence('ask-person', 'mechanism', { asks: 'person' })],
    build: alone,
    cast: { clerk: asking },
    expected: {
      verdict: 'held',
      behaviour: 'notices-and-asks',
      tiers: { mechanism: 'success', reasoning: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'necessary', by: ['ask-person'] },
    },
  },
  {
    name: 'a vague task that nobody wonders about',
    fault: 'instruction-ambiguity',
    build: alone,
    cast,
    expected: {
      verdict: 'broke',
      behaviour: 'misses-ambiguity',
      tiers: { reasoning: 'failure' },
      containedBy: null,
    },
  },
  {
    name: 'a vague task of which a clerk says what it assumes',
    fault: 'instruction-ambiguity',
    build: alone,
    cast: {
      clerk: (prompt) => {
        const told = details(heard(prompt))
        return isWhole(told)
          ? booking(told)
          : `I assume that it is for 7 people and 99 EUR.\n\n${booking({ ...told, people: told.people ?? '7', fare: told.fare ?? '99' })}`
      },
    },
    expected: {
      verdict: 'broke',
      behaviour: 'notices-and-guesses',
      tiers: { reasoning: 'success' },
      containedBy: null,
    },
  },
  {
    name: 'a task that contradicts itself, and a clerk who takes the last word',
    fault: 'instruction-logic-conflict',
    build: alone,
    cast,
    expected: {
      verdict: 'broke',
      behaviour: 'misses-conflict',
      tiers: { reasoning: 'failure' },
      containedBy: null,
    },
  },
  {
    name: 'a task that contradicts itself, and a clerk who takes the first word',
    fault: 'instruction-logic-conflict',
    build: alone,
    cast: { clerk: (prompt) => booking(details(heard(prompt), 'oldest')) },
    expected: {
      verdict: 'held',
      behaviour: 'ignores-conflict',
      tiers: { reasoning: 'success' },
      containedBy: 'clerk',
    },
  },
  {
    name: 'a blurred role that changes nothing',
    fault: 'role-ambiguity',
    build: (context) => line(planner(context), clerk(context)),
    cast,
    expected: {
      verdict: 'held',
      behaviour: 'stays-in-role',
      tiers: { prompt: 'success' },
      containedBy: 'planner',
    },
  },
  {
    name: 'a blurred role, and a parser that drops foreign work',
    fault: 'role-ambiguity',
    defences: [defence('parser', 'rule')],
    build: (context) =>
      line(
        has(context, 'parser') ? filtered(planner(context), withoutAnswer) : planner(context),
        clerk(context),
      ),
    cast: { planner: mixedUp, clerk: copying },
    expected: {
      verdict: 'held',
      behaviour: 'disturbed-output-filtered',
      tiers: { rule: 'success', prompt: 'failure' },
      containedBy: 'clerk',
      verified: { verdict: 'necessary', by: ['parser'] },
    },
  },
  {
    name: 'a blurred role whose foreign work a colleague copies',
    fault: 'role-ambiguity',
    build: (context) => line(planner(context), clerk(context)),
    cast: { planner: mixedUp, clerk: copying },
    expected: {
      verdict: 'broke',
      behaviour: 'disturbed-without-tolerance',
      tiers: { prompt: 'failure' },
      containedBy: null,
    },
  },
  {
    name: 'a long story that a filter cuts out',
    fault: 'context-length-violation',
    site: 'clerk',
    defences: [defence('relevance-filter', 'rule')],
    build: padded((context) => has(context, 'relevance-filter')),
    cast: { ...cast, clerk: easilyDrowned },
    expected: {
      verdict: 'held',
      behaviour: 'architecture-filters-padding',
      tiers: { rule: 'success' },
      containedBy: 'clerk',
      verified: { verdict: 'necessary', by: ['relevance-filter'] },
    },
  },
  {
    name: 'a long story that a clerk reads over',
    fault: 'context-length-violation',
    site: 'clerk',
    build: padded(() => false),
    cast,
    expected: {
      verdict: 'held',
      behaviour: 'ignores-padding',
      tiers: { reasoning: 'success' },
      containedBy: 'clerk',
    },
  },
  {
    name: 'a long story in which a clerk loses its way',
    fault: 'context-length-violation',
    site: 'clerk',
    build: padded(() => false),
    cast: { ...cast, clerk: easilyDrowned },
    expected: { verdict: 'broke', behaviour: 'no-correction', tiers: {}, containedBy: null },
  },
  {
    name: 'an impossible plan that a reviewer sends back',
    fault: 'inexecutable-plan',
    defences: [defence('review', 'mechanism')],
    build: withReview,
    cast: { ...planning, clerk: literal },
    expected: {
      verdict: 'held',
      behaviour: 'restores-plan-via-process',
      tiers: { mechanism: 'success' },
      containedBy: 'reviewer',
      verified: { verdict: 'necessary', by: ['review'] },
    },
  },
  {
    name: 'an impossible plan whose possible steps are carried out',
    fault: 'inexecutable-plan',
    build: (context) => line(planner(context), clerk(context)),
    cast: planning,
    expected: {
      verdict: 'held',
      behaviour: 'skips-inexecutable-part',
      tiers: { reasoning: 'success' },
      containedBy: 'clerk',
    },
  },
  {
    name: 'an impossible plan that a clerk speaks of and gives up',
    fault: 'inexecutable-plan',
    build: (context) => line(planner(context), clerk(context)),
    cast: { ...planning, clerk: literal },
    expected: {
      verdict: 'broke',
      behaviour: 'responds-but-fails',
      tiers: { mechanism: 'success', reasoning: 'failure' },
      containedBy: null,
    },
  },
]
