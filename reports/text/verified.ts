import type { Summary, Verified } from '../../core/schemas/summary.js'
import type { Name, Note } from './note.js'
import { count, counted } from './numbers.js'

/** What proof by removal says of each system of a run; nothing where no defence was taken out. */
export function verifiedNotes({ systems }: Summary, name: Name): readonly Note[] {
  const items = systems.flatMap(({ system, verified }) =>
    verified ? [`${name(system)}: ${sentence(verified, name)}`] : [],
  )
  if (items.length === 0) return []
  const text =
    'Held trials repeated without defences: what broke then was saved by what was missing.'
  return [{ label: 'Verified', text, items, tone: 'quiet' }]
}

function sentence({ tried, defences, unexplained, untestable }: Verified, name: Name): string {
  const saved = Object.entries(defences)
    .sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1))
    .map(([id, n]) => `${id.split('+').map(name).join('+')} ${count(n)}`)
  return [
    `${counted(tried, 'trial')};`,
    saved.length > 0 ? `broke without ${saved.join(', ')};` : 'none broke;',
    `${count(unexplained)} unexplained,`,
    `${count(untestable)} untestable`,
  ].join(' ')
}
