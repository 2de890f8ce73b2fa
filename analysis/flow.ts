import { addedDeliveries } from '../core/evidence/copies.js'
import type { Account, Evidence } from '../core/evidence/evidence.js'
import { droppedActivations, extraCalls, isOf } from '../core/evidence/seen.js'
import type { FlowEdge, FlowGraph } from '../core/flow.js'
import { becameOf } from './flow/became.js'
import { broughtBy } from './flow/carries.js'
import { type IdOf, markedBy, namesIn, nodesOf, untouched } from './flow/nodes.js'
import { type Reading, readingsIn } from './flow/readings.js'
import { spreadOf } from './spread.js'

/** Who read what from whom in a trial in which a fault acted, and where the fault went. Pure, as the spread is. */
export function flowOf(fault: string, evidence: Evidence): FlowGraph {
  const { trial } = evidence
  const idOf = namesIn(trial)
  const brought = broughtBy(evidence)
  const readings = readingsIn(trial, evidence).map((reading) => ({ reading, ...brought(reading) }))
  const touched = readings.filter(({ carries }) => carries !== 'nothing' && carries !== 'truth')
  const became = becameOf(evidence, new Set(touched.map(({ reading }) => reading.call.step)))
  const read = readings.map(({ reading, carries, what }): FlowEdge => {
    const isTouched = carries !== 'nothing' && carries !== 'truth'
    const edge = edgeOf(reading, idOf)
    return { ...edge, carries, what, became: isTouched ? (became.get(edge.step) ?? null) : null }
  })
  const unread = [...dropped(evidence), ...waking(evidence, read)]
  const edges = [...read, ...unread].sort((a, b) => a.step - b.step)
  const authors = [
    ...readings.map(({ reading }) => reading.author),
    // Who lets everything drop calls no model, and is an agent all the same.
    ...unread.flatMap(({ from, to }) =>
      [from, to].map((name) => ({ kind: 'agent', name }) as const),
    ),
  ]
  return {
    fault,
    nodes: nodesOf(trial, authors, idOf).map((node) => markedBy(node, evidence, edges)),
    edges,
    spread: spreadOf(evidence),
  }
}

/** Who read what from whom in a trial without a fault. */
export function flowWithoutFault(account: Account, canAsk: Evidence['canAsk']): FlowGraph {
  const idOf = namesIn(account)
  const readings = readingsIn(account, { canAsk, injections: [] })
  const edges = readings.map(
    (reading): FlowEdge => ({
      ...edgeOf(reading, idOf),
      ...{ carries: 'nothing', what: null, became: null },
    }),
  )
  const authors = readings.map(({ author }) => author)
  return {
    fault: null,
    nodes: nodesOf(account, authors, idOf).map(untouched),
    edges,
    spread: null,
  }
}

const edgeOf = (
  { author, call, messages }: Reading,
  idOf: IdOf,
): Pick<FlowEdge, 'from' | 'to' | 'step' | 'messages'> => ({
  from: idOf(author),
  to: call.agent,
  step: call.step,
  messages: messages.length,
})

/** Added deliveries whose receivers called no model. */
const dropped = (evidence: Evidence): readonly FlowEdge[] =>
  addedDeliveries(evidence).flatMap(({ from, to }) =>
    droppedActivations(evidence, [to]).map(({ step }) =>
      unreadEdge({ from: agentIn(evidence, from), to: agentIn(evidence, to), step }, 'dropped'),
    ),
  )

/** Added deliveries that woke somebody who then read nothing of their senders. */
function waking(evidence: Evidence, read: readonly FlowEdge[]): readonly FlowEdge[] {
  const reading = new Set(read.flatMap(({ carries, step }) => (carries === 'copy' ? [step] : [])))
  const woken = extraCalls(evidence).filter(({ step }) => !reading.has(step))
  return addedDeliveries(evidence).flatMap(({ from, to }) =>
    woken
      .filter(({ agent }) => isOf(agent, to))
      .map(({ agent, step }) =>
        unreadEdge({ from: agentIn(evidence, from), to: agent, step }, 'carried'),
      ),
  )
}

const unreadEdge = (
  place: Pick<FlowEdge, 'from' | 'to' | 'step'>,
  how: 'dropped' | 'carried',
): FlowEdge => ({
  ...place,
  ...{ messages: 0, carries: 'copy', what: null, became: { how, step: place.step } },
})

/** The agent of a node: the node itself, or the first one nested in it that calls a model. */
const agentIn = ({ trial }: Evidence, node: string): string =>
  trial.calls.find(({ agent }) => isOf(agent, node))?.agent ?? node
