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

/** How many repetitions a search among so many defences takes at most. */
export function mostRepetitions(defences: number): number {
  if (defences <= 2) return defences + (defences === 2 ? 1 : 0)
  const pairs = (defences * (defences - 1)) / 2
  return 2 * defences + 1 + Math.min(pairs, mostPairs)
}

/**
 * Finds out which defences a held trial owes its right answer to. Each is left out alone. Where it holds all the same,
 * all of them are: holding even then, it owes it to none. Otherwise each pair is left out, up to the first without which
 * the trial breaks; where no pair is enough, the whole is made smaller as long as the trial still breaks without it.
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
  const alone = { tried: singles, pairsLeftOut: 0 }
  const needed = singles.filter(isBroken)
  if (needed.length > 0) return { verdict: 'necessary', ...alone, saved: needed.map(idsOf) }

  const held = new Set(singles.filter(({ outcome }) => outcome === 'held').flatMap(idsOf))
  const testable = defences.filter((id) => held.has(id))
  if (!isNonEmpty(testable)) return { verdict: 'untestable', ...alone, saved: [] }
  if (testable.length === 1) return { verdict: 'unexplained', ...alone, saved: [] }
  const all = await repeat(testable)
  if (!all) return null
  const more = { tried: [...singles, all], pairsLeftOut: 0 }
  if (all.outcome === 'held') return { verdict: 'unexplained', ...more, saved: [] }
  if (testable.length > 2) return searchSets(testable, all, { repeat, before: singles })
  // Where all of them together cannot be left out, nobody knows whether they were needed.
  return isBroken(all)
    ? { verdict: 'redundant', ...more, saved: [all.ids] }
    : { verdict: 'untestable', ...more, saved: [] }
}

/** Looks for a smaller set than all that can be left out. */
async function searchSets<Result extends Tried>(
  testable: readonly string[],
  all: Result,
  { repeat, before }: Readonly<{ repeat: Repeat<Result>; before: readonly Result[] }>,
): Promise<Found<Result> | null> {
  const every = testable.flatMap((a, at) =>
    testable.slice(at + 1).map((b): NonEmpty<string> => [a, b]),
  )
  const pairs = await inTurn(every.slice(0, mostPairs), repeat, isBroken)
  if (!pairs) return null
  const more = {
    tried: [...before, all, ...pairs],
    pairsLeftOut: Math.max(0, every.length - mostPairs),
  }
  const pair = pairs.find(isBroken)
  if (pair) return { verdict: 'redundant', ...more, saved: [pair.ids] }
  if (!isBroken(all)) return { verdict: 'untestable', ...more, saved: [] }
  const less = await madeSmaller(testable, repeat, pairs)
  return (
    less && {
      ...more,
      verdict: 'redundant',
      tried: [...more.tried, ...less.tried],
      saved: [less.kept],
    }
  )
}

/** Takes back one defence after the other that the trial breaks without all the same. */
async function madeSmaller<Result extends Tried>(
  testable: readonly string[],
  repeat: Repeat<Result>,
  pairs: readonly Result[],
): Promise<Readonly<{ kept: readonly string[]; tried: readonly Result[] }> | null> {
  const nameOf = (ids: readonly string[]) => ids.join('+')
  const known = new Set(pairs.map(({ ids }) => nameOf(ids)))
  const tried: Result[] = []
  let kept = testable
  for (const id of testable) {
    const rest = kept.filter((one) => one !== id)
    if (!isNonEmpty(rest) || rest.length === 1 || known.has(nameOf(rest))) continue
    const result = await repeat(rest)
    if (!result) return null
    tried.push(result)
    if (isBroken(result)) kept = rest
  }
  return { kept, tried }
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
