import type { Order } from './orders.js'
import { type Limit, withoutLimit } from './request.js'
import { type Trip, totalOf, tripsFor } from './trips.js'

/**
 * The trip that somebody books who has missed one limit and met every other demand; null when nobody is tempted.
 *
 * Without a limit on time, stars or breakfast another trip would be the cheapest. The limit on the total cannot change
 * which trip is the cheapest; what it shuts out are the trips just above it.
 */
export function nearMiss({ request, world, goal }: Order, limit: Limit): Trip | null {
  const asked = withoutLimit(request, limit)
  const trips = tripsFor(asked, world)
  const price = (trip: Trip) => totalOf(trip, request)
  if (limit === 'total') {
    const { total = Number.POSITIVE_INFINITY } = request.limits
    return trips.find((trip) => price(trip) > total) ?? null
  }
  const [cheapest] = trips
  return cheapest && price(cheapest) < price(goal) ? cheapest : null
}
