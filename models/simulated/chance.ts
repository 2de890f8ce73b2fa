import { draw, type Key } from '../../core/draw.js'
import type { Profile } from './profile.js'

/** Whose chances are drawn: the trial, the agent, and which of its activations this call belongs to. */
export type Identity = Readonly<{ seed: number; agent: string; activation: number }>

/** The model while it answers one call: its temper, its chances, and what it did with them. */
export type Mind = Readonly<{
  profile: Profile
  /** How full its window is, 0 to 1. */
  load: number
  /** The colleagues whom it believes because it was told to; `*` stands for everybody. */
  believes: readonly string[]
  /** Whether it was told to check what colleagues say against the task. */
  checksColleagues: boolean
  /** A number in [0, 1) for one purpose; the same for every turn of one activation. */
  chance: (purpose: string, ordinal: Key) => number
  /** Whether something of the given probability happens. */
  happens: (purpose: string, ordinal: Key, probability: number) => boolean
  /** Keeps a short word about what it did, for the trace. */
  note: (event: string) => void
}>

/**
 * The chance of one purpose, mixed from a draw that the whole trial shares and a fresh one (one-factor Gaussian copula).
 *
 * Agents that run on one model make the same mistakes; independent errors would flatter every kind of redundancy.
 */
export function mixedChance(
  { seed, agent, activation }: Identity,
  rho: number,
  purpose: string,
  ordinal: Key,
): number {
  const fresh = draw(seed, agent, activation, purpose, ordinal)
  if (rho === 0) return fresh
  const shared = draw(seed, purpose, ordinal)
  return distribution(Math.sqrt(rho) * quantile(shared) + Math.sqrt(1 - rho) * quantile(fresh))
}

/**
 * Whether it sees that two things which it was told cannot both be right: by chance, or because it was told to check
 * colleagues, has the task itself before it, and does check.
 */
export function seesConflict(
  { happens, profile, checksColleagues }: Mind,
  ordinal: Key,
  told: readonly Readonly<{ authority: number }>[],
): boolean {
  if (happens('notice', ordinal, profile.notice)) return true
  const hasTask = told.some(({ authority }) => authority === 3)
  return checksColleagues && hasTask && happens('verify', `as told: ${ordinal}`, profile.verify)
}

/** The standard normal distribution function, with the polynomial of Abramowitz and Stegun (7.1.26): seven digits. */
function distribution(x: number): number {
  const z = Math.abs(x) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * z)
  const polynomial =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  const upper = (polynomial * Math.exp(-z * z)) / 2
  return x > 0 ? 1 - upper : upper
}

/** The inverse of the distribution function, by bisection: forty halvings of [-8, 8] are exact enough and plain to see. */
function quantile(probability: number): number {
  let [low, high] = [-8, 8]
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2
    if (distribution(middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
