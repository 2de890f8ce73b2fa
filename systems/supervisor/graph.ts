import { Annotation, Command, END, START, StateGraph } from '@langchain/langgraph'
import type { BuildContext } from '../../core/system.js'
import { agent } from '../agent.js'
import { guardSentence } from '../defences.js'
import { messagesOf } from '../messages.js'
import type { Member } from '../team.js'
import { isFor, isSpent, knownAgent, named, ordersFor, ordersTo } from './orders.js'

/** A hub that says who goes next, and spokes that always come back to it. */
export function build(context: BuildContext) {
  const has = (defence: string) => !context.without.has(defence)
  const State = Annotation.Root({ messages: messagesOf({ dedupe: has('dedupe') }) })
  type Messages = typeof State.State

  const planner: Member = { name: 'planner', job: 'plan' }
  const builder: Member = { name: 'builder', job: 'produce' }
  const checker: Member = { name: 'checker', job: 'review' }
  // What cannot be undone need not be checked afterwards.
  const team = context.effects === 'final' ? [planner, builder] : [planner, builder, checker]
  const names = team.map(({ name }) => name)
  const guard = has('guard-prompt') ? guardSentence : ''

  const lead = agent(context, 'supervisor', 'route', {
    hears: ['task', ...names],
    reads: 'all',
    channel: `${guard} ${ordersFor(team)}`.trim(),
    ...(has('known-agent') ? { demand: knownAgent(team) } : {}),
  })
  const supervisor = async (state: Messages, config: object) => {
    const { messages: [order] = [] } = await lead(state, config)
    if (!order) return {}
    const next = names.find((name) => name === named(order))
    const goto = next && !(has('turn-limit') && isSpent(state.messages)) ? next : END
    return new Command({ update: { messages: [order] }, goto })
  }

  const spoke = ({ name, job }: Member) => {
    const work = agent(context, name, job, {
      hears: ['supervisor'],
      isFor: isFor(name),
      usesTools: job !== 'plan',
      channel: guard,
      ...(has('shared-pool') ? { reads: 'all' } : ordersTo(name)),
    })
    return async (state: Messages, config: object) => {
      const { messages: [result] = [] } = await work(state, config)
      if (!result) return {}
      return new Command({ update: { messages: [result] }, goto: 'supervisor' })
    }
  }

  const graph = new StateGraph(State)
    .addNode('supervisor', supervisor, { ends: [...names, END] })
    .addNode('planner', spoke(planner), { ends: ['supervisor'] })
    .addNode('builder', spoke(builder), { ends: ['supervisor'] })
    .addEdge(START, 'supervisor')
  if (!team.includes(checker)) return graph.compile()
  return graph.addNode('checker', spoke(checker), { ends: ['supervisor'] }).compile()
}
