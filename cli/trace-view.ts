import chalk from 'chalk'
import type { FlowGraph } from '../core/flow.js'
import type { Lines } from '../engine/line.js'
import { visible } from '../reports/text/escape.js'
import { clip, columns, wrap } from '../reports/text/layout.js'
import { counted } from '../reports/text/numbers.js'
import type { Display } from './console.js'
import { oneLine, type StepText, textOf, textsOf } from './step-text.js'
import { legendOf, marksOf } from './trace-marks.js'

/**
 * A trial step by step; what is the same as in its baseline is folded. The numbers of the steps are their positions in the
 * trace, as in all that is stored of a trial.
 */
export function besideBaseline(
  trial: Lines,
  { baseline, flow }: Readonly<{ baseline: Lines | null; flow: FlowGraph | null }>,
  { width }: Pick<Display, 'width'>,
): string {
  const { line, trace } = trial
  const title = titleOf(line, width)
  if (!trace) return [...title, '', ` ${reasonOf(line)}`].join('\n')
  const steps = textsOf(trace)
  const twin = baseline?.trace ? textsOf(baseline.trace) : []
  const same = baseline ? sharedStart(steps, twin) : 0
  const marks = marksOf(trace.steps, flow)
  const rows = foldAlike(steps.slice(same)).map(({ step, at, isNote = false }) => ({
    ...{ step, at: same + at },
    marks: isNote ? [] : marks(same + at),
  }))
  const shown = rows.flatMap(({ step, at, marks: own }) => {
    const number = String(at).padStart(3)
    return numbered(step, ` ${own.join('').padEnd(2)} ${number}  `, width)
  })
  const last = same - 1
  const folded =
    same > 0
      ? [chalk.dim(`${' '.repeat(6)}${last > 0 ? `0-${last}` : '0'}  same as the baseline`)]
      : []
  const legend = legendOf(rows.map((row) => row.marks))
  return [
    ...title,
    '',
    ...folded,
    ...shown,
    ...(legend ? ['', ...wrap(legend, width - 1).map((text) => chalk.dim(` ${text}`))] : []),
    '',
    ...endOf(trial, baseline, width),
  ].join('\n')
}

function titleOf(line: Lines['line'], width: number): readonly string[] {
  const verdict = `${line.verdict ?? line.arm}${line.dormantBecause ? ` (${line.dormantBecause})` : ''}`
  const [site] = line.injections.map((injection) => `site ${visible(injection.site)}`)
  const [id, rest] = [visible(line.id), [verdict, ...(site ? [site] : [])].join('   ')]
  const isLong = columns(id) + columns(rest) + 4 > width
  return isLong
    ? [` ${chalk.bold(clip(id, width - 1))}`, ` ${clip(rest, width - 1)}`]
    : [` ${chalk.bold(id)}   ${rest}`]
}

/** The lines of a step behind its number, each within the width; colours are put on when they have been cut. */
function numbered(step: StepText, margin: string, width: number): readonly string[] {
  const room = width - columns(margin)
  const shown = ({ text, paint = String }: StepText[number]) => paint(clip(text, room))
  return step.map((line, at) => `${at === 0 ? margin : ' '.repeat(columns(margin))}${shown(line)}`)
}

const reasonOf = ({ outcome }: Lines['line']): string =>
  outcome.kind === 'not-run' ? `Not run: ${outcome.reason}.` : outcome.kind

function sharedStart(a: readonly StepText[], b: readonly StepText[]): number {
  const first = a.findIndex((step, at) => textOf(step) !== textOf(b[at]))
  return first < 0 ? a.length : first
}

function endOf({ line }: Lines, baseline: Lines | null, width: number): readonly string[] {
  const of = ({ outcome }: Lines['line']) =>
    outcome.kind === 'answered'
      ? `${oneLine(outcome.answer)} (${outcome.mark.result})`
      : outcome.kind
  const answer = `Answer   ${of(line)}${baseline ? `; the baseline: ${of(baseline.line)}` : ''}`
  return [
    ...wrap(answer, width - 1).map((text) => ` ${text}`),
    ` ${counted(line.calls, 'model call')}, ${counted(line.tokens, 'token')}`,
  ]
}

type Row = Readonly<{ step: StepText; at: number; isNote?: boolean }>

/** Steps with their places; of a stretch of steps that comes again and again only the first is shown. */
function foldAlike(steps: readonly StepText[]): readonly Row[] {
  const shapes = steps.map((step) => textOf(step).replace(/#\d+/g, '#'))
  const shown: Row[] = []
  for (let at = 0; at < steps.length; ) {
    const { length, times } = repetitionAt(shapes, at)
    for (let place = at; place < at + length; place++) {
      shown.push({ step: steps[place] ?? [], at: place })
    }
    if (times > 0) {
      const note = { text: `… and ${times} times the same`, paint: chalk.dim }
      shown.push({ step: [note], at: at + length, isNote: true })
    }
    at += length * (times + 1)
  }
  return shown
}

const longestStretch = 60

/** The shortest stretch from here that comes at least twice more, and how often; else this step alone. */
function repetitionAt(
  shapes: readonly string[],
  at: number,
): Readonly<{ length: number; times: number }> {
  for (let length = 1; length <= longestStretch && at + 3 * length <= shapes.length; length++) {
    let times = 0
    while (isSameStretch(shapes, at, at + (times + 1) * length, length)) times++
    if (times >= 2) return { length, times }
  }
  return { length: 1, times: 0 }
}

const isSameStretch = (
  shapes: readonly string[],
  from: number,
  to: number,
  length: number,
): boolean => {
  for (let step = 0; step < length; step++) {
    if (to + step >= shapes.length || shapes[from + step] !== shapes[to + step]) return false
  }
  return true
}
