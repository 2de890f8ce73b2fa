import chalk from 'chalk'
import type { Step, TraceLine } from '../core/schemas/trace-line.js'
import { visible } from '../reports/text/escape.js'
import { counted } from '../reports/text/numbers.js'

type InjectionStep = Extract<Step, { kind: 'injection' }>

/** A step as lines, each with its colour. */
export type StepText = readonly Readonly<{ text: string; paint?: (text: string) => string }>[]

/** All that is shown of a step. */
export const textOf = (step: StepText | undefined): string =>
  (step ?? []).map(({ text }) => text).join('\n')

/** The steps of a trace as texts. */
export function textsOf({ steps, messages }: TraceLine): readonly StepText[] {
  const text = (index: number) => {
    const message = messages[index]
    const calls = (message?.toolCalls ?? []).map(
      ({ name, args }) => `${name}(${JSON.stringify(args)})`,
    )
    return oneLine([message?.text ?? '', ...calls].filter(Boolean).join(' '))
  }
  return steps.map((step) => stepText(step, text))
}

function stepText(step: Step, text: (index: number) => string): StepText {
  const line = (words: string): StepText => [{ text: `${visible(step.key)}  ${words}` }]
  switch (step.kind) {
    case 'start':
      return line(
        `starts with ${counted(step.input.length, 'message')}${step.attempt > 0 ? `, attempt ${step.attempt + 1}` : ''}`,
      )
    case 'call':
      return line(`says  ${text(step.reply)}`)
    case 'write':
      return line(
        [...step.messages.map((index) => `writes  ${text(index)}`), ...sent(step.routes)].join(
          '  ',
        ),
      )
    case 'error':
      return line(`throws  ${visible(step.error)}`)
    case 'injection':
      return injectionText(step)
    case 'end':
      return [{ text: `${step.outcome}${step.answer === null ? '' : `  ${visible(step.answer)}`}` }]
    default:
      return step satisfies never
  }
}

/** What was changed, from where the two begin to differ: long texts are cut at their ends. */
function injectionText({ site, fault, before, after }: InjectionStep): StepText {
  const isPaired = before.length === after.length
  const shown = (texts: readonly string[], others: readonly string[]) =>
    texts.map((text, at) => fromChange(oneLine(text), isPaired ? oneLine(others[at] ?? '') : ''))
  return [
    { text: `${visible(site)}  injected ${visible(fault)}`, paint: chalk.yellow },
    ...shown(before, after).map((text) => ({ text: ` - ${text}`, paint: chalk.red })),
    ...shown(after, before).map((text) => ({ text: ` + ${text}`, paint: chalk.green })),
  ]
}

function fromChange(text: string, other: string): string {
  const from = sameStart(text, other)
  return from > 0 ? `…${text.slice(from)}` : text
}

const company = 24
const fewest = 40

/** How much two texts have in common at their start and need not be shown, with some words left as company. */
function sameStart(before: string, after: string): number {
  let same = 0
  while (same < before.length && same < after.length && before[same] === after[same]) same++
  if (same < fewest) return 0
  const space = before.lastIndexOf(' ', same - company)
  return space < 0 ? 0 : space + 1
}

/** Text of a model on one line, with nothing in it that moves a cursor. */
export const oneLine = (text: string): string => visible(text.replace(/\s+/g, ' '))

/** Routes, equal ones with their number. */
const sent = (routes: readonly string[]): readonly string[] =>
  [...new Set(routes)].map((to) => {
    const times = routes.filter((route) => route === to).length
    return `-> ${visible(to)}${times > 1 ? ` x${times}` : ''}`
  })
