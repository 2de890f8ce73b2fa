import type { Mind } from '../chance.js'
import { type Demands, type FactType, factTypes, nameOf, wantsFlight, wantsHotel } from './facts.js'

/** What an agent takes its work to be. */
export type Settled = Readonly<{
  demands: Demands
  /** What it says about conflicts and guesses. */
  notes: readonly string[]
  /** What it would ask if it may. */
  doubts: readonly string[]
}>

/** Puts a value into every hole, and into what nothing can be booked without: a guess that is drawn. */
export function fillHoles(settled: Settled, mind: Mind, today: string | null): Settled {
  const notes = [...settled.notes]
  const doubts = [...settled.doubts]
  const demands = withNeeds(settled.demands)
  const fill = (type: FactType): string => {
    const guess = guesses[type](demands, { chance: mind.chance('guess', type), today })
    if (guess) mind.note(`guess: ${type}`)
    if (!mind.happens('notice', `hole ${type}`, mind.profile.notice)) return guess
    mind.note(`noticed a gap: ${type}`)
    doubts.push(`Which ${nameOf[type]} is meant?`)
    if (guess) notes.push(`I take "${guess}" as the ${nameOf[type]}.`)
    return guess
  }
  const filled = factTypes.flatMap((type) => {
    const value = demands[type]
    if (value === undefined) return []
    return [[type, value === '' ? fill(type) : value] as const]
  })
  return { demands: Object.fromEntries(filled), notes, doubts }
}

/** Adds holes for what a booking needs and nobody has told. A hotel of which no city was told is where the flight goes. */
function withNeeds(demands: Demands): Demands {
  const flight: Demands = { from: '', to: '', date: '', passengers: '' }
  const hotel: Demands = { city: demands.to ?? '', date: '', nights: '' }
  return {
    ...(wantsFlight(demands) ? flight : {}),
    ...(wantsHotel(demands) ? hotel : {}),
    ...demands,
  }
}

type Ground = Readonly<{ chance: number; today: string | null }>

const among = (chance: number, low: number, high: number) =>
  low + Math.floor(chance * (high - low + 1))

const hour = (number: number) => `${String(number).padStart(2, '0')}:00`

const guesses: Readonly<Record<FactType, (demands: Demands, ground: Ground) => string>> = {
  from: () => '',
  to: ({ city = '' }) => city,
  date: (_, { chance, today }) => (today ? laterDay(today, chance) : ''),
  city: ({ to = '' }) => to,
  nights: (_, { chance }) => String(among(chance, 1, 7)),
  passengers: (_, { chance }) => String(among(chance, 1, 4)),
  total: (_, { chance }) => `at most ${100 * among(chance, 2, 12)}`,
  departure: (_, { chance }) => `at least ${hour(among(chance, 6, 14))}`,
  stars: (_, { chance }) => `at least ${among(chance, 2, 5)}`,
  breakfast: () => 'yes',
  choice: () => 'cheapest',
}

/** A later day of the same month, one that every month has. */
function laterDay(today: string, chance: number): string {
  const day = Number(today.slice(8))
  const later = day < 28 ? among(chance, day + 1, 28) : day
  return `${today.slice(0, 8)}${String(later).padStart(2, '0')}`
}
