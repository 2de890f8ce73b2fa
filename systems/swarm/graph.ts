import { Annotation, Command, END, START, StateGraph } from '@langchain/langgraph'
import type { BuildContext } from '../../core/system.js'
import { agent } from '../agent.js'
import { messagesOf, newestOf } from '../messages.js'
import type { Member } from '../team.js'
import { handover, handoversTo, knownAgent, reasonFor } from './handovers.js'

/** Agents that hand the work to each other with tools; one of them is active. */
export function build(context: BuildContext) {
  const has = (defence: string) => !context.without.has(defence)
  const State = Annotation.Root({
    messages: messagesOf({ dedupe: has('dedupe') }),
    active: Annotation<string>({ reducer: (_, next) => next, default: () => 'triage' }),
  })
  type Swarm = typeof State.State

  const triage: Member = { name: 'triage', job: 'route' }
  const builder: Member = { name: 'builder', job: 'produce' }
  const checker: Member = { name: 'checker', job: 'review' }
  // What cannot be undone need not be checked afterwards.
  const team = context.effects === 'final' ? [triage, builder] : [triage, builder, checker]
  const rules = {
    pingPongGuard: has('ping-pong-guard'),
    turnLimit: has('turn-limit'),
    fullHistory: has('full-history'),
  }

  const member = (self: Member) => {
    const others = team.filter(({ name }) => name !== self.name)
    const work = agent(context, self.name, self.job, {
      hears: ['task', ...others.map(({ name }) => name)],
      reads: 'all',
      ...(has('full-history') ? {} : { view: reasonFor(self.name) }),
      channel: handoversTo(others),
      usesTools: self !== triage,
      handovers: others.map((other) => handover(self.name, other, rules)),
      ...(has('known-agent') && self !== builder ? { demand: knownAgent(self) } : {}),
    })
    return async (state: Swarm, config: object) => {
      if (has('one-active') && state.active !== self.name) return {}
      const { messages } = await work(state, config)
      if (!messages) return {}
      const isUnchecked = self === builder && !newestOf(state.messages, 'checker')
      const goto = has('checker-last') && team.includes(checker) && isUnchecked ? 'checker' : END
      return new Command({ update: { messages, active: goto }, goto })
    }
  }

  const graph = new StateGraph(State)
    .addNode('triage', member(triage), { ends: team.map(({ name }) => name) })
    .addNode('builder', member(builder), { ends: [...team.map(({ name }) => name), END] })
    .addEdge(START, 'triage')
  if (!team.includes(checker)) return graph.compile()
  return graph.addNode('checker', member(checker), { ends: ['triage', 'builder', END] }).compile()
}
