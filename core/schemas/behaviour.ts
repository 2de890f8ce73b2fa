import { z } from 'zod'
import { tiers } from '../taxonomy.js'

/**
 * What a piece of evidence claims of its step; whoever doubts it reads the step again.
 *
 * `says`, `calls`, `doubts`, `rejects` and `asks` are about what an agent put out at a model call, `reads` about its prompt.
 * `answers` is what a tool or a person returned, `fails` an error. `extra` is a model call that the baseline lacks, `same` an
 * action that the baseline has as well, `other` one that it has not. `drops` is an activation that led to no model call.
 * `never-says` and `never-reads` are about every model call behind the step, `no-extra` says that no agent called a model more
 * often behind it than in the baseline, `never-doubts` that nobody has a new word of doubt. `in-role` is a call that does
 * nothing of another kind than its agent's in the baseline, `silent` names an agent that never spoke. `ends` is the end of the trial. `quotes` is what a
 * judge model has cited.
 */
const claims = [
  'says',
  'calls',
  'doubts',
  'rejects',
  'asks',
  'reads',
  'answers',
  'fails',
  'extra',
  'same',
  'other',
  'drops',
  'never-says',
  'never-reads',
  'no-extra',
  'never-doubts',
  'in-role',
  'silent',
  'ends',
  'quotes',
] as const
export type Claim = (typeof claims)[number]

/** A step of a trace, and what is to be seen there. */
export const proofSchema = z.strictObject({
  step: z.int().min(0).describe('position in the steps of the trace'),
  shows: z.enum(claims),
  what: z.string().max(200).nullable().describe('the words, fact, tool or agent it is about'),
})
/** One step that proves a behaviour, and what is to be seen there. */
export type Proof = Readonly<z.infer<typeof proofSchema>>

/** How a behaviour was decided: exactly, with expected errors, or by a judge model. */
export const deciders = ['program', 'heuristic', 'judge'] as const

/** What was recognised of how a system dealt with one fault of a trial. */
export const behaviourSchema = z.strictObject({
  fault: z.string().describe('name of the fault, with its parameters'),
  id: z
    .string()
    .nullable()
    .describe('null: undetermined if some are undecided, else none of those that are known'),
  by: z.enum(deciders).nullable(),
  tiers: z
    .partialRecord(z.enum(tiers), z.enum(['success', 'failure']))
    .describe('a tier that is not named was not triggered'),
  detects: z.boolean().nullable().describe('whether somebody noticed; null: it does not say'),
  proof: z.array(proofSchema),
  undecided: z
    .array(z.string())
    .describe('behaviours that come first and that only a judge model could have recognised'),
})
export type Behaviour = Readonly<z.infer<typeof behaviourSchema>>

/** How far a fault came in a trial; steps are positions in the trace. */
export const spreadSchema = z.strictObject({
  injected: z.int().describe('the step of the first injection that acted'),
  agents: z.array(z.string()).describe('agents whose output was tainted, in order'),
  firstDivergent: z
    .int()
    .nullable()
    .describe('the first model call that did not say what its twin in the baseline said'),
  lastTainted: z.int().nullable().describe('the last model call that passed the fault on'),
  contained: z
    .int()
    .nullable()
    .describe('the step that stopped it; null when nothing did, or there was nothing to stop'),
})
export type Spread = Readonly<z.infer<typeof spreadSchema>>
