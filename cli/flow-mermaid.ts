import type { FlowEdge, FlowGraph, FlowNode } from '../core/flow.js'
import { groupBy } from '../core/lists.js'
import { visible } from '../reports/text/escape.js'
import { clip } from '../reports/text/layout.js'

/** A flow as a Mermaid diagram. No name and no text of a model can end a label or begin a line. */
export function flowMermaid(
  { nodes, edges, fault, spread }: FlowGraph,
  { title, isSimulated }: Readonly<{ title: string; isSimulated: boolean }>,
): string {
  const ids = new Map(nodes.map(({ id }, at) => [id, `n${at}`]))
  const groups = [...groupBy(edges, (edge) => alike(edge)).values()]
  const shown = [
    ...(isSimulated ? ['SIMULATED'] : []),
    title,
    ...(fault !== null && spread?.contained === null ? ['nothing stopped it'] : []),
  ]
  return [
    'flowchart LR',
    `  about["${shown.map(label).join('<br/>')}"]:::about`,
    ...nodes.map((node) => `  ${ids.get(node.id)}${shapeOf(node)}:::${classOf(node)}`),
    ...groups.map((group) => `  ${arrowOf(group, ids)}`),
    ...classes,
  ].join('\n')
}

const alike = ({ from, to, carries, what, became }: FlowEdge): string =>
  JSON.stringify([from, to, carries, what, became?.how])

const mostShown = 60

/** A text in which every character but letters, digits and a few harmless marks is written as its number. */
const label = (text: string): string =>
  clip(visible(text.replace(/\s+/g, ' ')), mostShown).replace(
    /[^\p{L}\p{N} .,_/…+-]/gu,
    (mark) => `#${mark.codePointAt(0)};`,
  )

function shapeOf({ id, kind, injected, carried, dropped, corrected }: FlowNode): string {
  const lines = [
    label(id),
    ...stepsLine('injected', injected),
    ...stepsLine('passed on', carried),
    ...stepsLine('dropped', dropped),
    ...stepsLine('corrected', corrected),
  ].join('<br/>')
  return kind === 'agent' ? `["${lines}"]` : kind === 'tool' ? `[/"${lines}"/]` : `(["${lines}"])`
}

const mostSteps = 4

const stepsLine = (word: string, steps: readonly number[]): readonly string[] =>
  steps.length === 0
    ? []
    : [
        label(
          `${word} ${steps.slice(0, mostSteps).join(', ')}${steps.length > mostSteps ? ` +${steps.length - mostSteps}` : ''}`,
        ),
      ]

const classOf = ({ injected, carried, dropped, corrected, kind }: FlowNode): string =>
  carried.length > 0
    ? 'carried'
    : injected.length > 0
      ? 'injected'
      : dropped.length + corrected.length > 0
        ? 'stopped'
        : kind === 'agent'
          ? 'agent'
          : 'source'

function arrowOf(group: readonly FlowEdge[], ids: ReadonlyMap<string, string>): string {
  const [edge] = group as readonly [FlowEdge, ...FlowEdge[]]
  const { from, to, carries, what, became } = edge
  const [steps = ''] = stepsLine(
    group.length > 1 ? 'steps' : 'step',
    group.map(({ step }) => step),
  )
  const brought =
    carries === 'nothing' ? [] : [label(`${carries}${what === null ? '' : ` "${what}"`}`)]
  const done = became && became.how !== 'carried' ? [became.how] : []
  const arrow = became ? (became.how === 'carried' ? '==>' : '--x') : '-.->'
  return `${ids.get(from)} ${arrow}|"${[steps, ...brought, ...done].join('<br/>')}"| ${ids.get(to)}`
}

const classes = [
  '  classDef about fill:#ffffff,stroke:#999999,color:#333333',
  '  classDef agent fill:#ffffff,stroke:#555555,color:#222222',
  '  classDef source fill:#f2f2f2,stroke:#999999,color:#222222',
  '  classDef injected fill:#fff1c2,stroke:#b58900,color:#222222',
  '  classDef carried fill:#fbd5d5,stroke:#b42318,color:#222222',
  '  classDef stopped fill:#d7f0dd,stroke:#1a7f37,color:#222222',
]
