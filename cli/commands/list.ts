import { scopeOfCategory } from '../../core/taxonomy.js'
import { faults } from '../../faults/catalogue.js'
import { models } from '../../models/catalogue.js'
import { reports } from '../../reports/catalogue.js'
import { scenarios } from '../../scenarios/catalogue.js'
import { systems } from '../../systems/catalogue.js'
import { type Display, print, printJson } from '../console.js'
import type { listed } from '../listed.js'
import type { Given } from '../options.js'
import { rows } from '../rows.js'

/** What can be listed, each with the columns that its entries are shown with. */
const catalogues = {
  systems: () =>
    systems.map(({ id, summary, defences = [] }) => ({
      id,
      summary: `${summary} Defences: ${defences.map((defence) => `${defence.id} (${defence.tier})`).join(', ') || 'none'}.`,
    })),
  faults: () =>
    faults.map(({ abbreviation, id, category, injector, summary }) => ({
      abbreviation,
      id,
      scope: scopeOfCategory[category],
      category,
      injector,
      summary,
    })),
  scenarios: () => scenarios.map(({ id, licence, summary }) => ({ id, licence, summary })),
  models: () => models.map(({ id, kind, summary }) => ({ id, kind, summary })),
  reports: () => reports.map(({ id, file, summary }) => ({ id, file: file ?? '', summary })),
} satisfies Record<(typeof listed)[number], () => readonly Readonly<Record<string, string>>[]>

/** Prints what there is, one entry a line. */
export function list(given: Given, display: Display): void {
  const entries = catalogues[given['what'] as keyof typeof catalogues]()
  if (given['json']) printJson(entries)
  else print(rows(entries, display))
}
