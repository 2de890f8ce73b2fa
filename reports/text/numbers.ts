import type { Estimate, Score } from '../../core/schemas/summary.js'

/** A whole number with its thousands apart. */
export const count = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',')

/** A number of things. */
export const counted = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`

/** A fraction in percent, without decimals; only none is 0 and only all is 100. */
export function percent(fraction: number): string {
  if (fraction <= 0 || fraction >= 1) return fraction <= 0 ? '0%' : '100%'
  return `${Math.min(99, Math.max(1, Math.round(fraction * 100)))}%`
}

type Bounds = Readonly<{ low: number; high: number }>

/** An interval of fractions, as percents and within 0 to 100. */
export function interval({ low, high }: Bounds): string {
  const within = (bound: number) => Math.round(Math.min(1, Math.max(0, bound)) * 100)
  return `[${within(low)}, ${within(high)}]`
}

/** An estimate or score whose mean and interval are known; null when there is nothing that may be printed. */
export function known(of: Score | Estimate): (Bounds & Readonly<{ mean: number }>) | null {
  const { mean, low, high } = of
  return mean === null || low === null || high === null ? null : { mean, low, high }
}

/** A rate with its interval, such as `75% [65, 83]`; null when there is none to print. */
export function rate(of: Score | Estimate): string | null {
  const found = known(of)
  return found && `${percent(found.mean)} ${interval(found)}`
}

/** A difference in points with its interval, such as `10 [-2, 23]`; null when there is none to print. */
export function points(of: Estimate): string | null {
  const found = known(of)
  const whole = (fraction: number) => Math.round(Math.min(1, Math.max(-1, fraction)) * 100) || 0
  return found && `${whole(found.mean)} [${whole(found.low)}, ${whole(found.high)}]`
}

/** How many of how many a proportion stands for. */
export const ofAll = ({ mean, n }: Score | Estimate): string =>
  `${count(Math.round((mean ?? 0) * n))}/${count(n)}`

/** Whole numbers in ascending order, neighbours joined: `1-3, 7`. */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && last[1] === number - 1) last[1] = number
    else runs.push([number, number])
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')
}
