import chalk from 'chalk'
import type { Step, TraceLine } from '../core/schemas/trace-line.js'
import type { Lines } from '../engine/line.js'
import { visible } from '../reports/text/escape.js'
import type { Display } from './console.js'

/** A trial step by step; what is the same as in its baseline is folded. */
export function besideBaseline(trial: Lines, baseline: Lines | null, { width }: Display): string {
  const { line, trace } = trial
  const verdict = line.verdict ?? line.arm
  const [site] = line.injections.map((injection) => injection.site)
  const title = ` ${chalk.bold(visible(line.id))}   ${verdict}${line.dormantBecause ? ` (${line.dormantBecause})` : ''}${site ? `   site ${visible(site)}` : ''}`
  if (!trace) return `${title}\n\n ${reasonOf(line)}`
  const steps = textsOf(trace)
  const twin = baseline?.trace ? textsOf(baseline.trace) : []
  const same = baseline ? sharedStart(steps, twin) : 0
  const shown = foldAlike(steps.slice(same)).map(
    ({ step, at }) => ` ${String(same + at + 1).padStart(3)}  ${fitted(step, width - 6)}`,
  )
  const folded = same > 0 ? [chalk.dim(`   1-${same}  same as the baseline`)] : []
  return [title, '', ...folded, ...shown, '', endOf(trial, baseline)].join('\n')
}

const reasonOf = ({ outcome }: Lines['line']): string =>
  outcome.kind === 'not-run' ? `Not run: ${outcome.reason}.` : outcome.kind

function sharedStart(a: readonly string[], b: readonly string[]): number {
  const first = a.findIndex((step, at) => step !== b[at])
  return first < 0 ? a.length : first
}

function textsOf({ steps, messages }: TraceLine): readonly string[] {
  const text = (index: number) => {
    const message = messages[index]
    const calls = (message?.toolCalls ?? []).map(
      ({ name, args }) => `${name}(${JSON.stringify(args)})`,
    )
    return oneLine([message?.text ?? '', ...calls].filter(Boolean).join(' '))
  }
  return steps.map((step) => stepText(step, text))
}

function stepText(step: Step, text: (index: number) => string): string {
  switch (step.kind) {
    case 'start':
      return `${visible(step.key)}  starts with ${step.input.length} messages${step.attempt > 0 ? `, attempt ${step.attempt + 1}` : ''}`
    case 'call':
      return `${visible(step.key)}  says  ${text(step.reply)}`
    case 'write':
      return `${visible(step.key)}  ${[...step.messages.map((index) => `writes  ${text(index)}`), ...sent(step.routes)].join('  ')}`
    case 'error':
      return `${visible(step.key)}  throws  ${visible(step.error)}`
    case 'injection':
      return [
        chalk.yellow(`${visible(step.site)}  injected ${visible(step.fault)}`),
        ...step.before.map((line) => chalk.red(`     -  ${oneLine(line)}`)),
        ...step.after.map((line) => chalk.green(`     +  ${oneLine(line)}`)),
      ].join('\n')
    case 'end':
      return `${step.outcome}${step.answer === null ? '' : `  ${visible(step.answer)}`}`
    default:
      return step satisfies never
  }
}

/** Text of a model on one line, with nothing in it that moves a cursor. */
const oneLine = (text: string): string => visible(text.replace(/\s+/g, ' '))

/** Routes, equal ones with their number. */
const sent = (routes: readonly string[]): readonly string[] =>
  [...new Set(routes)].map((to) => {
    const times = routes.filter((route) => route === to).length
    return `-> ${visible(to)}${times > 1 ? ` x${times}` : ''}`
  })

/** Each line cut to the width; colours are put on after cutting would be wrong, so their marks are not counted. */
function fitted(step: string, width: number): string {
  return step
    .split('\n')
    .map((line) =>
      line.length > width + 10
        ? `${line.slice(0, width - 1)}…${chalk.level > 0 ? '\u001b[39m' : ''}`
        : line,
    )
    .join('\n')
}

function endOf({ line }: Lines, baseline: Lines | null): string {
  const of = ({ outcome }: Lines['line']) =>
    outcome.kind === 'answered'
      ? `${visible(outcome.answer)} (${outcome.mark.result})`
      : outcome.kind
  const calls = `${line.calls} model calls, ${line.tokens} tokens`
  return ` Answer   ${of(line)}${baseline ? `; the baseline: ${of(baseline.line)}` : ''}\n ${calls}`
}

/** Steps with their places; of a stretch of steps that comes again and again only the first is shown. */
function foldAlike(steps: readonly string[]): readonly Readonly<{ step: string; at: number }>[] {
  const shapes = steps.map((step) => step.replace(/#\d+/g, '#'))
  const shown: { step: string; at: number }[] = []
  for (let at = 0; at < steps.length; ) {
    const { length, times } = repetitionAt(shapes, at)
    for (let place = at; place < at + length; place++) {
      shown.push({ step: steps[place] ?? '', at: place })
    }
    if (times > 0) shown.push({ step: chalk.dim(`… and ${times} times the same`), at: at + length })
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
