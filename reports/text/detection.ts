import { Chalk, type ChalkInstance } from 'chalk'
import { simulatedNotice } from '../../core/report.js'
import type { DecidedFault, Detection } from '../../core/schemas/detection.js'
import type { Score } from '../../core/schemas/summary.js'
import { visible } from './escape.js'
import { judgedNotes } from './judged.js'
import { clip, pad } from './layout.js'
import type { Note } from './note.js'
import { noted } from './notes.js'
import { counted, ofAll, rate } from './numbers.js'

/** What `detect` says of a run, for a terminal. */
export function renderDetection(
  detection: Detection,
  { width, colour }: Readonly<{ width: number; colour: boolean }>,
): string {
  const pen = { width: Math.max(60, width), paint: new Chalk({ level: colour ? 1 : 0 }) }
  const sections = [
    noted(notesOf(detection), pen),
    detection.faults.length > 0 ? tableOf(detection.faults, pen.paint) : [],
    noted(legend(detection.faults), pen),
    [` ${pen.paint.bold('Next')}  firedrill report ${visible(detection.run.id)}`],
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function notesOf(detection: Detection): readonly Note[] {
  const { run, trials, changed, withoutTrace, unanswered } = detection
  const reasons = Object.entries(unanswered).filter(([reason]) => reason !== 'none')
  const looked = `${counted(trials, 'trial')} of ${visible(run.id)} looked at again, ${changed} seen otherwise than when ${changed === 1 ? 'it was' : 'they were'} run.`
  const lost =
    withoutTrace > 0
      ? ` ${counted(withoutTrace, 'trial')} without a stored trace ${withoutTrace === 1 ? 'keeps' : 'keep'} what the run says.`
      : ''
  return [
    ...(run.evidence === 'simulated'
      ? [{ label: 'SIMULATED', text: simulatedNotice, tone: 'doubt' } as const]
      : []),
    { label: 'DETECTED', text: looked + lost, tone: 'quiet' },
    ...judgedNotes(detection, visible),
    ...(reasons.length > 0
      ? [
          {
            label: 'UNANSWERED',
            text: `${reasons.map(([reason, n]) => `${reason} ${n}`).join(', ')}.`,
            tone: 'doubt',
          } as const,
        ]
      : []),
    ...(detection.faults.length === 0
      ? [{ label: 'FOUND', text: 'Nothing: no fault acted in a trial.', tone: 'doubt' } as const]
      : []),
  ]
}

const rows = [
  'program',
  'heuristic',
  'judge',
  'undetermined',
  'unclassified',
  'doubtful',
] as const satisfies readonly (keyof DecidedFault)[]

const widths = { fault: 32, by: 12, trials: 9 } as const

function tableOf(faults: readonly DecidedFault[], paint: ChalkInstance): readonly string[] {
  const { fault, by, trials } = widths
  const head = `${pad('fault', fault)} ${pad('decided by', by)} ${pad('trials', trials, 'right')}  share`
  return [` ${paint.dim(head)}`, ...faults.flatMap(blockOf)]
}

/** What did not occur takes no line, but how much is unclassified is always said. */
function blockOf(one: DecidedFault): readonly string[] {
  const shown = rows.filter((row) => row === 'unclassified' || countOf(one[row]) > 0)
  return shown.map((row, at) => {
    const name = at === 0 ? clip(visible(one.fault), widths.fault) : ''
    const trials = pad(ofAll(one[row]), widths.trials, 'right')
    return ` ${pad(name, widths.fault)} ${pad(row, widths.by)} ${trials}  ${rate(one[row]) ?? ''}`.trimEnd()
  })
}

const countOf = ({ mean, n }: Score): number => Math.round((mean ?? 0) * n)

const meanings: Readonly<Partial<Record<(typeof rows)[number], string>>> = {
  undetermined: 'only a judge model could tell: --judge-model',
  unclassified: 'none of the behaviours that are known for the fault',
  doubtful: 'decided, but only a judge model can tell whether one that comes first is seen as well',
}

function legend(faults: readonly DecidedFault[]): readonly Note[] {
  return rows.flatMap((row) => {
    const meaning = meanings[row]
    const isShown = faults.some((one) => countOf(one[row]) > 0)
    return meaning && isShown ? [{ label: row, text: meaning, tone: 'quiet' } as const] : []
  })
}
