import { groupBy } from '../../core/lists.js'
import type { Summary, Verified } from '../../core/schemas/summary.js'
import type { Name, Note } from './note.js'
import { count, counted } from './numbers.js'

/** What proof by removal says of each system of a run; nothing where no defence was taken out. */
export function verifiedNotes({ cells }: Summary, name: Name): readonly Note[] {
  const systems = [...groupBy(cells, ({ system }) => system)].flatMap(([system, own]) => {
    const found = own.flatMap(({ verified }) => verified ?? [])
    return found.length > 0 ? [`${name(system)}: ${sentence(found, name)}`] : []
  })
  if (systems.length === 0) return []
  const text =
    'Held trials repeated without defences: what broke then was saved by what was missing.'
  return [{ label: 'Verified', text, items: systems, tone: 'quiet' }]
}

function sentence(cells: readonly Verified[], name: Name): string {
  const sum = (of: (one: Verified) => number) => cells.reduce((all, one) => all + of(one), 0)
  const ids = [...new Set(cells.flatMap(({ defences }) => Object.keys(defences)))]
  const saved = ids
    .map((id) => ({ id, n: sum(({ defences }) => defences[id] ?? 0) }))
    .sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1))
    .map(({ id, n }) => `${id.split('+').map(name).join('+')} ${count(n)}`)
  return [
    `${counted(
      sum(({ tried }) => tried),
      'trial',
    )};`,
    saved.length > 0 ? `broke without ${saved.join(', ')};` : 'none broke;',
    `${count(sum(({ unexplained }) => unexplained))} unexplained,`,
    `${count(sum(({ untestable }) => untestable))} untestable`,
  ].join(' ')
}
