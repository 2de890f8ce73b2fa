import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { dataFile } from '../data-file.js'

// The values are given twice: as people wrote them, and as what they are.
const questionSchema = z.object({
  id: z.string(),
  utterance: z.string().min(1),
  table: z.string(),
  targetValue: z.array(z.string()).min(1),
  targetCanon: z.array(z.string()).min(1),
  targetCanonType: z.enum(['number', 'string', 'date']),
})

/** A question of the data set, with the values that answer it. */
export type Question = Readonly<z.infer<typeof questionSchema>>

let kept: readonly Question[] | undefined

/** All questions, in the order of the data file; read when first needed, then kept. */
export function questions(): readonly Question[] {
  kept ??= readFileSync(dataFile('data/wikitq/questions.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => questionSchema.parse(JSON.parse(line)))
  return kept
}
