import type { Account, Evidence } from '../../core/evidence/evidence.js'
import { isOf } from '../../core/evidence/seen.js'
import type { FlowEdge, FlowKind, FlowNode } from '../../core/flow.js'
import { taintedCalls } from '../spread.js'
import type { Author } from './spoken.js'

/** The id of an author in a flow. */
export type IdOf = (author: Pick<Author, 'kind' | 'name'>) => string

/** Names of authors, each its own: nodes of a graph have no colon in their names, so that a tool is never taken for an agent. */
export function namesIn({ calls }: Account): IdOf {
  const agents = new Set(calls.map(({ agent }) => agent))
  return ({ kind, name }) => {
    if (kind === 'agent') return name
    if (kind === 'tool') return `tool:${name}`
    return agents.has(name) ? `${kind}:${name}` : name
  }
}

type Named = Readonly<{ id: string; kind: FlowKind }>

/** Everybody who spoke or was read, in the order in which they come up. */
export function nodesOf(
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

/** Somebody in a trial without a fault. */
export const untouched = (node: Named): FlowNode => ({
  ...node,
  ...{ injected: [], carried: [], dropped: [], corrected: [], repeated: 0 },
})

/** Somebody with what became of the fault there. */
export function markedBy(node: Named, evidence: Evidence, edges: readonly FlowEdge[]): FlowNode {
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
