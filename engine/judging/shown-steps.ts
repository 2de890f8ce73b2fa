import type { Step, TraceLine } from '../../core/schemas/trace-line.js'
import { collapsed } from '../../core/text/collapsed.js'
import {
  mostShown,
  named,
  type ShownText,
  saidIn,
  shownMessage,
  shownText,
  sizeOf,
} from './shown-text.js'

/** A step of a trace as a judge model is shown it; `step` is its position there. */
export type ShownStep = Readonly<{ step: number; title: string; texts: readonly ShownText[] }>

type InjectionStep = Extract<Step, { kind: 'injection' }>

/** An injection with its position in the trace. */
export type InjectionAt = Readonly<{ step: number; injection: InjectionStep }>

type Trace = Pick<TraceLine, 'messages' | 'steps'>

/**
 * What the agents concerned did from the first injection on: those whose work was changed and those that read what it was
 * changed to; all of them where nobody can have read it, as with a delivery. How the oracle marked the answer is not shown.
 */
export function shownSteps(trace: Trace, injections: readonly InjectionAt[]): readonly ShownStep[] {
  const since = injections[0]?.step ?? 0
  const concerned = agentsConcerned(trace, injections)
  const known = new Map<string, Set<number>>()
  const knownBy = (agent: string) => known.get(agent) ?? new Set<number>()
  return trace.steps.flatMap((step, at) => {
    if (at < since || (step.kind !== 'end' && !concerned.has(step.agent))) return []
    const before = knownBy(step.agent)
    known.set(step.agent, new Set([...before, ...messagesIn(step)]))
    const shown = shownStep(trace, step, before)
    return shown ? [{ step: at, ...shown }] : []
  })
}

function agentsConcerned(
  { messages, steps }: Trace,
  injections: readonly InjectionAt[],
): ReadonlySet<string> {
  const since = injections[0]?.step ?? 0
  const changed = new Set(injections.map(({ injection }) => injection.agent))
  const texts = injections.flatMap(({ injection }) => injection.after.map(collapsed))
  const planted = texts.filter((text) => text !== '')
  const read = (step: Step): boolean =>
    step.kind === 'call' &&
    step.prompt.some((index) => {
      const text = collapsed(messages[index] ? saidIn(messages[index]) : '')
      return planted.some((one) => text.includes(one))
    })
  const readers = steps.flatMap((step, at) => (at > since && read(step) ? [step.agent] : []))
  if (readers.length === 0) return new Set(steps.map(({ agent }) => agent))
  return new Set([...changed, ...readers])
}

function messagesIn(step: Step): readonly number[] {
  if (step.kind === 'call') return [...step.prompt, step.reply]
  return step.kind === 'write' ? step.messages : []
}

/** What a step adds to what its agent has read and said before; null when that is nothing. */
function shownStep(
  { messages }: Trace,
  step: Step,
  known: ReadonlySet<number>,
): Omit<ShownStep, 'step'> | null {
  const fresh = (verb: string, indices: readonly number[]) =>
    indices
      .filter((index) => !known.has(index))
      .flatMap((index) => (messages[index] ? [shownMessage(verb, messages[index])] : []))
  const agent = named(step.agent)
  switch (step.kind) {
    case 'start':
      return null
    case 'call': {
      const texts = [...fresh('It reads', step.prompt), ...fresh('It says', [step.reply])]
      return { title: `a model call of ${agent}`, texts }
    }
    case 'write': {
      const routes =
        step.routes.length > 0 ? [shownText('It hands on to:', step.routes.join(', '))] : []
      const texts = [...fresh('It hands on', step.messages), ...routes]
      return texts.length > 0 ? { title: `what ${agent} hands on`, texts } : null
    }
    case 'error':
      return { title: `an error in ${agent}`, texts: [shownText('It says:', step.error)] }
    case 'injection':
      return null
    case 'end': {
      const { answer } = step
      const texts = answer === null ? [] : [shownText('The answer of the system:', answer)]
      return { title: 'the end', texts }
    }
    default:
      return step satisfies never
  }
}

/** Steps that are shown, and the positions of those between them that would be too much. */
export type Fitting = Readonly<{ steps: readonly ShownStep[]; left: readonly number[] }>

/** The first and the last steps, as many as fit: what followed at once and what it came to say most. */
export function fitting(steps: readonly ShownStep[], most: number = mostShown.steps): Fitting {
  const sizes = steps.map(({ texts }) => texts.reduce((sum, text) => sum + sizeOf(text), 0))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total <= most) return { steps, left: [] }
  const within = (some: readonly number[]) => {
    let [count, used] = [0, 0]
    for (const size of some) {
      used += size
      if (used > most / 2) break
      count++
    }
    return count
  }
  const first = within(sizes)
  const last = within([...sizes.slice(first)].reverse())
  const end = steps.length - last
  return {
    steps: [...steps.slice(0, first), ...steps.slice(end)],
    left: steps.slice(first, end).map(({ step }) => step),
  }
}
