import { setMaxListeners } from 'node:events'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { ChatResult } from '@langchain/core/outputs'
import { stoppedClock } from '../core/clock.js'
import type { Model } from '../core/model.js'
import type { Task } from '../core/scenario.js'
import type { BuildContext, System } from '../core/system.js'
import { baselineBudget } from '../engine/meter.js'
import { findCopies, prototypesOf } from '../engine/seams/copies.js'
import { install } from '../engine/seams/install.js'
import type { TrialSetup } from '../engine/trial.js'
import { simStrong } from '../models/sim-strong.js'
import { tableQa } from '../scenarios/table-qa/index.js'

// More than ten nodes of one graph share an abort signal; the warnings would be measured as well.
setMaxListeners(0)

/** The work of every round. */
export const tasks: readonly Task[] = await tableQa.tasks({ count: 6, seed: 1 })

const replies = new Map<string, Promise<ChatResult>>()

/** Remembers what was said to each prompt: what is measured then is LangGraph and us, and no thinking. */
function remembering(model: BaseChatModel): BaseChatModel {
  const think = model._generate.bind(model)
  const _generate: BaseChatModel['_generate'] = (messages, options, manager) => {
    const prompt = messages.map(({ content }) => String(content)).join('\0')
    const known = replies.get(prompt)
    if (known) return known
    const reply = think(messages, options, manager)
    replies.set(prompt, reply)
    return reply
  }
  return Object.assign(model, { _generate })
}

const model: Model = {
  ...simStrong,
  create: ({ seed }) => {
    // Draws the same whether anybody watches who calls: both sides of a comparison make the same calls.
    let calls = 0
    const caller = () => ({ agent: 'agent', call: String(calls++) })
    return remembering(simStrong.create({ seed, caller }))
  },
}

const prototypes = await prototypesOf([], findCopies([import.meta.dirname]))

/** What a user's own program does with the same graph, tools and model. */
export async function bare(system: System, task: Task): Promise<void> {
  const context: BuildContext = {
    model: model.create({ seed: 1, caller: () => ({ agent: '', call: '' }) }),
    tools: tableQa.environment?.(task).tools ?? [],
    brief: (job) => tableQa.briefings[job] ?? '',
    effects: 'none',
    person: async () => task.text,
    without: new Set(),
  }
  const graph = await system.build(context)
  const state = await graph.invoke(system.input?.(task), { recursionLimit: 100 })
  const answer = system.answer?.(state)
  if (answer) await tableQa.oracle(task, answer)
}

/** The same as a trial of ours. */
export const setupOf = (system: System, task: Task): TrialSetup => ({
  ...{ system, task, scenario: tableQa, seed: 1, model, without: new Set<string>() },
  ...{ budget: baselineBudget, clock: stoppedClock },
})

/** Does work with the seams cut. */
export async function cut<Result>(work: () => Promise<Result>): Promise<Result> {
  const uninstall = install(prototypes)
  try {
    return await work()
  } finally {
    uninstall()
  }
}
