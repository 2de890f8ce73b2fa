import { z } from 'zod'
import { FiredrillError } from '../core/errors.js'
import type { Defence } from '../core/system.js'
import { tiers } from '../core/taxonomy.js'

const userDefenceSchema = z.strictObject({
  // Names of systems and of sets of defences are made of ids, with ~ and + between them.
  id: z.string().regex(/^[a-z\d]+(-[a-z\d]+)*$/, { error: 'expected words like "second-look"' }),
  tier: z.enum(tiers),
  summary: z.string().min(1),
  asks: z.enum(['peer', 'person']).exactOptional(),
})

/**
 * Checks the `defences` that a module exports beside its graph; throws `bad-system` with the place of the first mistake.
 * A graph that is always the same cannot lack any of them, so then the graph has to be a function.
 */
export function checkedDefences(
  defences: unknown,
  graph: unknown,
  { file, name }: Readonly<{ file: string; name: string }>,
): readonly Defence[] {
  const result = z.array(userDefenceSchema).safeParse(defences)
  if (!result.success) {
    throw new FiredrillError(
      'bad-system',
      `The defences of ${file} are not usable: ${firstIssue(result.error)}.`,
      {
        hint: `A defence is { id, tier, summary }, its tier is ${tiers.join(', ')}: { id: 'second-look', tier: 'mechanism', summary: 'A colleague reads the answer again.' }.`,
      },
    )
  }
  const ids = result.data.map(({ id }) => id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice !== undefined) {
    throw new FiredrillError('bad-system', `Two defences of ${file} have the id "${twice}".`, {
      hint: 'Give every defence an id of its own: they are taken out by it.',
    })
  }
  if (ids.length > 0 && typeof graph !== 'function') {
    throw new FiredrillError(
      'bad-system',
      `${file} declares defences, but its "${name}" is always the same.`,
      {
        hint: `Export a function that leaves out what it is told to: export const ${name} = ({ without }) => …, where without.has('${ids[0]}') says that ${ids[0]} is to be missing.`,
      },
    )
  }
  return result.data
}

function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues
  if (!issue) return 'unknown reason'
  return issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message
}
