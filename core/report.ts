import type { Summary } from './schemas/summary.js'
import type { Category } from './taxonomy.js'

/** What a report may say about a fault; comes from the catalogue, so that nothing is typed twice. */
export type FaultFacts = Readonly<{
  id: string
  abbreviation: string
  category: Category
  summary: string
  /** What may be seen of it, in the order in which the rules are asked; absent where nobody knows them. */
  behaviours?: readonly Readonly<{ id: string }>[]
}>

/** What a rendering depends on besides the summary; a report reaches for neither terminal, clock nor file. */
export type ReportContext = Readonly<{
  /** Columns that may be used. */
  width: number
  colour: boolean
  /** Faults in the order in which they are shown. */
  faults: readonly FaultFacts[]
  /** Where the run is kept, as shown to people; null when it is not. */
  folder: string | null
}>

/** A rendering of a run in one format: a pure function of its summary. */
export type Report = Readonly<{
  id: string
  summary: string
  /** Name of the file it goes to when no path is given; null for the terminal. */
  file: string | null
  render: (summary: Summary, context: ReportContext) => string
}>

/** Stands wherever agents were answered by the simulated model. */
export const simulatedNotice =
  'Self-test on a simulated model: it shows how faults travel through this topology, not how a real model behaves.'
