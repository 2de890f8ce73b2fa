import { isCompanion, readQuestion } from './questions.js'
import { sentencesIn } from './sentence-form.js'
import { readStep, type Step } from './steps.js'
import { type Column, readTable, type Table } from './table.js'
import { readColumns } from './tool-results.js'

/** A list of steps as it was read; `broken` holds the lines that say no step. */
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
  | Readonly<{ kind: 'asks'; text: string }>
  | Readonly<{ kind: 'remark' }>
  | Readonly<{ kind: 'unread'; text: string }>

const headings = /^## (?:question|table|rows|notes|rules|plan|steps|answer)\s*$/i
const remarks =
  /^(?:Answer a question about a table\.|Reply with exactly one ```answer block that holds the answer alone\.|CONFLICT: .*|I take .*|I get .*|I found .*|I cannot .*|I do not know .*|The steps .*|The kind of error is: .*|No answer .*)$/

/** Everything that a text says, in the order in which it says it. Knows nothing about who said it. */
export function statementsIn(text: string): readonly Statement[] {
  const statements: Statement[] = []
  const lines = text.split('\n').map((line) => line.trim())
  let section = ''
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const fence = /^```(\w*)$/.exec(line)?.[1]
    if (fence !== undefined) {
      const end = endOf(lines, at + 1, (other) => other === '```')
      statements.push(...readBlock(fence, lines.slice(at + 1, end)))
      at = end
    } else if (headings.test(line)) {
      section = line
      statements.push({ kind: 'remark' })
    } else if (isRow(line) && /^## rows$/i.test(section)) {
      const end = endOf(lines, at, (other) => !isRow(other))
      statements.push(...readRows(lines.slice(at, end)))
      at = end - 1
    } else if (line !== '') {
      const bare = line.replace(/^[-*] /, '')
      statements.push(...readLine(bare, bare !== line || section !== ''))
    }
  }
  return statements
}

const isRow = (line: string) => line.includes(' | ') || line.endsWith(' |')

function endOf(lines: readonly string[], from: number, ends: (line: string) => boolean): number {
  let at = from
  while (at < lines.length && !ends(lines[at] ?? '')) at++
  return at
}

function readBlock(name: string, lines: readonly string[]): readonly Statement[] {
  if (name === 'answer') return [{ kind: 'answer', text: lines.join('\n').trim() }]
  if (name !== 'ops') return []
  const sentences = lines
    .map((line) => line.replace(/^(?:\d+[.)]|[-*])\s*/, ''))
    .filter((line) => line !== '')
  const read = sentences.map((sentence) => ({ sentence, step: readStep(sentence) }))
  const steps = read.flatMap(({ step }) => (step ? [step] : []))
  const broken = read.flatMap(({ sentence, step }) => (step ? [] : [sentence]))
  const unread = broken.map((text): Statement => ({ kind: 'unread', text }))
  return [{ kind: 'plan', plan: { steps, broken } }, ...unread]
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

function readLine(line: string, looksLikeFact: boolean): readonly Statement[] {
  const whole = firstOf(line)
  if (whole) return [whole]
  const asked = line.replace(/^The question is: /, '')
  return sentencesIn(asked).flatMap((sentence): readonly Statement[] => {
    if (isCompanion(sentence)) return []
    const steps = readQuestion(sentence)
    if (steps) return [{ kind: 'question', text: sentence, steps }]
    const other = firstOf(sentence)
    if (other) return [other]
    return looksLikeFact ? [{ kind: 'unread', text: sentence }] : []
  })
}

function firstOf(text: string): Statement | null {
  for (const read of readers) {
    const statement = read(text)
    if (statement) return statement
  }
  return null
}
