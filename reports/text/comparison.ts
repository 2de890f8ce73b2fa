import { Chalk } from 'chalk'
import type { ReportContext } from '../../core/report.js'
import type { Compared, Comparison } from '../../core/schemas/comparison.js'
import { below, compoundOf, opening, sideNames } from './comparison-notes.js'
import { comparisonTable, lookSign } from './comparison-table.js'
import { visible } from './escape.js'
import { clip, columns, pad, wrap } from './layout.js'
import type { Note } from './note.js'
import { type Lines, noted, type Pen } from './notes.js'

type Context = Pick<ReportContext, 'width' | 'colour' | 'faults'>

type BlockContext = Context & Readonly<{ kind: string }>

/** A comparison for people at a terminal: what was found first, then a table of faults for each two systems. */
export function renderComparison(comparison: Comparison, context: Context): string {
  const paint = new Chalk({ level: context.colour ? 1 : 0 })
  const pen: Pen = { width: Math.max(60, context.width), paint }
  const kind = comparison.evidence.toUpperCase()
  const sections: readonly Lines[] = [
    noted(labelledOnce(opening(comparison)), pen),
    ...comparison.comparisons.map((one) => blockOf(one, { ...context, kind }, pen)),
    legend(comparison, pen),
    next(comparison, pen),
  ]
  const shown = sections.filter((lines) => lines.length > 0)
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function blockOf(compared: Compared, { faults, kind }: BlockContext, pen: Pen): Lines {
  const [a, b] = sideNames(compared)
  const { bold, dim } = pen.paint
  const title = wrap(`A ${a} → B ${b}  ${kind}`, pen.width - 1).map((line) => ` ${bold(line)}`)
  if (compared.trials === 0)
    return [...title, ...noted(labelledOnce(below(compared, faults).slice(1)), pen)]
  const what = wrap(compoundOf(compared), pen.width - 1).map((line) => ` ${dim(line)}`)
  const table = comparisonTable(compared, faults, pen)
  return [...title, ...what, ...table, ...noted(labelledOnce(below(compared, faults)), pen)]
}

/** Of several notes with one label the first carries it. */
const labelledOnce = (notes: readonly Note[]): readonly Note[] =>
  notes.map((note, at) => (notes[at - 1]?.label === note.label ? { ...note, label: '' } : note))

/** What the columns are. Told once, however many comparisons there are. */
function legend({ comparisons }: Comparison, { width, paint }: Pen): Lines {
  const looked = comparisons.some(({ faults }) => faults.some(({ look }) => look))
  const words = [
    ['A, B', 'held of the trials that both sides have, with 95% on these tasks'],
    ['B - A', 'mean over tasks, in points, with 95% on tasks like these'],
    ['only A / B', 'trials that only A held, and trials that only B held'],
    ...(looked
      ? [[lookSign, 'worth a look: of such faults at most one in ten is there by chance']]
      : []),
  ] as const
  const label = Math.max(...words.map(([word = '']) => columns(word)))
  if (comparisons.every(({ trials }) => trials === 0)) return []
  return words.flatMap(([word = '', meaning = '']) =>
    wrap(meaning, width - label - 3).map((line, at) =>
      paint.dim(` ${pad(at === 0 ? word : '', label)}  ${line}`),
    ),
  )
}

/** What to type next. */
function next({ comparisons }: Comparison, { width, paint }: Pen): Lines {
  const faults = comparisons.flatMap((one) => one.faults)
  const size = (mean: number | null) => Math.abs(mean ?? 0)
  const [first] = [...faults].sort((x, y) => size(y.difference.mean) - size(x.difference.mean))
  const runs = [...new Set(comparisons.flatMap(({ a, b }) => [a.run, b.run]))].map(visible)
  const commands = [
    ...(first && !first.fault.includes('+') ? [`firedrill explain ${visible(first.fault)}`] : []),
    `firedrill compare ${runs.join(' ')} --json`,
  ]
  return commands.map(
    (command, at) => ` ${paint.bold(at === 0 ? 'Next' : '    ')}  ${clip(command, width - 7)}`,
  )
}
