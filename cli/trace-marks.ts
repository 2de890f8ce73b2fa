import type { FlowGraph } from '../core/flow.js'
import type { Step } from '../core/schemas/trace-line.js'

const meanings = {
  '!': 'injected',
  '#': 'passes the fault on',
  '~': 'first unlike the baseline',
  '=': 'stops it',
} as const
type Mark = keyof typeof meanings

/** Marks in the margin of a trace, which say without colour where the fault came in, went and ended. */
export function marksOf(
  steps: readonly Step[],
  flow: FlowGraph | null,
): (step: number) => readonly Mark[] {
  const carried = new Set(flow?.nodes.flatMap((node) => node.carried))
  const { firstDivergent = null, contained = null } = flow?.spread ?? {}
  return (step) => [
    ...(steps[step]?.kind === 'injection' ? (['!'] as const) : []),
    ...(carried.has(step) ? (['#'] as const) : []),
    ...(step === contained ? (['='] as const) : []),
    ...(step === firstDivergent ? (['~'] as const) : []),
  ]
}

/** What the marks mean, of those that are there. */
export function legendOf(marks: readonly (readonly Mark[])[]): string {
  const there = new Set(marks.flat())
  return Object.entries(meanings)
    .filter(([mark]) => there.has(mark as Mark))
    .map(([mark, meaning]) => `${mark} ${meaning}`)
    .join('   ')
}
