import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { FiredrillError } from '../../core/errors.js'
import { dataFile } from '../data-file.js'

const problemSchema = z.object({ question: z.string().min(1), answer: z.string() })

/** A problem of the data set. `number` is its line in the file, from 1; `solution` is what stands behind the `####`. */
export type Problem = Readonly<{ number: number; question: string; solution: number }>

let kept: readonly Problem[] | undefined

/** All problems, in the order of the data file; read when first needed, then kept. */
export function problems(): readonly Problem[] {
  kept ??= readFileSync(dataFile('data/gsm8k/problems.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line, at) => problemOf(problemSchema.parse(JSON.parse(line)), at + 1))
  return kept
}

function problemOf({ question, answer }: z.infer<typeof problemSchema>, number: number): Problem {
  const solution = numberIn(/####(.*)$/.exec(answer)?.[1] ?? '')
  if (solution !== null) return { number, question, solution }
  throw new FiredrillError('internal', `Problem ${number} of GSM8K has no answer.`, {
    hint: 'Check that data/gsm8k/problems.jsonl is complete.',
  })
}

/**
 * The number that an answer is, commas and the sign of dollars aside; null when it is none.
 *
 * @example
 * '$2,125.'  ->  2125
 */
export function numberIn(text: string): number | null {
  const bare = text
    .normalize('NFKC')
    .replace(/[\s,$]/g, '')
    .replace('\u2212', '-')
    .replace(/\.$/, '')
  return /^[+-]?(\d+(\.\d+)?|\.\d+)$/.test(bare) ? Number(bare) : null
}
