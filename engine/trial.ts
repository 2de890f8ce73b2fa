import { randomUUID } from 'node:crypto'
import { HumanMessage } from '@langchain/core/messages'
import type { Clock } from '../core/clock.js'
import { draw } from '../core/draw.js'
import type { Model } from '../core/model.js'
import type { Environment, Scenario, Task } from '../core/scenario.js'
import type { Outcome } from '../core/schemas/outcome.js'
import type { CompiledGraph, System } from '../core/system.js'
import type { Arms, Fired } from './arm.js'
import type { Pause } from './injector/pause.js'
import { soon } from './injector/soon.js'
import { type Budget, createMeter, type Meter, type Usage } from './meter.js'
import { marked, outcomeOfError, strayOutcome, textIn, voidBy } from './outcome.js'
import { clarified } from './person.js'
import { createRecorder, type Event, type Recorder } from './recorder.js'
import { currentCall, inTrial, type OpenTrial, openTrial, type Policy } from './seams/context.js'
import { isRoute } from './seams/routes.js'

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
  /** Time that is none of the system's; absent when there is none. */
  pause?: Pause
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
    outcome: strayOutcome(recorder.events) ?? outcome,
    events: recorder.events,
    used: meter.used(),
    fired: arms?.fired ?? [],
    finalText,
    seconds: (setup.clock.now() - started - (setup.pause?.total() ?? 0)) / 1000,
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
    const outage = setup.model?.outage?.(error) ?? null
    if (outage !== null && meter.reached() === null) return ended(voidBy(outage))
    return ended(outcomeOfError(error, trial, meter))
  }
  if (trial.failure !== null) return ended(voidBy(trial.failure))
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
      ? model.create({ seed: drawn, repetition: seed, caller })
      : undefined) as never,
    tools: environment?.tools ?? [],
    brief: (job: keyof Scenario['briefings']) => scenario.briefings[job] ?? '',
    effects: scenario.effects ?? 'none',
    person: async () => clarified(task),
    without,
  }
}

function caller() {
  const call = currentCall()
  return { agent: call?.agent ?? '?', call: call?.key ?? '?' }
}

async function invoke(graph: CompiledGraph, setup: TrialSetup, meter: Meter): Promise<unknown> {
  const { system, task, budget, clock, pause } = setup
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
    const wait = (milliseconds: number, granted: number) => {
      callOff = clock.after(milliseconds, () => {
        const paused = pause?.total() ?? 0
        if (paused > granted) return wait(paused - granted, paused)
        meter.stop('time')
        controller.abort()
        reject(new Error('The time of the trial is up.'))
      })
    }
    wait(budget.seconds * 1000, 0)
  })
  try {
    return await Promise.race([running, timeout])
  } finally {
    callOff()
    running.catch(() => undefined) // After a timeout nobody waits for it any more.
  }
}

function policyOf(recorder: Recorder, meter: Meter, arms: Arms | null): Policy {
  return {
    onInput(execution, input) {
      meter.step(execution.step)
      return soon(arms ? arms.input(execution, input) : input, (given) => {
        recorder.start(execution, given)
        return given
      })
    },
    onWrites(execution, writes) {
      const given = arms ? arms.writes(execution, writes) : writes
      meter.route(given.filter(isRoute).length)
      recorder.write(execution, given)
      return given
    },
    onResult(execution, result) {
      recorder.write(execution, [['result', result]])
      return result
    },
    async onModel(call, messages, next) {
      meter.call()
      const prompted = arms ? arms.prompt(call, messages) : messages
      const prompt = prompted instanceof Promise ? await prompted : prompted
      const reply = await next(prompt)
      const replied = arms ? arms.reply(call, reply) : reply
      const said = replied instanceof Promise ? await replied : replied
      const { tokens } = recorder.call(call, prompt, said)
      meter.tokens(tokens)
      return said
    },
    onError: (execution, error) => recorder.error(execution, error),
  }
}
