import { z } from 'zod'
import { canonicalJson, hashOf } from '../canonical-json.js'
import { tiers } from '../taxonomy.js'
import { type Behaviour, proofSchema } from './behaviour.js'
import type { TrialLine } from './trial-line.js'

/**
 * Why a judge model named no behaviour. `none`: it says that it sees none of those it was asked about. All others leave the
 * question open: its answer had not the form, named a behaviour that was not asked about, a step that it was not shown or
 * words that do not stand there, or there was no answer.
 */
export const unnamed = [
  'none',
  'malformed',
  'not-allowed',
  'invented-step',
  'invented-quote',
  'timeout',
  'http',
  'unreachable',
  'no-completion',
] as const
export type Unnamed = (typeof unnamed)[number]

/** What a judge model was asked and answered about one fault of one trial: a line of `judgements.jsonl`. */
export const judgementSchema = z.strictObject({
  schema: z.literal(1),
  key: z.string().describe('hash of the question and of the judge'),
  attempt: z.int().min(1).describe('goes up when another judge is asked; the highest is in force'),
  question: z.string().describe('hash of the trial, the fault and the behaviours asked about'),
  trial: z.string().describe('key of the trial'),
  id: z.string().describe('id of the trial'),
  fault: z.string().describe('name of the fault, with its parameters'),
  asked: z.array(z.string()).describe('behaviours that could be answered'),
  judge: z.strictObject({
    id: z.string(),
    hash: z.string().describe('of the model, its server and what it is told to do'),
  }),
  behaviour: z.string().nullable().describe('null: it named none, see `because`'),
  tiers: z
    .partialRecord(z.enum(tiers), z.enum(['success', 'failure']))
    .describe('what the behaviour says of tiers'),
  detects: z.boolean().nullable().describe('whether the behaviour says that somebody noticed'),
  proof: z.array(proofSchema),
  because: z.enum(unnamed).nullable().describe('why it named none'),
  words: z.string().max(300).nullable().describe('what it says for its answer, in its own words'),
  answeredBy: z.string().nullable().describe('the model that the server says has answered'),
  calls: z.int().min(0),
  tokens: z.int().min(0).nullable().describe('null when the server of any call did not say'),
  costUsd: z.number().nullable().describe('null when it is not known'),
})
export type Judgement = Readonly<z.infer<typeof judgementSchema>>

/** Under which key a judge model is asked what became of a fault: another trial or other behaviours are another question. */
export const questionKey = (
  { key, attempt }: Pick<TrialLine, 'key' | 'attempt'>,
  { fault, undecided }: Pick<Behaviour, 'fault' | 'undecided'>,
): string => hashOf(`question|${canonicalJson({ key, attempt, fault, undecided })}`)

/** Whether a judgement answers its question: with a behaviour, or by saying that it is none of them. */
export const isAnswer = ({ behaviour, because }: Judgement): boolean =>
  behaviour !== null || because === 'none'
