import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { dataFile } from '../data-file.js'

const storedSchema = z.object({
  task_id: z.string().regex(/^JavaScript\/\d+$/),
  prompt: z.string(),
  declaration: z.string(),
  canonical_solution: z.string(),
  test: z.string(),
})

/** A problem of the data set. */
export type Problem = Readonly<{
  number: number
  /** The function that is asked for, and the line that begins it. */
  name: string
  opening: string
  prompt: string
  /** What the prompt declares before that function, for it to use. */
  helpers: string
  solution: string
  test: string
}>

/** Problems that no answer can be marked on, and why. */
export const unusable: Readonly<Record<number, string>> = {
  112: 'its reference solution fails its own test: "return (z, false)" is no list',
  155: 'its reference solution fails its own test: it counts no digit in 0',
  162: 'its reference solution needs a package of npm, js-md5',
}

let kept: readonly Problem[] | undefined

/** All usable problems, in the order of the data file; read when first needed, then kept. */
export function problems(): readonly Problem[] {
  kept ??= allProblems().filter(({ number }) => !(number in unusable))
  return kept
}

/** All problems, those that cannot be used included. */
export function allProblems(): readonly Problem[] {
  return readFileSync(dataFile('data/humaneval-x-js/humaneval_js.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => problemOf(storedSchema.parse(JSON.parse(line))))
    .toSorted((a, b) => a.number - b.number)
}

function problemOf(stored: z.infer<typeof storedSchema>): Problem {
  const { declaration, prompt, test } = stored
  const opening = declaration.trim().split('\n').at(-1) ?? ''
  return {
    number: Number(stored.task_id.replace('JavaScript/', '')),
    name: /^const (\w+) =/.exec(opening)?.[1] ?? '',
    opening,
    prompt,
    helpers: declaration.slice(0, declaration.lastIndexOf(opening)).trim(),
    solution: `${prompt}${stored.canonical_solution}`,
    test,
  }
}
