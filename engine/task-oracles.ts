import { z } from 'zod'
import { FiredrillError } from '../core/errors.js'
import type { Mark } from '../core/scenario.js'

/** The ways in which a file may have its answers compared. */
const oracleKinds = ['exact', 'numeric', 'regex', 'json', 'custom'] as const

/** How an answer is compared, as a file says it: a kind alone, or a kind with what it takes. */
export const oracleSchema = z
  .union([
    z.enum(oracleKinds).transform((kind) => ({ kind })),
    z.strictObject({ kind: z.enum(['exact', 'json', 'custom']) }),
    z.strictObject({ kind: z.literal('numeric'), tolerance: z.number().min(0).optional() }),
    z.strictObject({ kind: z.literal('regex'), flags: z.string().optional() }),
  ])
  .describe(`one of ${oracleKinds.join(', ')}`)
export type TaskOracle = Readonly<z.infer<typeof oracleSchema>>

/** What an oracle needs to know of a task. */
type Asked = Readonly<{ id: string; expected?: unknown }>

/** Says of an answer whether it is right: as a boolean, or as an object with `correct`. */
export type CustomOracle = (task: Asked, answer: string) => unknown

/** Whether an answer is right, by an oracle that a file names. */
export async function isRightBy(
  oracle: TaskOracle,
  task: Asked,
  { answer, custom }: Readonly<{ answer: string; custom: CustomOracle | null }>,
): Promise<boolean> {
  const { expected } = task
  const given = unfenced(answer)
  switch (oracle.kind) {
    case 'exact':
      return given === String(expected).trim()
    case 'numeric': {
      const tolerance = 'tolerance' in oracle ? oracle.tolerance : undefined
      const [a, b] = [numberIn(expected), numberIn(given)]
      return a !== null && b !== null && Math.abs(a - b) <= (tolerance ?? 1e-6)
    }
    case 'regex':
      return patternOf(oracle, expected).test(given)
    case 'json':
      return isJsonOf(given, expected)
    case 'custom':
      return isCorrect(await custom?.(task, answer))
    default:
      return oracle satisfies never
  }
}

/** What an oracle misses in a task, in words that say what to do; null when it can compare. */
export function flawFor(oracle: TaskOracle, { expected }: Asked): string | null {
  if (oracle.kind === 'custom') return null
  if (expected === undefined) return 'it has no "expected"'
  if (oracle.kind === 'numeric' && numberIn(expected) === null) {
    return `numeric compares numbers, and "${String(expected)}" is none`
  }
  if (oracle.kind !== 'regex') return null
  try {
    patternOf(oracle, expected)
    return null
  } catch {
    return `"${String(expected)}" is no regular expression`
  }
}

/** What a verdict of an oracle of the user's says. */
export const isCorrect = (verdict: unknown): boolean =>
  typeof verdict === 'object' && verdict !== null && 'correct' in verdict
    ? Boolean(verdict.correct)
    : Boolean(verdict)

/** The mark of an answer that was compared. */
export const markFor = (correct: boolean, answer: string, { expected }: Asked): Mark => ({
  correct,
  result: correct ? 'right' : 'wrong',
  note: correct
    ? `"${answer}" is right.`
    : `"${answer}" was given${expected === undefined ? '' : `, ${JSON.stringify(expected)} is expected`}.`,
})

/** The oracle that a module of the user's exports; throws `bad-tasks` when it is none. */
export function checkedOracle(exported: unknown, location: string): CustomOracle {
  if (typeof exported === 'function') return exported as CustomOracle
  throw new FiredrillError('bad-tasks', `${location} exports no oracle.`, {
    hint: 'Export a function as "oracle", or name it: --oracle ./oracle.ts#name. It gets (task, answer) and returns true or false.',
  })
}

const patternOf = (oracle: TaskOracle, expected: unknown): RegExp =>
  new RegExp(String(expected), ('flags' in oracle ? oracle.flags : undefined) ?? 'u')

/** Models like to fence what they were asked for. */
const unfenced = (answer: string): string =>
  (/^\s*```\w*\n([\s\S]*?)\n?```\s*$/.exec(answer)?.[1] ?? answer).trim()

function numberIn(value: unknown): number | null {
  const bare = String(value)
    .normalize('NFKC')
    .replace(/[\s,$€£%]/g, '')
    .replace('\u2212', '-')
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare) ? Number(bare) : null
}

function isJsonOf(text: string, expected: unknown): boolean {
  try {
    return holds(JSON.parse(text), expected)
  } catch {
    return false
  }
}

/** Whether a value has all that is expected: objects may have more members, lists have to be as long. */
function holds(value: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return value === expected
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(expected) || Array.isArray(value)) {
    if (!Array.isArray(expected) || !Array.isArray(value)) return false
    return value.length === expected.length && expected.every((item, at) => holds(value[at], item))
  }
  return Object.entries(expected).every(
    ([name, member]) =>
      Object.hasOwn(value, name) && holds((value as Record<string, unknown>)[name], member),
  )
}
