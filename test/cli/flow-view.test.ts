import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flowMermaid } from '../../cli/flow-mermaid.js'
import { flowLines } from '../../cli/flow-view.js'
import type { FlowEdge, FlowGraph, FlowNode } from '../../core/flow.js'
import { columns } from '../../reports/text/layout.js'

const node = (id: string, changes: Partial<FlowNode> = {}): FlowNode => ({
  ...{ id, kind: 'agent', injected: [], carried: [], dropped: [], corrected: [], repeated: 0 },
  ...changes,
})
const edge = (from: string, to: string, changes: Partial<FlowEdge> = {}): FlowEdge => ({
  ...{ from, to, step: 1, messages: 1, carries: 'nothing', what: null, became: null },
  ...changes,
})
const flow = (nodes: readonly FlowNode[], edges: readonly FlowEdge[]): FlowGraph => ({
  ...{ fault: 'rumour', nodes, edges },
  spread: { injected: 0, agents: [], firstDivergent: null, lastTainted: null, contained: null },
})

const rumour = flow(
  [
    node('task', { kind: 'task' }),
    node('analyst', { injected: [3] }),
    node('engineer/model', { carried: [11, 18], repeated: 1 }),
    node('reviewer', { corrected: [23] }),
  ],
  [
    edge('task', 'analyst', { step: 4 }),
    ...[11, 18].map((step) =>
      edge('analyst', 'engineer/model', {
        ...{ step, carries: 'planted', what: '52 EUR', became: { how: 'carried', step } },
      }),
    ),
    edge('task', 'reviewer', { step: 22, carries: 'truth', what: '40 EUR' }),
    edge('engineer/model', 'reviewer', {
      ...{ step: 22, carries: 'planted', what: '52 EUR', became: { how: 'corrected', step: 23 } },
    }),
  ],
)

describe('the way of a fault as lines', () => {
  test('names who read it from whom, at which steps, and what became of it', () => {
    expect(flowLines(rumour, { width: 80 })).toEqual([
      '  ! analyst                  step 3       injected',
      '  analyst -> engineer/model  step 11, 18  carries "52 EUR"',
      '  task -> reviewer           step 22      truth "40 EUR"',
      '  engineer/model x reviewer  step 22      corrected at 23: "52 EUR"',
    ])
  })

  test.each([
    [
      { carries: 'lost', what: '40 EUR', became: { how: 'dropped', step: 1 } },
      'dropped: lacks "40 EUR"',
    ],
    [{ carries: 'lost', messages: 0, became: { how: 'carried', step: 1 } }, 'taken away'],
    [{ carries: 'copy', messages: 0, became: { how: 'dropped', step: 1 } }, 'dropped unread'],
    [{ carries: 'copy', messages: 0, became: { how: 'carried', step: 1 } }, 'woken by a copy'],
    [{ carries: 'copy', became: { how: 'carried', step: 1 } }, 'a copy'],
    [{ carries: 'planted', became: { how: 'carried', step: 1 } }, 'carries what was changed'],
  ] satisfies (readonly [Partial<FlowEdge>, string])[])('says %j as words', (changes, words) => {
    const [line] = flowLines(flow([], [edge('a', 'b', changes)]), { width: 80 })
    expect(line?.endsWith(`  ${words}`), line).toBe(true)
  })

  test('says who passes it on without having read it of anybody', () => {
    expect(flowLines(flow([node('router', { carried: [5] })], []), { width: 80 })).toEqual([
      '  # router  step 5  passed on',
    ])
  })

  test('says how many lines it leaves out', () => {
    const edges = Array.from({ length: 30 }, (_, step) =>
      edge(`a${step}`, 'b', { step, carries: 'copy', became: { how: 'carried', step } }),
    )
    const lines = flowLines(flow([], edges), { width: 80 })
    expect(lines).toHaveLength(25)
    expect(lines.at(-1)).toContain('6 lines more')
  })

  test.each([80, 100])('keeps to %i columns, and shows what is hostile', (width) => {
    const lines = flowLines(evil(`a\u001b[2J\u202e${'x'.repeat(150)}`), { width })
    for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width)
    expect(lines.join('')).toContain('⟨U+001B⟩')
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
  })
})

/** A flow in which everything has a hostile name. */
const evil = (text: string): FlowGraph =>
  flow(
    [node(text, { injected: [0], carried: [1] }), node(`${text}2`, { kind: 'tool' })],
    [
      edge(text, `${text}2`, {
        ...{ carries: 'planted', what: text, became: { how: 'carried', step: 1 } },
      }),
    ],
  )

describe('the way of a fault as a Mermaid diagram', () => {
  const title = 'a/b/rumour/t1#1'

  test('has a node for each that spoke and an arrow for each way', () => {
    const lines = flowMermaid(rumour, { title, isSimulated: true }).split('\n')
    expect(lines.slice(0, 10)).toEqual([
      'flowchart LR',
      '  about["SIMULATED<br/>a/b/rumour/t1#35;1<br/>nothing stopped it"]:::about',
      '  n0(["task"]):::source',
      '  n1["analyst<br/>injected 3"]:::injected',
      '  n2["engineer/model<br/>passed on 11, 18"]:::carried',
      '  n3["reviewer<br/>corrected 23"]:::stopped',
      '  n0 -.->|"step 4"| n1',
      '  n1 ==>|"steps 11, 18<br/>planted #34;52 EUR#34;"| n2',
      '  n0 -.->|"step 22<br/>truth #34;40 EUR#34;"| n3',
      '  n2 --x|"step 22<br/>planted #34;52 EUR#34;<br/>corrected"| n3',
    ])
  })

  test('says SIMULATED of simulated trials alone', () => {
    expect(flowMermaid(rumour, { title, isSimulated: false })).not.toContain('SIMULATED')
  })

  test('lets no name end a label, begin a line or write markup', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ']', '\n', '|', '`', '<', '#', ';', '%', '&', 'a') }),
      fc.constantFrom('"]\n  click n0 "javascript:alert(1)"', '<img src=x>', 'end', '#quot;'),
    )
    const usual = flowMermaid(evil('name'), { title: 'name', isSimulated: true }).split('\n')
    fc.assert(
      fc.property(text, text, (name, what) => {
        const lines = flowMermaid(evil(`n${name}`), { title: what, isSimulated: true }).split('\n')
        expect(lines).toHaveLength(usual.length)
        for (const [at, line] of lines.entries()) {
          // Outside of its labels each line is what it is for any other name, and within them there is no markup but ours.
          const labels = /"[^"]*"/g
          expect(line.replace(labels, '""')).toBe(usual[at]?.replace(labels, '""'))
          for (const [label] of line.matchAll(labels)) {
            expect(label.slice(1, -1).replaceAll('<br/>', '')).toMatch(
              /^(?:[\p{L}\p{N} .,_/…+-]|#\d+;)*$/u,
            )
          }
        }
      }),
    )
  })
})
