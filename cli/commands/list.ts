import { scopeOfCategory } from '../../core/taxonomy.js'
import type { Configuration } from '../../engine/config.js'
import { models } from '../../models/catalogue.js'
import { realModel } from '../../models/openai-chat.js'
import { reports } from '../../reports/catalogue.js'
import { scenarios } from '../../scenarios/catalogue.js'
import { systems } from '../../systems/catalogue.js'
import type { Setting } from '../config.js'
import { type Display, print, printJson } from '../console.js'
import { catalogueOf, isOwn } from '../faults.js'
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
  faults: (found) =>
    catalogueOf(found).map((fault) => ({
      abbreviation: fault.abbreviation,
      id: fault.id,
      scope: scopeOfCategory[fault.category],
      category: fault.category,
      injector: fault.injector,
      origin: isOwn(fault) ? 'yours' : 'firedrill',
      summary: fault.summary,
    })),
  scenarios: () =>
    scenarios.map(({ id, licence, realOnly = false, summary, attribution }) => ({
      id,
      models: realOnly ? 'real only' : 'any',
      licence,
      summary: attribution ? `${summary} ${attribution}` : summary,
    })),
  models: () =>
    [...models, { id: 'openai:NAME', kind: 'provider', summary: realModel }].map(
      ({ id, kind, summary }) => ({ id, kind, summary }),
    ),
  reports: () => reports.map(({ id, file, summary }) => ({ id, file: file ?? '', summary })),
} satisfies Record<
  Exclude<(typeof listed)[number], 'matrix'>,
  (found: Configuration | null) => readonly Readonly<Record<string, string>>[]
>

/** Prints what there is, one entry a line. */
export function list(given: Given, display: Display, { found }: Setting): void {
  const entries = catalogues[given['what'] as keyof typeof catalogues](found)
  if (given['json']) printJson(entries)
  else print(shown(entries, display, found))
}

/** People see where a fault comes from by a mark: a column would say the same in nearly every line. */
function shown(
  entries: ReturnType<(typeof catalogues)[keyof typeof catalogues]>,
  display: Display,
  found: Configuration | null,
): string {
  const marked = entries.map((entry) => {
    if (!('origin' in entry)) return entry
    const { origin, abbreviation, ...rest } = entry
    return { abbreviation: origin === 'yours' ? `${abbreviation}*` : abbreviation, ...rest }
  })
  const hasOwn = entries.some((entry) => 'origin' in entry && entry.origin === 'yours')
  return [rows(marked, display), ...(hasOwn ? ['', `* yours, from ${found?.name}`] : [])].join('\n')
}
