import { remembered } from '../../../core/text/remembered.js'
import { stepsIn } from '../conditions.js'
import { looksLikeFact, type Piece, piecesOf } from '../pieces.js'
import { sentencesIn } from '../sentence-form.js'
import { isCompanion, readQuestion } from './questions.js'
import { readStep, type Step } from './steps.js'
import { type Column, readTable, type Table } from './table.js'
import { readColumns } from './tool-results.js'

/** A list of steps as it was read; `broken` holds the lines that say none that could be done. */
export type Plan = Readonly<{ steps: readonly Step[]; broken: readonly string[] }>

/** A step as a reviewer says it should be. */
export type Correction = Readonly<{ number: number; step: Step }>

/** One thing that a message says. */
export type Statement =
  | Readonly<{ kind: 'question'; text: string; steps: readonly Step[] }>
  | Readonly<{ kind: 'plan'; plan: Plan }>
  | Readonly<{ kind: 'answer'; text: string }>
  | Readonly<{ kind: 'verdict'; approves: boolean }>
  | Readonly<{ kind: 'correction'; correction: Correction }>
  | Readonly<{ kind: 'conclusion'; number: number }>
  | Readonly<{ kind: 'columns'; columns: readonly Column[] }>
  | Readonly<{ kind: 'row-count'; rows: number }>
  | Readonly<{ kind: 'rows'; table: Table }>
  | Readonly<{ kind: 'instruction'; sentence: string; step: Step | null }>
  | Readonly<{ kind: 'asks'; text: string }>
  | Readonly<{ kind: 'remark' }>
  | Readonly<{ kind: 'unread'; text: string }>

const remarks =
  /^(?:Answer a question about a table\.|Reply with exactly one ```answer block that holds the answer alone\.|CONFLICT: .*|I take .*|I get .*|I found .*|I cannot .*|I do not know .*|The steps .*|The kind of error is: .*|NEXT: .*|TASK_DONE|Handed over to .*|I call .*|No answer .*)$/

/**
 * Everything that a text says, in the order in which it says it. Knows nothing about who said it. Agents read the same
 * texts again at every turn and in every trial of a task, which took a quarter of a run.
 */
export const statementsIn: (text: string) => readonly Statement[] = remembered(takenApart)

function takenApart(text: string): readonly Statement[] {
  const statements: Statement[] = []
  const pieces = piecesOf(text)
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at]
    if (piece?.kind === 'block') statements.push(...readBlock(piece.name, piece.lines))
    if (piece?.kind === 'heading') statements.push({ kind: 'remark' })
    if (piece?.kind !== 'line') continue
    const rows = rowsFrom(pieces, at)
    if (rows.length > 0) statements.push(...readRows(rows))
    else statements.push(...readLine(piece.text, looksLikeFact(piece)))
    at += Math.max(0, rows.length - 1)
  }
  return statements
}

/** The rows that stand together from a place on; none outside of the section that holds them. */
function rowsFrom(pieces: readonly Piece[], from: number): readonly string[] {
  const end = pieces.findIndex((piece, at) => at >= from && !isRow(piece))
  const together = pieces.slice(from, end < 0 ? pieces.length : end)
  return together.flatMap((piece) => (piece.kind === 'line' ? [piece.whole] : []))
}

const isRow = (piece: Piece) =>
  piece.kind === 'line' &&
  piece.section === 'rows' &&
  (piece.whole.includes(' | ') || piece.whole.endsWith(' |'))

function readBlock(name: string, lines: readonly string[]): readonly Statement[] {
  if (name === 'answer') return [{ kind: 'answer', text: lines.join('\n').trim() }]
  if (name !== 'ops') return []
  const { steps, broken, unread } = stepsIn(lines, readStep)
  return [
    { kind: 'plan', plan: { steps, broken } },
    ...unread.map((text): Statement => ({ kind: 'unread', text })),
  ]
}

function readRows(lines: readonly string[]): readonly Statement[] {
  const read = readTable(lines)
  if (!read) return lines.map((text): Statement => ({ kind: 'unread', text }))
  const torn = read.torn.map((text): Statement => ({ kind: 'unread', text }))
  return [{ kind: 'rows', table: read.table }, ...torn]
}

type Reader = (sentence: string) => Statement | null

const readers: readonly Reader[] = [
  (text) => {
    const verdict = /^(APPROVE|REJECT)\b/.exec(text)?.[1]
    return verdict ? { kind: 'verdict', approves: verdict === 'APPROVE' } : null
  },
  (text) => {
    const sentence = /^Instruction: (.*)$/.exec(text)?.[1]
    if (sentence === undefined) return null
    return { kind: 'instruction', sentence, step: readStep(sentence) }
  },
  (text) => (text.startsWith('QUESTION:') ? { kind: 'asks', text: text.slice(9).trim() } : null),
  (text) => {
    const number = /^Conclusion: step (\d+)\.?$/i.exec(text)?.[1]
    return number === undefined ? null : { kind: 'conclusion', number: Number(number) }
  },
  (text) => {
    const [, number, sentence = ''] = /^Step (\d+) should be: (.*)$/.exec(text) ?? []
    const step = readStep(sentence)
    return step ? { kind: 'correction', correction: { number: Number(number), step } } : null
  },
  (text) =>
    /^The columns are /.test(text) ? { kind: 'columns', columns: readColumns(text) } : null,
  (text) => {
    const rows = /^The table has (\d+) rows?\.?$/.exec(text)?.[1]
    return rows === undefined ? null : { kind: 'row-count', rows: Number(rows) }
  },
  (text) => (remarks.test(text) || /^From: \S+$/.test(text) ? { kind: 'remark' } : null),
]

function readLine(line: string, isFactLike: boolean): readonly Statement[] {
  const whole = firstOf(line)
  if (whole) return [whole]
  const asked = line.replace(/^The question is: /, '')
  return sentencesIn(asked).flatMap((sentence): readonly Statement[] => {
    if (isCompanion(sentence)) return []
    const steps = readQuestion(sentence)
    if (steps) return [{ kind: 'question', text: sentence, steps }]
    const other = firstOf(sentence)
    if (other) return [other]
    return isFactLike ? [{ kind: 'unread', text: sentence }] : []
  })
}

function firstOf(text: string): Statement | null {
  for (const read of readers) {
    const statement = read(text)
    if (statement) return statement
  }
  return null
}
