import { z } from 'zod'
import type { Fault } from '../fault.js'
import type { Gate } from '../gate.js'

/** Which traces a run keeps. */
export const keptTraces = ['all', 'broke', 'none'] as const

/** What an undecided gate leads to. */
export const undecidedChoices = ['stop', 'fail', 'warn'] as const

/** How progress is shown. */
export const progressKinds = ['auto', 'live', 'plain', 'none'] as const

const text = z.string().min(1)
const words = z.union([text, z.array(text).readonly()], {
  error: 'expected a text or a list of texts',
})
const numbers = z.union([z.int().min(0), text], {
  error: 'expected a whole number or a text such as "1-5"',
})
// To a program a gate is a text; in TypeScript a misspelt one does not compile.
const gate = text as unknown as z.ZodType<Gate, Gate>
const limits = z.strictObject({
  tokens: z
    .union([z.int().min(1), text])
    .optional()
    .describe('of models, for the whole run'),
  time: text.optional().describe('of a session: 90s, 20m or 2h'),
  cost: z.union([z.number().positive(), text]).optional().describe('US dollars, for the whole run'),
})
const ownFault = z.custom<Fault>((value) => typeof value === 'object' && value !== null, {
  error: 'expected a fault',
})

/** What a configuration may say: defaults of the options of `run` and `plan`, and faults of the user's own. */
export const configSchema = z.strictObject({
  systems: words.optional().describe('ids or globs of reference systems'),
  system: text.optional().describe('a graph of yours: PATH[#export], relative to this file'),
  tasksFile: text.optional().describe('tasks of yours, relative to this file'),
  oracle: text
    .optional()
    .describe('a module that marks their answers: PATH[#export], relative to this file'),
  scenario: words.optional().describe('the work that the reference systems do'),
  faults: words.optional().describe('which faults of the catalogue, your own among them, are set'),
  tasks: numbers.optional().describe('how many tasks, or which'),
  seeds: numbers.optional().describe('repetitions with other draws: 7, "1-5" or "1,4,9"'),
  model: text.optional().describe('what answers for the agents of reference systems'),
  modelUrl: text.optional().describe('the server of a model such as openai:gpt-5-mini'),
  site: text.optional().describe('where faults fire'),
  without: words.optional().describe('defences to leave out'),
  trialCalls: z
    .union([z.int().min(1), text], {
      error: 'expected a whole number of calls or a text such as "2x"',
    })
    .optional()
    .describe('at most so many model calls in a trial: 12, or "2x" those of its baseline'),
  injectorModel: text.optional().describe('a model that writes faults in place of the program'),
  injectorUrl: text.optional().describe('the server of that model'),
  injectorTimeout: z.int().min(1).max(1000).optional().describe('seconds for one text of it'),
  judgeModel: text.optional().describe('a model that says what no program can tell of a trial'),
  judgeUrl: text.optional().describe('the server of that model'),
  judgeTimeout: z.int().min(1).max(1000).optional().describe('seconds for one answer of it'),
  gate: z
    .union([gate, z.array(gate).readonly()])
    .optional()
    .describe('what must hold, for instance "robustness >= 0.8"'),
  baseline: text.optional().describe('the baseline file, relative to this file'),
  onUndecided: z.enum(undecidedChoices).optional().describe('what too few trials lead to'),
  stopWhenDecided: z.boolean().optional().describe('end each gate as soon as it is clear'),
  concurrency: z.int().min(1).max(1000).optional().describe('trials in flight'),
  verifyTiers: z
    .union([z.boolean(), z.int().min(1)])
    .optional()
    .describe('repeat held trials without each defence: all of them, or a sample of so many'),
  limits: limits.optional().describe('when no further trial is begun'),
  report: words.optional().describe('reports to write: NAME[:PATH], relative to this file'),
  out: text.optional().describe('folder of runs, relative to this file'),
  traces: z.enum(keptTraces).optional().describe('which traces to keep'),
  progress: z.enum(progressKinds).optional().describe('how progress is shown'),
  ownFaults: z.array(ownFault).readonly().optional().describe('faults that join the catalogue'),
})

/** The content of a configuration file. */
export type Config = Readonly<z.input<typeof configSchema>>

/** Hands its argument back: an editor knows what may stand in it. */
export const defineConfig = (config: Config): Config => config
