/** The next number in [0, 1) of a stream: the same seed gives the same numbers. */
export type Chance = () => number

/** A stream of numbers (mulberry32). Faster than keyed draws, and nothing here needs their independence. */
export function stream(seed: number): Chance {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const normal = (next: Chance) =>
  Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())

/** Gamma by the method of Marsaglia and Tsang. */
function gamma(next: Chance, shape: number): number {
  if (shape < 1) return gamma(next, shape + 1) * next() ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = normal(next)
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** How tasks differ: the mean of their chances, and how alike two trials of one task are (intraclass correlation). */
export type Spread = Readonly<{ mean: number; alike: number }>

/** The chance of one task to hold, drawn from a beta distribution. */
export function taskChance(next: Chance, { mean, alike }: Spread): number {
  const size = 1 / alike - 1
  const x = gamma(next, mean * size)
  const y = gamma(next, (1 - mean) * size)
  return x + y === 0 ? mean : x / (x + y)
}

/** Trials that hold or not. */
export const trials = (next: Chance, n: number, chance: number): readonly boolean[] =>
  Array.from({ length: n }, () => next() < chance)

/** How many of some trials held. */
export const heldOf = (outcomes: readonly boolean[]): number => outcomes.filter(Boolean).length

/** The chances of some tasks whose mean is exact: a suite about which something is true. */
export function suite(next: Chance, tasks: number, spread: Spread): readonly number[] {
  const drawn = Array.from({ length: tasks }, () => taskChance(next, spread))
  const mean = drawn.reduce((a, b) => a + b, 0) / tasks
  const { mean: wanted } = spread
  return drawn.map((chance) =>
    mean > wanted ? (chance * wanted) / mean : 1 - ((1 - chance) * (1 - wanted)) / (1 - mean),
  )
}
