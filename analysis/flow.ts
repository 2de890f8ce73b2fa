import { addedDeliveries } from '../core/evidence/copies.js'
import type { Account, Evidence } from '../core/evidence/evidence.js'
import { droppedActivations, isOf } from '../core/evidence/seen.js'
import type { FlowEdge, FlowGraph, FlowKind, FlowNode } from '../core/flow.js'
import { becameOf } from './flow/became.js'
import { broughtBy } from './flow/carries.js'
import { type Reading, readingsIn } from './flow/readings.js'
import type { Author } from './flow/spoken.js'
import { spreadOf, taintedCalls } from './spread.js'

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
  const dropped = unread(evidence)
  const edges = [...read, ...dropped].sort((a, b) => a.step - b.step)
  const authors = [
    ...readings.map(({ reading }) => reading.author),
    // Who lets everything drop calls no model, and is an agent all the same.
    ...dropped.flatMap(({ from, to }) =>
      [from, to].map((name) => ({ kind: 'agent', name }) as const),
    ),
  ]
  return {
    fault,
    nodes: nodesOf(trial, authors, idOf).map((node) => marked(node, evidence, edges)),
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
    nodes: nodesOf(account, authors, idOf).map((node) => ({ ...node, ...untouched })),
    edges,
    spread: null,
  }
}

type IdOf = (author: Pick<Author, 'kind' | 'name'>) => string

/** Names of authors, each its own: nodes of a graph have no colon in their names, so that a tool is never taken for an agent. */
function namesIn({ calls, activations }: Account): IdOf {
  const nodes = new Set([...calls, ...activations].map(({ agent }) => agent))
  return ({ kind, name }) => {
    if (kind === 'agent' || kind === 'code') return name
    if (kind === 'tool') return `tool:${name}`
    return nodes.has(name) ? `${name}:` : name
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
function unread(evidence: Evidence): readonly FlowEdge[] {
  const { calls } = evidence.trial
  const agentIn = (node: string) => calls.find(({ agent }) => isOf(agent, node))?.agent ?? node
  return addedDeliveries(evidence).flatMap(({ from, to }) =>
    droppedActivations(evidence, [to]).map(
      ({ step }): FlowEdge => ({
        ...{ from: agentIn(from), to: agentIn(to) },
        ...{ step, messages: 0, carries: 'copy', what: null, became: { how: 'dropped', step } },
      }),
    ),
  )
}

type Named = Readonly<{ id: string; kind: FlowKind }>

/** Everybody who spoke or was read, in the order in which they come up. */
function nodesOf(
  { calls }: Account,
  authors: readonly Pick<Author, 'kind' | 'name'>[],
  idOf: IdOf,
): readonly Named[] {
  const agents = calls.map(({ agent }) => ({ id: agent, kind: 'agent' as const }))
  const others = authors.map((author) => ({ id: idOf(author), kind: author.kind }))
  const sources = others.filter(({ kind }) => kind === 'task')
  return [...new Map([...sources, ...agents, ...others].map((one) => [one.id, one])).values()]
}

/** Steps at which the fault was put into what somebody reads, says or sends. */
function injectedAt({ id, kind }: Named, { injections, trial }: Evidence): readonly number[] {
  const isTool = (site: string) => site.startsWith('tool:')
  if (kind === 'tool') {
    const answers = trial.results.filter(({ call }) => call !== null && `tool:${call.name}` === id)
    const said = new Set(answers.map(({ text }) => text))
    return injections
      .filter(({ site, after }) => isTool(site) && after.some((text) => said.has(text)))
      .map(({ step }) => step)
  }
  return kind === 'agent'
    ? injections
        .filter(({ site, agent }) => !isTool(site) && isOf(id, agent))
        .map(({ step }) => step)
    : []
}

const once = (steps: readonly number[]): readonly number[] => [...new Set(steps)]

const untouched = { injected: [], carried: [], dropped: [], corrected: [], repeated: 0 } as const

/** Somebody with what became of the fault there. */
function marked(node: Named, evidence: Evidence, edges: readonly FlowEdge[]): FlowNode {
  const carried = taintedCalls(evidence).flatMap(({ agent, step }) =>
    agent === node.id ? [step] : [],
  )
  const own = edges.filter(({ to }) => to === node.id)
  const at = (how: 'dropped' | 'corrected') =>
    once(own.flatMap(({ became }) => (became?.how === how ? [became.step] : [])))
  return {
    ...node,
    injected: injectedAt(node, evidence),
    carried,
    dropped: at('dropped'),
    corrected: at('corrected'),
    repeated: Math.max(0, carried.length - 1),
  }
}
