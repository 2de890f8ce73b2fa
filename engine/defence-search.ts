import { isNonEmpty, type NonEmpty } from '../core/lists.js'
import type { Removal, VerificationLine } from '../core/schemas/verification.js'

/** What came of one repetition without some defences. */
export type Tried = Readonly<{ ids: readonly string[]; outcome: Removal['outcome'] }>

/** Repeats a trial without some defences; null when it was called off before. */
export type Repeat<Result extends Tried> = (ids: NonEmpty<string>) => Promise<Result | null>

/** What a search found: the repetitions in their order, and without which defences the trial broke. */
export type Found<Result extends Tried> = Readonly<{
  verdict: VerificationLine['verdict']
  tried: readonly Result[]
  pairsLeftOut: number
  saved: readonly (readonly string[])[]
}>

/** So many pairs are tried: all of those that six defences make. */
export const mostPairs = 15

/**
 * Finds out which defences a held trial owes its right answer to. Each is left out alone; when the trial holds all the
 * same, each pair of those that could be left out, up to the first without which it breaks; then all of them at once.
 * Returns null when it was called off.
 */
export async function searchDefences<Result extends Tried>(
  {
    defences,
    first,
  }: Readonly<{
    /** In the order of their declaration. */
    defences: readonly string[]
    /** Those that are tried before the others. */
    first: ReadonlySet<string>
  }>,
  repeat: Repeat<Result>,
): Promise<Found<Result> | null> {
  const order = [...defences].sort((a, b) => Number(first.has(b)) - Number(first.has(a)))
  const singles = await inTurn(
    order.map((id): NonEmpty<string> => [id]),
    repeat,
  )
  if (!singles) return null
  const found = { tried: singles, pairsLeftOut: 0 }
  const needed = singles.filter(isBroken)
  if (needed.length > 0) return { verdict: 'necessary', ...found, saved: needed.map(idsOf) }

  const held = new Set(singles.filter(({ outcome }) => outcome === 'held').flatMap(idsOf))
  const testable = defences.filter((id) => held.has(id))
  if (!isNonEmpty(testable)) return { verdict: 'untestable', ...found, saved: [] }
  const pairs = await searchPairs(testable, repeat)
  if (!pairs) return null
  const more = { tried: [...singles, ...pairs.tried], pairsLeftOut: pairs.leftOut }
  const pair = pairs.tried.find(isBroken)
  if (pair) return { verdict: 'redundant', ...more, saved: [pair.ids] }
  const [, second, third] = testable
  // Of one or two defences all that can be left out is out by now.
  if (third === undefined) return { ...more, ...withoutAll((second && pairs.tried[0]) || null) }
  const last = await repeat(testable)
  return last && { ...more, tried: [...more.tried, last], ...withoutAll(last) }
}

async function searchPairs<Result extends Tried>(
  testable: readonly string[],
  repeat: Repeat<Result>,
): Promise<Readonly<{ tried: readonly Result[]; leftOut: number }> | null> {
  const all = testable.flatMap((a, at) =>
    testable.slice(at + 1).map((b): NonEmpty<string> => [a, b]),
  )
  const tried = await inTurn(all.slice(0, mostPairs), repeat, isBroken)
  return tried && { tried, leftOut: Math.max(0, all.length - mostPairs) }
}

/**
 * What it means when nothing smaller broke the trial, by the repetition without everything that can be left out; null
 * where that was a single defence, without which it held.
 */
function withoutAll(last: Tried | null): Pick<Found<Tried>, 'verdict' | 'saved'> {
  if (last?.outcome === 'broke') return { verdict: 'redundant', saved: [last.ids] }
  // Where all of them together cannot be left out, nobody knows whether they were needed.
  if (last?.outcome === 'untestable') return { verdict: 'untestable', saved: [] }
  return { verdict: 'unexplained', saved: [] }
}

const isBroken = ({ outcome }: Tried): boolean => outcome === 'broke'
const idsOf = ({ ids }: Tried): readonly string[] => ids

/** Repeats one after the other, up to the first that is enough; null when it was called off. */
async function inTurn<Result extends Tried>(
  sets: readonly NonEmpty<string>[],
  repeat: Repeat<Result>,
  isEnough: (result: Result) => boolean = () => false,
): Promise<readonly Result[] | null> {
  const results: Result[] = []
  for (const ids of sets) {
    const result = await repeat(ids)
    if (!result) return null
    results.push(result)
    if (isEnough(result)) break
  }
  return results
}
