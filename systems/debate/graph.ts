import { Annotation, END, Send, START, StateGraph } from '@langchain/langgraph'
import type { BuildContext } from '../../core/system.js'
import { agent } from '../agent.js'
import { majority, mostVotes } from '../ballot.js'
import { messagesOf } from '../messages.js'
import { characters, type Debater, debaters, next, peersOf, withoutTask } from './debaters.js'

/** Three answer alone, read each other, answer again and vote; a chair decides where there is no majority. */
export function build(context: BuildContext) {
  const has = (defence: string) => !context.without.has(defence)
  const State = Annotation.Root({
    messages: messagesOf({ dedupe: has('dedupe') }),
    answer: Annotation<string | null>,
  })
  type Debate = typeof State.State
  const rounds = has('revision-round') ? 1 : 0

  const debater = (id: Debater) =>
    agent(context, id, 'produce', {
      hears: ['task', ...peersOf(id)],
      reads: ['task', ...debaters],
      laterJob: 'revise',
      channel: characters[id],
      usesTools: true,
      ...(has('own-task') ? {} : { view: withoutTask }),
    })
  const chair = agent(context, 'chair', 'decide', {
    hears: debaters,
    reads: ['task', ...debaters],
  })

  const everybody = (state: Debate) => debaters.map((id) => new Send(id, state))
  const vote = ({ messages }: Debate) => ({
    answer: has('vote') ? majority(messages, debaters) : mostVotes(messages, debaters.slice(0, 1)),
  })
  const afterVote = ({ answer }: Debate) => (answer === null && has('vote') ? 'chair' : END)

  return new StateGraph(State)
    .addNode('debater-1', debater('debater-1'))
    .addNode('debater-2', debater('debater-2'))
    .addNode('debater-3', debater('debater-3'))
    .addNode('vote', vote)
    .addNode('chair', chair)
    .addConditionalEdges(START, everybody, [...debaters])
    .addConditionalEdges('debater-1', next('debater-1', rounds), [...peersOf('debater-1'), 'vote'])
    .addConditionalEdges('debater-2', next('debater-2', rounds), [...peersOf('debater-2'), 'vote'])
    .addConditionalEdges('debater-3', next('debater-3', rounds), [...peersOf('debater-3'), 'vote'])
    .addConditionalEdges('vote', afterVote, ['chair', END])
    .addEdge('chair', END)
    .compile()
}
