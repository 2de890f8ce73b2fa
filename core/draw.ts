import type { NonEmpty } from './lists.js'

/** One part of a draw's key. */
export type Key = string | number

/**
 * A number in [0, 1) that follows from its key alone.
 *
 * Draws are keyed, not streamed: an extra draw somewhere else shifts nothing, so a faulted trial shares all draws that
 * the fault does not touch with its baseline. FNV-1a over the key, finished with the 32-bit mixer of MurmurHash3.
 */
export function draw(...key: readonly Key[]): number {
  const text = key.join('\u0000')
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at)
    hash = Math.imul(hash, 0x01000193)
  }
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  hash ^= hash >>> 16
  return (hash >>> 0) / 4294967296
}

/** Seeded randomness with an identity: forks are independent of each other and of the order in which they are used. */
export type Rng = Readonly<{
  /** The next number in [0, 1) of this fork. */
  next(): number
  /** A whole number from low to high, both included. */
  integer(low: number, high: number): number
  /** One of the items. */
  pick<Item>(items: NonEmpty<Item>): Item
  /** A shuffled copy. */
  shuffle<Item>(items: readonly Item[]): readonly Item[]
  /** Randomness for one purpose below this one. */
  fork(...key: readonly Key[]): Rng
}>

/** The randomness of one identity, for instance `rng(seed, fault, site)`. */
export function rng(...identity: readonly Key[]): Rng {
  let drawn = 0
  const next = () => draw(...identity, drawn++)
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    shuffle: (items) => {
      const copy = [...items]
      for (let last = copy.length - 1; last > 0; last--) {
        const other = integer(0, last)
        const [a, b] = [copy[last], copy[other]]
        copy[last] = b as (typeof copy)[number]
        copy[other] = a as (typeof copy)[number]
      }
      return copy
    },
    fork: (...key) => rng(...identity, ...key),
  }
}
