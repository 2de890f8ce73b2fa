import chalk from 'chalk'
import type { FlowEdge, FlowGraph, FlowNode } from '../core/flow.js'
import { groupBy } from '../core/lists.js'
import { visible } from '../reports/text/escape.js'
import { clip, columns, pad } from '../reports/text/layout.js'
import { counted } from '../reports/text/numbers.js'
import type { Display } from './console.js'

const mostLines = 24

/** The way of a fault as a drawing: who read it from whom, at which steps, and what became of it there. */
export function flowLines(flow: FlowGraph, { width }: Pick<Display, 'width'>): readonly string[] {
  const rows = [
    ...flow.nodes.flatMap(entries),
    ...edgesShown(flow).map(edgeRow),
    ...flow.nodes.flatMap((node) => ofItself(node, flow)),
  ].sort((a, b) => a.at - b.at || a.order - b.order)
  const shown = rows.slice(0, mostLines)
  const names = Math.min(
    Math.max(24, Math.floor(width * 0.45)),
    Math.max(...shown.map(({ name }) => columns(name)), 0),
  )
  const places = Math.max(...shown.map(({ place }) => columns(place)), 0)
  const more = rows.length - shown.length
  return [
    ...shown.map(({ name, place, text, paint }) =>
      paint(clip(`  ${pad(clip(name, names), names)}  ${pad(place, places)}  ${text}`, width)),
    ),
    ...(more > 0 ? [chalk.dim(`  … and ${counted(more, 'line')} more; --json has all`)] : []),
  ]
}

type Row = Readonly<{
  at: number
  order: number
  name: string
  place: string
  text: string
  paint: (text: string) => string
}>

/** Where a fault comes in. */
function entries({ id, injected }: FlowNode): readonly Row[] {
  const [at] = injected
  if (at === undefined) return []
  const name = `! ${visible(id)}`
  return [{ at, order: 0, name, place: stepsText(injected), text: 'injected', paint: chalk.yellow }]
}

/** Where somebody passes a fault on who has read it of nobody: it came with a role, or by being woken. */
function ofItself({ id, carried }: FlowNode, { edges }: FlowGraph): readonly Row[] {
  const read = new Set(
    edges.flatMap(({ to, became }) => (to === id && became ? [became.step] : [])),
  )
  const own = carried.filter((step) => !read.has(step))
  const [at] = own
  if (at === undefined) return []
  const name = `# ${visible(id)}`
  return [{ at, order: 2, name, place: stepsText(own), text: 'passed on', paint: chalk.red }]
}

/** Readings of the fault, and those of the truth by who had read the fault; alike ones together. */
function edgesShown({ edges }: FlowGraph): readonly (readonly FlowEdge[])[] {
  const readers = new Set(edges.filter(({ became }) => became).map(({ to }) => to))
  const wanted = edges.filter(
    ({ carries, became, to }) => became !== null || (carries === 'truth' && readers.has(to)),
  )
  const alike = ({ from, to, carries, what, became, messages }: FlowEdge) =>
    JSON.stringify([from, to, carries, what, became?.how, messages > 0])
  return [...groupBy(wanted, alike).values()]
}

function edgeRow(edges: readonly FlowEdge[]): Row {
  const [edge] = edges as readonly [FlowEdge, ...FlowEdge[]]
  const { from, to, step, became } = edge
  const isStopped = became !== null && became.how !== 'carried'
  const arrow = isStopped ? 'x' : '->'
  const paints = { carried: chalk.red, dropped: chalk.green, corrected: chalk.green }
  return {
    ...{ at: step, order: 1, name: `${visible(from)} ${arrow} ${visible(to)}` },
    place: stepsText(edges.map((one) => one.step)),
    text: textOf(edge),
    paint: became ? paints[became.how] : chalk.dim,
  }
}

/** Steps as few words: two at most, or the first one and how many more there are. */
function stepsText(steps: readonly number[]): string {
  const [first, ...more] = new Set(steps)
  return `step ${first}${more.length === 1 ? `, ${more[0]}` : more.length > 1 ? ` +${more.length}` : ''}`
}

function textOf(edge: FlowEdge): string {
  const { became, step, messages, carries } = edge
  if (!became || became.how === 'carried') return broughtText(edge)
  const isUnread = messages === 0 && carries === 'copy'
  const when = became.step === step ? '' : ` at ${became.step}`
  if (isUnread) return 'dropped unread'
  // Of what was stopped the fact alone is enough.
  return `${became.how}${when}: ${broughtText(edge).replace(/^carries /, '')}`
}

function broughtText({ carries, what, messages }: FlowEdge): string {
  const about = what === null ? null : `"${visible(what.replace(/\s+/g, ' '))}"`
  switch (carries) {
    case 'planted':
      return about ? `carries ${about}` : 'carries what was changed'
    case 'lost':
      return `${messages === 0 ? 'taken away' : 'lacks'}${about ? ` ${about}` : ''}`
    case 'copy':
      return messages === 0 ? 'woken by a copy' : 'a copy'
    case 'truth':
      return `truth ${about}`
    case 'nothing':
      return ''
    default:
      return carries satisfies never
  }
}
