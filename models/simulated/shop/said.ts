import { remembered } from '../../../core/text/remembered.js'
import { stepsIn } from '../conditions.js'
import { type Reading, readText } from '../statements.js'
import type { Fact } from './facts.js'
import { isCompanion, readRequest } from './requests.js'
import { readStep, type Step } from './steps.js'

/** A list of steps as it was read; `broken` holds the lines that say none that could be done. */
export type Plan = Readonly<{ steps: readonly Step[]; broken: readonly string[] }>

/** One thing that a message says. */
export type Statement =
  | Readonly<{ kind: 'request'; sentence: string; facts: readonly Fact[] }>
  | Readonly<{ kind: 'plan'; plan: Plan }>
  | Readonly<{ kind: 'answer'; text: string }>
  | Readonly<{ kind: 'instruction'; step: Step | null }>
  | Readonly<{ kind: 'asks'; text: string }>
  | Readonly<{ kind: 'remark' }>
  | Readonly<{ kind: 'unread'; text: string }>

function readBlock(name: string, lines: readonly string[]): readonly Statement[] {
  if (name === 'answer') return [{ kind: 'answer', text: lines.join('\n').trim() }]
  if (name !== 'ops') return []
  const { steps, broken, unread } = stepsIn(lines, readStep)
  return [
    { kind: 'plan', plan: { steps, broken } },
    ...unread.map((text): Statement => ({ kind: 'unread', text })),
  ]
}

type Reader = (text: string) => Statement | null

const remarks =
  /^(?:From: \S+|CONFLICT: .*|I take .*|I cannot confirm .*|I cannot finish .*|I cannot carry out .*|I do not know .*|I bought .*|I call .*|The kind of error is: .*|No purchase .*|NEXT: .*|APPROVE\b.*|REJECT\b.*|TASK_DONE\b.*)$/

const readers: readonly Reader[] = [
  (text) => (text.startsWith('QUESTION:') ? { kind: 'asks', text: text.slice(9).trim() } : null),
  (text) => {
    const sentence = /^Instruction: (.*)$/.exec(text)?.[1]
    return sentence === undefined ? null : { kind: 'instruction', step: readStep(sentence) }
  },
  (text) => (remarks.test(text) || isCompanion(text) ? { kind: 'remark' } : null),
]

const reading: Reading<Statement> = {
  block: readBlock,
  readers,
  sentence: (sentence) => {
    const facts = readRequest(sentence)
    return facts && { kind: 'request', sentence, facts }
  },
}

/** Everything that a text says about this work. */
export const statementsIn: (text: string) => readonly Statement[] = remembered((text) =>
  readText(text, reading),
)
