import { randomUUID } from 'node:crypto'
import { HumanMessage } from '@langchain/core/messages'
import type { Clock } from '../core/clock.js'
import { draw } from '../core/draw.js'
import { messageOf, nameOf } from '../core/errors.js'
import { roleOf, textOf } from '../core/messages.js'
import type { Model } from '../core/model.js'
import type { Environment, Scenario, Task } from '../core/scenario.js'
import type { Outcome } from '../core/schemas/outcome.js'
import type { CompiledGraph, System } from '../core/system.js'
import type { Arms, Fired } from './arm.js'
import { maskSecrets } from './mask.js'
import { type Budget, createMeter, type Meter, type Usage } from './meter.js'
import { createRecorder, type Event, type Recorder } from './recorder.js'
import { currentCall, inTrial, type OpenTrial, openTrial, type Policy } from './seams/context.js'
import { messagesIn } from './state-messages.js'

/** What is executed in one trial. */
export type TrialSetup = Readonly<{
  system: System
  without: ReadonlySet<string>
  scenario: Scenario
  task: Task
  seed: number
  model: Model | null
  budget: Budget
  clock: Clock
}>

/** What a trial leaves behind. */
export type Executed = Readonly<{
  outcome: Outcome
  events: readonly Event[]
  used: Usage
  /** What the action did, if one was armed. */
  fired: readonly Fired[]
  /** Text of the final state, in which a changed payload may be found. */
  finalText: string
  seconds: number
}>

/** Executes one trial: a fresh graph, environment and model, with what is armed acting at the seams. */
export async function executeTrial(
  setup: TrialSetup,
  armed: (recorder: Recorder) => Arms | null,
): Promise<Executed> {
  const recorder = createRecorder()
  const meter = createMeter(setup.budget)
  const arms = armed(recorder)
  const trial = openTrial(policyOf(recorder, meter, arms))
  const started = setup.clock.now()
  const { outcome, finalText } = await attempt(setup, trial, meter)
  trial.closed = true
  return {
    outcome: unattributed(recorder.events) ?? unsupported(recorder.events) ?? outcome,
    events: recorder.events,
    used: meter.used(),
    fired: arms?.fired ?? [],
    finalText,
    seconds: (setup.clock.now() - started) / 1000,
  }
}

type Ended = Readonly<{ outcome: Outcome; finalText: string }>

async function attempt(setup: TrialSetup, trial: OpenTrial, meter: Meter): Promise<Ended> {
  const environment = setup.scenario.environment?.(setup.task)
  const ended = (outcome: Outcome, finalText = ''): Ended => ({ outcome, finalText })
  const context = buildContext(setup, environment)
  let state: unknown
  try {
    const graph = await setup.system.build(context)
    state = await inTrial(trial, () => invoke(graph, setup, meter))
  } catch (error) {
    return ended(outcomeOfError(error, trial, meter))
  }
  if (trial.failure !== null) return ended({ kind: 'void', reason: maskSecrets(trial.failure) })
  const limit = meter.reached()
  const finalText = textIn(state)
  if (limit) return ended({ kind: 'stalled', limit }, finalText)
  return ended(await marked(setup, state, environment), finalText)
}

function buildContext(
  { system, without, scenario, task, model, seed }: TrialSetup,
  environment?: Environment,
) {
  // Tasks draw apart from each other: with one seed for all, one unlucky draw would be every task's.
  const drawn = Math.floor(draw(seed, scenario.id, task.id) * 2 ** 32)
  return {
    // A system with models of its own never looks at this one.
    model: (model && !system.ownModels
      ? model.create({ seed: drawn, caller })
      : undefined) as never,
    tools: environment?.tools ?? [],
    brief: (job: keyof Scenario['briefings']) => scenario.briefings[job] ?? '',
    without,
  }
}

function caller() {
  const call = currentCall()
  return { agent: call?.agent ?? '?', call: call?.key ?? '?' }
}

async function invoke(graph: CompiledGraph, setup: TrialSetup, meter: Meter): Promise<unknown> {
  const { system, task, budget, clock } = setup
  const controller = new AbortController()
  const input = system.input?.(task) ?? {
    messages: [new HumanMessage({ id: 'task', name: 'task', content: task.text })],
  }
  const running = graph.invoke(input, {
    recursionLimit: budget.steps,
    signal: controller.signal,
    // A graph that remembers must not remember another trial.
    configurable: { thread_id: randomUUID() },
  })
  let callOff = () => {}
  const timeout = new Promise<never>((_, reject) => {
    callOff = clock.after(budget.seconds * 1000, () => {
      meter.stop('time')
      controller.abort()
      reject(new Error('The time of the trial is up.'))
    })
  })
  try {
    return await Promise.race([running, timeout])
  } finally {
    callOff()
    running.catch(() => undefined) // After a timeout nobody waits for it any more.
  }
}

function outcomeOfError(error: unknown, trial: OpenTrial, meter: Meter): Outcome {
  if (trial.failure !== null) return { kind: 'void', reason: maskSecrets(trial.failure) }
  const limit = meter.reached()
  if (limit) return { kind: 'stalled', limit }
  if (nameOf(error) === 'GraphRecursionError') return { kind: 'stalled', limit: 'steps' }
  return { kind: 'crashed', error: clipped(maskSecrets(messageOf(error))) }
}

async function marked(
  { system, scenario, task }: TrialSetup,
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
    return { kind: 'void', reason: clipped(`oracle: ${maskSecrets(messageOf(error))}`) }
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
function textIn(state: unknown): string {
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

/** A call that no execution owns cannot be told from another agent's: never guessed, always void. */
function unattributed(events: readonly Event[]): Outcome | null {
  const stray = events.some((event) => event.kind === 'call' && event.agent === '?')
  return stray ? { kind: 'void', reason: 'a model was called outside every node' } : null
}

function unsupported(events: readonly Event[]): Outcome | null {
  const stray = events.some((event) => event.kind === 'call' && event.notes?.unsupported)
  return stray ? { kind: 'void', reason: 'unsupported-task' } : null
}

function policyOf(recorder: Recorder, meter: Meter, arms: Arms | null): Policy {
  return {
    onInput(execution, input) {
      meter.step(execution.step)
      const given = arms ? arms.input(execution, input) : input
      recorder.start(execution, given)
      return given
    },
    onWrites(execution, writes) {
      const given = arms ? arms.writes(execution, writes) : writes
      recorder.write(execution, given)
      return given
    },
    onResult(execution, result) {
      recorder.write(execution, [['result', result]])
      return result
    },
    async onModel(call, messages, next) {
      meter.call()
      const prompt = arms ? arms.prompt(call, messages) : messages
      const reply = await next(prompt)
      const said = arms ? arms.reply(call, reply) : reply
      const { tokens } = recorder.call(call, prompt, said)
      meter.tokens(tokens)
      return said
    },
    onError: (execution, error) => recorder.error(execution, error),
  }
}
