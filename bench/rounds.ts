/** One thing to measure: does its work once, as often as asked. */
export type Contestant = Readonly<{ name: string; work: () => Promise<unknown> | unknown }>

/** Milliseconds of CPU of one work, of all rounds in order. */
export type Times = ReadonlyMap<string, readonly number[]>

/**
 * The middle, the least and the most of some numbers; of a comparison also what it comes to for the fastest round of
 * either side, which a busy machine disturbs least.
 */
export type Spread = Readonly<{ median: number; min: number; max: number; fastest?: number }>

type Options = Readonly<{ rounds: number; warmUp: number; repetitions: number; before: () => void }>

/**
 * Measures CPU time, which a busy machine disturbs least. All contestants take part in every round, each round begins
 * with the next one: what slows the machine down for a while slows all of them down.
 */
export async function measured(
  contestants: readonly Contestant[],
  { rounds, warmUp, repetitions, before }: Options,
): Promise<Times> {
  const times = new Map(contestants.map(({ name }) => [name, [] as number[]]))
  for (let round = -warmUp; round < rounds; round++) {
    const first = (round + warmUp) % contestants.length
    for (const { name, work } of [...contestants.slice(first), ...contestants.slice(0, first)]) {
      before()
      const started = process.cpuUsage()
      for (let time = 0; time < repetitions; time++) await work()
      const { user, system } = process.cpuUsage(started)
      if (round >= 0) times.get(name)?.push((user + system) / 1000 / repetitions)
    }
  }
  return times
}

/** The spread of some numbers; of none it is NaN. */
export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = [...numbers].sort((a, b) => a - b)
  const at = (index: number) => sorted[index] ?? Number.NaN
  const half = sorted.length / 2
  const median = sorted.length % 2 ? at(Math.floor(half)) : (at(half - 1) + at(half)) / 2
  return { median, min: at(0), max: at(sorted.length - 1) }
}

/** How two contestants compare, round by round. */
export function paired(
  times: Times,
  [one, other]: readonly [string, string],
  compare: (one: number, other: number) => number,
): Spread {
  const [ones, others] = [times.get(one) ?? [], times.get(other) ?? []]
  const spread = spreadOf(ones.map((time, round) => compare(time, others[round] ?? Number.NaN)))
  return { ...spread, fastest: compare(Math.min(...ones), Math.min(...others)) }
}
