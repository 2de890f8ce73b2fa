import { z } from 'zod'
import { closest } from '../core/closest.js'
import { type Fault, triggers } from '../core/fault.js'
import { categories, injectors, tiers } from '../core/taxonomy.js'

/** What is wrong with a fault of the user's, and what to do about it. */
export type Flaw = Readonly<{ wrong: string; next: string }>

const kebabCase = /^[a-z][a-z\d]*(-[a-z\d]+)*$/

const sentence = z.string().regex(/^\p{Lu}[^.!?\p{Cc}]+\.$/u, {
  error: 'expected one sentence with a capital letter and a full stop',
})
const line = z.string().regex(/^\P{Cc}+$/u, { error: 'expected one line of text' })
const work = z.custom<unknown>((value) => typeof value === 'function', {
  error: 'expected a function',
})

const parameter = z
  .strictObject({
    summary: line,
    default: z.number(),
    min: z.number(),
    max: z.number(),
    integer: z.boolean(),
  })
  .refine(({ min, max }) => min < max, { error: 'min has to be below max' })
  .refine(({ default: value, min, max }) => value >= min && value <= max, {
    error: 'the default is not within its bounds',
  })
  .refine(
    ({ integer, default: value, min, max }) =>
      !integer || [value, min, max].every(Number.isInteger),
    { error: 'default, min and max have to be whole numbers, since integer is true' },
  )

const behaviour = z.strictObject({
  id: z.string().regex(kebabCase, { error: 'expected kebab-case' }),
  summary: sentence,
  tiers: z.partialRecord(z.enum(tiers), z.enum(['success', 'failure'])),
  by: z.enum(['program', 'heuristic', 'judge']),
  detects: z.boolean().nullable(),
  find: work.optional(),
})

type KeysOf<Union> = Union extends unknown ? keyof Union : never

const members = {
  id: z.string().regex(kebabCase, { error: 'expected kebab-case, such as stale-answer' }),
  abbreviation: z.string().regex(/^[A-Za-z]{1,4}$/, { error: 'expected one to four letters' }),
  category: z.enum(categories),
  injector: z.enum(injectors),
  point: z.enum(['input', 'call']).optional(),
  summary: sentence,
  actsOn: line.optional(),
  trigger: z.enum(triggers).optional(),
  parameters: z
    .record(
      z.string().regex(/^(?!trigger$)[a-z][A-Za-z\d]*$/, {
        error: 'expected a name of letters and digits other than trigger',
      }),
      parameter,
    )
    .optional(),
  example: z.strictObject({
    payload: z.unknown(),
    site: z.record(z.string(), z.unknown()).optional(),
  }),
  inject: work,
  prefers: work.optional(),
  written: z
    .strictObject({
      instruction: work,
      material: z.array(z.enum(['tools', 'peers'])),
      length: z.enum(['near', 'free']).optional(),
      text: work,
      apply: work,
    })
    .optional(),
  effect: work,
  recoverable: work,
  note: work.optional(),
  behaviours: z.array(behaviour),
} satisfies Record<Exclude<KeysOf<Fault>, 'codeHash'>, z.ZodType>

const shape = z.strictObject(members)

/** The first thing by which a value is no fault; null when it has the shape of one. */
export function flawInShape(value: unknown): Flaw | null {
  const result = shape.safeParse(value)
  if (!result.success) return flawOf(result.error.issues[0])
  const { injector, point, behaviours } = result.data
  if (injector === 'prompt' && !point) {
    return { wrong: 'a prompt fault has no point', next: "Say point: 'input' or point: 'call'." }
  }
  if (injector !== 'prompt' && point) {
    return { wrong: `a ${injector} fault has no point`, next: 'Leave point away.' }
  }
  const judged = behaviours.find(({ by, find }) => by === 'judge' && find !== undefined)
  if (judged) {
    return {
      wrong: `the behaviour "${judged.id}" is left to a judge and has a rule of its own`,
      next: "Say by: 'program' or by: 'heuristic', or leave find away.",
    }
  }
  const ids = behaviours.map(({ id }) => id)
  const twice = ids.find((id, at) => ids.indexOf(id) < at)
  return twice === undefined
    ? null
    : { wrong: `two behaviours have the id "${twice}"`, next: 'Give each an id of its own.' }
}

function flawOf(issue: z.core.$ZodIssue | undefined): Flaw {
  const place = issue?.path.map(String).join('.') ?? ''
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const known = Object.keys(members)
    const meant = place ? null : closest(key, known)
    return {
      wrong: `${place ? `${place} has` : 'it has'} an unknown member "${key}"${meant ? `; did you mean ${meant}?` : ''}`,
      next: place ? 'Leave it away.' : `A fault has ${known.join(', ')}.`,
    }
  }
  return {
    wrong: [place, nameProblem(issue) ?? issue?.message].filter(Boolean).join(': '),
    next: 'CONTRIBUTING.md shows a whole fault, core/fault.ts says what each member is.',
  }
}

/** A name of a parameter that cannot be one is reported inside its issue. */
const nameProblem = (issue: z.core.$ZodIssue | undefined): string | undefined =>
  issue?.code === 'invalid_key' ? issue.issues[0]?.message : undefined
