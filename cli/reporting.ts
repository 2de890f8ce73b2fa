import { isAbsolute, join, relative, resolve } from 'node:path'
import { summarise } from '../analysis/summarise.js'
import type { Weights } from '../analysis/weights.js'
import type { ReportContext } from '../core/report.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { Summary } from '../core/schemas/summary.js'
import { unknownName } from '../engine/select.js'
import { writeWhole } from '../engine/store.js'
import { reports } from '../reports/catalogue.js'
import { type Display, log } from './console.js'
import type { Decided } from './decided-trials.js'
import { factsOf, injectorIn } from './faults.js'
import type { Demands } from './gates.js'

/** The summary of a run, from its file and its trials; scores weigh all categories alike unless told otherwise. */
export function summaryOf(
  file: Omit<RunFile, 'planId'>,
  { lines, judge, verifications = [] }: Pick<Decided, 'lines' | 'judge'> & Partial<Decided>,
  { gates, baselineFile }: Pick<Demands, 'gates' | 'baselineFile'>,
  weights?: Weights,
): Summary {
  const faults = factsOf(file)
  return summarise({
    ...{ run: { ...file, planId: '' }, lines, judge, verifications, faults, weights },
    ...{ gates, baselineFile },
    injectorOf: injectorIn(faults),
  })
}

/** What reports may know besides the summary. */
export function contextOf(
  { width, colour }: Display,
  folder: string | null,
  file: Pick<RunFile, 'ownFaults'>,
): ReportContext {
  const shownFolder = folder === null ? null : relative(process.cwd(), folder) || '.'
  return { width, colour, faults: factsOf(file), folder: shownFolder }
}

/** A summary in one format. */
export function render(id: string, summary: Summary, context: ReportContext): string {
  const report = reports.find((one) => one.id === id)
  if (!report)
    throw unknownName(
      'report',
      id,
      reports.map((one) => one.id),
    )
  return report.render(summary, context)
}

/** A report that was asked for. */
export type ReportWish = Readonly<{ id: string; path: string | null }>

/** A report as the command line names it: `NAME[:PATH]`. */
export function reportWish(text: string): ReportWish {
  const [id = '', path] = text.split(/:(.*)/s)
  if (!reports.some((one) => one.id === id))
    throw unknownName(
      'report',
      id,
      reports.map((one) => one.id),
    )
  return { id, path: path ? path : null }
}

/** Writes a report to its path, or beside the run, whose folder is in the context. */
export function written(
  { id, path }: ReportWish,
  summary: Summary,
  folder: string,
  context: ReportContext,
): void {
  const file = reports.find((one) => one.id === id)?.file ?? `${id}.txt`
  const target = path ? (isAbsolute(path) ? path : resolve(path)) : join(folder, file)
  writeWhole(target, render(id, summary, { ...context, colour: false }))
  log(`wrote ${relative(process.cwd(), target)}`)
}
