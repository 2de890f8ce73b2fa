import { groupBy } from '../core/lists.js'
import type { EmptyReason, Looked } from '../engine/applicability.js'
import type { Display } from './console.js'
import { labelled } from './rows.js'

/** Whether a fault can be set in a system at a work, and in words why not; null where it can. */
export type Cell = Readonly<{
  system: string
  scenario: string
  fault: string
  stands: 'site' | EmptyReason | 'unsolved' | 'left-out'
  because: string | null
}>

const signs = {
  site: '●',
  'no-hand-over': '·',
  'no-place': '·',
  'nothing-to-change': '·',
  'no-effect': '○',
  unsolved: '?',
  'left-out': ' ',
} as const satisfies Record<Cell['stands'], string>

const reasons = {
  'no-hand-over': 'no agent hands anything on to another',
  'no-place': 'no place of its kind',
  'nothing-to-change': 'nothing at any site that it could change',
  'no-effect': 'what it would change is needed by nobody',
  unsolved: 'no baseline solved its task, so there is nothing to break',
} as const satisfies Record<Exclude<Cell['stands'], 'site' | 'left-out'>, string>

/** The cells that baselines of one work come to: the best that any of them says of a fault. */
export function cellsOf(
  looked: readonly Looked[],
  faults: readonly Readonly<{ id: string }>[],
): readonly Cell[] {
  return [...groupBy(looked, ({ system }) => system)].flatMap(([system, some]) => {
    const scenario = some[0]?.scenario ?? ''
    const solved = some.flatMap(({ faults }) => faults ?? [])
    return faults.map(({ id: fault }): Cell => {
      const found = solved.flatMap((baseline) => baseline.get(fault) ?? [])
      const stands = best.find((one) => found.includes(one)) ?? 'unsolved'
      return {
        system,
        scenario,
        fault,
        stands,
        because: stands === 'site' ? null : reasons[stands],
      }
    })
  })
}

const best = ['site', 'no-effect', 'nothing-to-change', 'no-place', 'no-hand-over'] as const

/** What the matrix is about, in the order in which it is shown. */
type Subject = Readonly<{
  faults: readonly Readonly<{ id: string; abbreviation: string }>[]
  systems: readonly Readonly<{ id: string }>[]
  scenarios: readonly Readonly<{ id: string }>[]
  tasks: number
}>

/** The matrix for people: a block for each work, a line for each system, a column for each fault. */
export function matrixText(
  cells: readonly Cell[],
  { faults, systems, scenarios, tasks }: Subject,
  display: Pick<Display, 'width'>,
): string {
  const names = Math.max(...systems.map(({ id }) => id.length)) + 3
  const wide = Math.max(...faults.map(({ abbreviation }) => abbreviation.length)) + 1
  const perBlock = Math.max(1, Math.floor((display.width - names) / wide))
  const chunks = Array.from({ length: Math.ceil(faults.length / perBlock) }, (_, at) =>
    faults.slice(at * perBlock, (at + 1) * perBlock),
  )
  const abbreviated = (id: string) => faults.find((one) => one.id === id)?.abbreviation ?? id
  const blocks = scenarios.map(({ id: scenario }) => {
    const own = cells.filter((cell) => cell.scenario === scenario)
    const shown = systems.filter(({ id }) =>
      own.some((one) => one.system === id && one.stands !== 'left-out'),
    )
    const line = (system: string, some: Subject['faults']) =>
      some.map(({ id }) => {
        const cell = own.find((one) => one.system === system && one.fault === id)
        return signs[cell?.stands ?? 'left-out'].padEnd(wide)
      })
    const tables = chunks.flatMap((some) => [
      `${' '.repeat(names)}${some.map(({ abbreviation }) => abbreviation.padEnd(wide)).join('')}`,
      ...shown.map(({ id }) => ` ${id.padEnd(names - 1)}${line(id, some).join('')}`),
    ])
    return [
      ` on ${scenario}`,
      ...(shown.length > 0 ? tables : []),
      ...whyNot(own, abbreviated, display),
    ]
      .map((text) => text.trimEnd())
      .join('\n')
  })
  const legend = [
    labelled(
      'signs',
      '● it finds a site, · no site, ○ what it changes is needed by nobody, ? unknown',
      display,
    ),
    labelled(
      'basis',
      `${tasks} baselines each on sim-strong; other tasks and models may offer more.`,
      display,
    ),
  ]
  return [...blocks, legend.join('\n')].join('\n\n')
}

/** One line for each reason of a system: which faults it keeps out. */
function whyNot(
  cells: readonly Cell[],
  abbreviated: (id: string) => string,
  display: Pick<Display, 'width'>,
): readonly string[] {
  const empty = cells.filter(({ because }) => because !== null)
  return [...groupBy(empty, ({ stands, because }) => `${stands} ${because}`).values()].map(
    (some) => {
      const [{ stands, because } = { stands: 'unsolved', because: '' }] = some
      const bySystem = [...groupBy(some, ({ system }) => system)]
      const who = bySystem.map(([system, own]) =>
        stands === 'left-out'
          ? system
          : `${system} ${own.map(({ fault }) => abbreviated(fault)).join(', ')}`,
      )
      const label =
        stands === 'left-out'
          ? 'left out'
          : stands === 'unsolved'
            ? '?'
            : stands === 'no-effect'
              ? '○'
              : '·'
      return labelled(label, `${because?.replace(/\.$/, '')}: ${who.join('; ')}.`, display)
    },
  )
}
