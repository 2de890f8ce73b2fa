import { remembered } from '../../../core/text/remembered.js'
import { stepsIn } from '../conditions.js'
import { type Reading, readText } from '../statements.js'
import type { Fact } from './facts.js'
import { isCompanion, readRequest } from './requests.js'
import { readStep, type Step } from './steps.js'

/** A list of steps as it was read; `broken` holds the lines that say none that could be done. */
export type Plan = Readonly<{ steps: readonly Step[]; broken: readonly string[] }>

/** A step as a reviewer says it should be. */
export type Correction = Readonly<{ number: number; step: Step }>

/** One thing that a message says. */
export type Statement =
  | Readonly<{ kind: 'request'; sentence: string; facts: readonly Fact[] }>
  | Readonly<{ kind: 'plan'; plan: Plan }>
  | Readonly<{ kind: 'answer'; text: string }>
  | Readonly<{ kind: 'verdict'; approves: boolean }>
  | Readonly<{ kind: 'correction'; correction: Correction }>
  | Readonly<{ kind: 'finding'; about: 'flight' | 'hotel' }>
  | Readonly<{ kind: 'today'; date: string }>
  | Readonly<{ kind: 'instruction'; sentence: string; step: Step | null }>
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
  /^(?:From: \S+|CONFLICT: .*|I take .*|I find .*|I found .*|I cannot confirm .*|I cannot finish .*|I do not know .*|The steps follow .*|The kind of error is: .*|NEXT: .*|TASK_DONE|Handed over to .*|I call .*|No bookings? .*|Step \d+ is not needed\.?|Conclusion: step \d+\.?)$/

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
    const [, number, sentence = ''] = /^Step (\d+) should be: (.*)$/.exec(text) ?? []
    const step = number === undefined ? null : readStep(sentence)
    return step ? { kind: 'correction', correction: { number: Number(number), step } } : null
  },
  (text) => {
    const about =
      /^(?:Booking \S+ is not right|Booking \S+ is one too many|There is no booking): (flight|hotel)\b/.exec(
        text,
      )?.[1]
    return about === 'flight' || about === 'hotel' ? { kind: 'finding', about } : null
  },
  (text) => {
    const date = /^Today is (\d{4}-\d{2}-\d{2})\.?$/.exec(text)?.[1]
    return date === undefined ? null : { kind: 'today', date }
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
