import { messageOf, nameOf } from '../core/errors.js'
import { roleOf, textOf } from '../core/messages.js'
import type { Environment, Scenario, Task } from '../core/scenario.js'
import type { Outcome } from '../core/schemas/outcome.js'
import type { System } from '../core/system.js'
import { maskSecrets } from './mask.js'
import type { Meter } from './meter.js'
import type { Event } from './recorder.js'
import type { OpenTrial } from './seams/context.js'
import { messagesIn } from './state-messages.js'

/** The testbed failed, not the system. */
export const voidBy = (reason: string): Outcome => ({
  kind: 'void',
  reason: clipped(maskSecrets(reason)),
})

/** How a trial ended that threw. */
export function outcomeOfError(error: unknown, trial: OpenTrial, meter: Meter): Outcome {
  if (trial.failure !== null) return voidBy(trial.failure)
  const limit = meter.reached()
  if (limit) return { kind: 'stalled', limit }
  if (nameOf(error) === 'GraphRecursionError') return { kind: 'stalled', limit: 'steps' }
  return { kind: 'crashed', error: clipped(maskSecrets(messageOf(error))) }
}

/** How a trial ended that came to a final state: what the oracle says of the answer in it. */
export async function marked(
  { system, scenario, task }: Readonly<{ system: System; scenario: Scenario; task: Task }>,
  state: unknown,
  environment?: Environment,
): Promise<Outcome> {
  let answer: string | null
  try {
    answer = isInterrupted(state) ? null : (system.answer ?? lastWords)(state)
  } catch (error) {
    return { kind: 'crashed', error: clipped(`answer(state): ${maskSecrets(messageOf(error))}`) }
  }
  if (answer === null) return { kind: 'no-answer' }
  try {
    const mark = await scenario.oracle(task, answer, environment)
    const note = clipped(maskSecrets(mark.note))
    const shown = clipped(maskSecrets(answer))
    return { kind: 'answered', answer: shown, correct: mark.correct, mark: { ...mark, note } }
  } catch (error) {
    return voidBy(`oracle: ${messageOf(error)}`)
  }
}

const isInterrupted = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && '__interrupt__' in state

/** The text of the last message of a model in a final state. */
function lastWords(state: unknown): string | null {
  const last = messagesIn(state).findLast((message) => roleOf(message) === 'ai')
  const text = last ? textOf(last).trim() : ''
  return text === '' ? null : text
}

/** All texts of a state, as they are: inside JSON a line's end would be written as a backslash and an n. */
export function textIn(state: unknown): string {
  const texts = messagesIn(state).map(textOf)
  const collect = (_: string, member: unknown) => {
    if (typeof member === 'string') texts.push(member)
    return member
  }
  try {
    texts.push(JSON.stringify(state, collect) ?? '')
  } catch {
    // A state with cycles is the user's right.
  }
  return texts.join('\n')
}

/** One line of a run stays small, however long an answer or an error is. */
const clipped = (text: string): string => (text.length > 400 ? `${text.slice(0, 399)}…` : text)

/** The outcome of a trial whose calls cannot be told apart or cannot be answered; null when all is well. */
export function strayOutcome(events: readonly Event[]): Outcome | null {
  const calls = events.flatMap((event) => (event.kind === 'call' ? [event] : []))
  // A call that no execution owns is never guessed to be some agent's.
  if (calls.some(({ agent }) => agent === '?'))
    return voidBy('a model was called outside every node')
  return calls.some(({ notes }) => notes?.unsupported) ? voidBy('unsupported-task') : null
}
