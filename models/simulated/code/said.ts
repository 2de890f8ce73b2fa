import { remembered } from '../../../core/text/remembered.js'
import { readConditions } from '../conditions.js'
import { type Reading, readText } from '../statements.js'
import { type Example, readExample, type Signature } from './examples.js'
import { type Program, readProgram } from './program.js'
import type { Rule } from './rules.js'
import { isCompanion, readRule } from './sentences.js'

/** One line of a list of requirements, by the number that others know it by; the rule is null when none can be carried out. */
export type Entry = Readonly<{ number: number; sentence: string; rule: Rule | null }>

/** One thing that a message says. */
export type Statement =
  | Readonly<{ kind: 'signature'; signature: Signature }>
  | Readonly<{ kind: 'rule'; sentence: string; rule: Rule }>
  | Readonly<{ kind: 'list'; entries: readonly Entry[] }>
  | Readonly<{ kind: 'example'; example: Example }>
  | Readonly<{ kind: 'program'; text: string; program: Program | null }>
  | Readonly<{ kind: 'verdict'; approves: boolean }>
  | Readonly<{ kind: 'correction'; number: number | null; rule: Rule; sentence: string }>
  | Readonly<{ kind: 'instruction'; rule: Rule | null; sentence: string }>
  | Readonly<{ kind: 'asks'; text: string }>
  | Readonly<{ kind: 'remark' }>
  | Readonly<{ kind: 'unread'; text: string }>

function readBlock(name: string, lines: readonly string[]): readonly Statement[] {
  if (name === 'js' || name === 'javascript') {
    const program = readProgram(lines.join('\n'))
    return [{ kind: 'program', text: program ? indented(lines) : lines.join('\n'), program }]
  }
  return name === 'ops' ? readList(lines) : []
}

/** The lines of a function, set in as they were before somebody took the text apart. */
const indented = (lines: readonly string[]): string =>
  lines.map((line, at) => (at === 0 || at === lines.length - 1 ? line : `  ${line}`)).join('\n')

function readList(lines: readonly string[]): readonly Statement[] {
  const written = lines.flatMap((line, at) => {
    const [, mark, sentence = ''] = /^(?:(\d+)[.)]|[-*])?\s*(.*)$/.exec(line) ?? []
    return sentence === '' ? [] : [{ number: mark ? Number(mark) : at + 1, sentence }]
  })
  const read = readConditions(written.map(({ sentence }) => sentence)).map(
    ({ bare, possible, sentence }, at) => {
      const rule = readRule(bare)
      const number = written[at]?.number ?? at + 1
      return { rule, entry: { number, sentence, rule: possible ? rule : null } }
    },
  )
  return [
    { kind: 'list', entries: read.map(({ entry }) => entry) },
    ...read.flatMap(({ rule, entry }): readonly Statement[] =>
      rule ? [] : [{ kind: 'unread', text: entry.sentence }],
    ),
  ]
}

type Reader = (text: string) => Statement | null

const remarks =
  /^(?:From: \S+|CONFLICT: .*|I take .*|I found .*|I find .*|It (?:meets|says): .*|I get .*|I cannot .*|I do not know .*|No rule that I know .*|No program .*|The rules .*|The kind of error is: .*|The result is(?: known)?|\w+\([^)]*\)(?: returns)?|Conclusion: step \d+|TASK_DONE|NEXT: .*)\.?$/

const readers: readonly Reader[] = [
  (text) => {
    const [, name, listed = ''] = /`(\w+)\((\w+(?:, ?\w+)*)\)`/.exec(text) ?? []
    if (name === undefined || !isCompanion(text)) return null
    const parameters = listed.split(',').map((parameter) => parameter.trim())
    return { kind: 'signature', signature: { name, parameters } }
  },
  (text) => {
    const verdict = /^(APPROVE|REJECT)\b/.exec(text)?.[1]
    return verdict ? { kind: 'verdict', approves: verdict === 'APPROVE' } : null
  },
  (text) => (text.startsWith('QUESTION:') ? { kind: 'asks', text: text.slice(9).trim() } : null),
  (text) => {
    const example = readExample(text)
    return example && { kind: 'example', example }
  },
  (text) => {
    const [, number, sentence = ''] =
      /^(?:Step (\d+) should be|A rule is missing): (.*)$/.exec(text) ?? []
    const rule = readRule(sentence)
    return rule && { kind: 'correction', number: number ? Number(number) : null, rule, sentence }
  },
  (text) => {
    const sentence = /^Instruction: (.*)$/.exec(text)?.[1]
    return sentence === undefined
      ? null
      : { kind: 'instruction', sentence, rule: readRule(sentence) }
  },
  (text) => (remarks.test(text) || isCompanion(text) ? { kind: 'remark' } : null),
]

const reading: Reading<Statement> = {
  block: readBlock,
  readers,
  sentence: (sentence) => {
    const rule = readRule(sentence)
    return rule && { kind: 'rule', sentence, rule }
  },
}

/** Everything that a text says about this work. */
export const statementsIn: (text: string) => readonly Statement[] = remembered((text) =>
  readText(text, reading),
)
