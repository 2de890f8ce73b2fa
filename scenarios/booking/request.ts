import type { Rng } from '../../core/draw.js'
import { isNonEmpty } from '../../core/lists.js'
import { totalOf, tripsFor } from './trips.js'
import type { Route, World } from './world.js'

/** What a trip may have to keep to. */
export type Limits = Readonly<{
  /** Most euros that flight and hotel may cost together. */
  total?: number
  /** Earliest time of departure. */
  departure?: string
  /** Fewest stars of the hotel. */
  stars?: number
  breakfast?: true
}>
export type Limit = keyof Limits

/** What a customer wants; among several trips that fit, the cheapest. */
export type Request = Route & Readonly<{ nights: number; passengers: number; limits: Limits }>

const limitNames: readonly Limit[] = ['total', 'departure', 'stars', 'breakfast']

/** A request without one of its limits. */
export function withoutLimit(request: Request, limit: Limit): Request {
  const { [limit]: _, ...limits } = request.limits
  return { ...request, limits }
}

/** Which limits a request shall have: two or three of them. */
export const drawLimits = (chance: Rng): readonly Limit[] =>
  chance.shuffle(limitNames).slice(0, chance.integer(2, 3))

type Offers = Readonly<{ route: Route; world: World }>

/** A request with these limits. Whether it can be met, and by one trip only, is for the caller to see. */
export function drawRequest(
  chance: Rng,
  chosen: readonly Limit[],
  { route, world }: Offers,
): Request {
  const all = {
    departure: `${String(chance.integer(7, 13)).padStart(2, '0')}:${chance.pick(['00', '30'])}`,
    stars: chance.integer(3, 5),
    breakfast: true,
  } as const
  const passengers = chance.integer(1, 4)
  const nights = chance.integer(1, 4)
  const limits = Object.fromEntries(
    Object.entries(all).filter(([name]) => chosen.includes(name as Limit)),
  )
  const request: Request = { ...route, nights, passengers, limits }
  return chosen.includes('total') ? withTotal(request, world, chance) : request
}

// A few trips fit below the limit and others do not: "the cheapest" still chooses, and money is still a limit.
function withTotal(request: Request, world: World, chance: Rng): Request {
  const totals = tripsFor(request, world).map((trip) => totalOf(trip, request))
  const affordable = totals.slice(1, 6)
  return isNonEmpty(affordable)
    ? { ...request, limits: { ...request.limits, total: chance.pick(affordable) } }
    : request
}
