import { groupBy } from '../../core/lists.js'
import { simulatedNotice } from '../../core/report.js'
import type { Imported } from '../../core/schemas/imported.js'
import type { Summary } from '../../core/schemas/summary.js'
import type { Name, Note } from './note.js'

/** In one word what kind of evidence a run is; it stands wherever something of it is shown. */
export function evidenceWord({ run }: Pick<Summary, 'run'>): 'SIMULATED' | 'MEASURED' | 'IMPORTED' {
  if (run.imported) return 'IMPORTED'
  return run.evidence === 'simulated' ? 'SIMULATED' : 'MEASURED'
}

/** What kind of evidence a run is, and what follows from it. */
export function evidenceNote(summary: Summary, name: Name): Note {
  const label = evidenceWord(summary)
  const { evidence, imported, models } = summary.run
  if (imported) {
    const text = `Others executed these trials and published them: ${name(imported.from)}. Cite ${name(imported.cite)}. ${name(imported.says)}`
    return { label, text, tone: 'doubt' }
  }
  if (evidence === 'simulated') return { label, text: simulatedNotice, tone: 'doubt' }
  const answered = models.map(({ id }) => name(id)).join(', ')
  return { label, text: `Agents were answered by ${answered}.`, tone: 'quiet' }
}

/** What has to be known of some cells of trials that others executed. */
export function caveatNotes({ run }: Summary, name: Name): readonly Note[] {
  const items = caveatTexts(run.imported?.caveats ?? [], name)
  if (items.length === 0) return []
  return [{ label: 'Caveats', text: 'Doubtful by what was published.', items, tone: 'doubt' }]
}

/** One text for each caveat, with the cells that it is about. */
export const caveatTexts = (caveats: Imported['caveats'], name: Name): readonly string[] =>
  [...groupBy(caveats, ({ says }) => says)].map(([says, some]) => {
    const cells = [...groupBy(some, ({ system }) => system)].map(
      ([system, own]) => `${name(system)} ${own.map(({ fault }) => name(fault)).join(', ')}`,
    )
    return `${name(says)}: ${cells.join('; ')}`
  })
