import { rng } from '../../core/draw.js'
import { FiredrillError } from '../../core/errors.js'
import type { Origin } from '../drawn-task.js'
import { nearMiss } from './near-misses.js'
import { drawLimits, drawRequest, type Request } from './request.js'
import { type Trip, totalOf, tripsFor } from './trips.js'
import { drawWorld, type World } from './world.js'

/** A request, the offers there are, and the one trip that it asks for. */
export type Order = Readonly<{ request: Request; world: World; goal: Trip }>

const attempts = 1000

/** The order of a task: drawn again until exactly one trip is right and every limit has a trip that breaks it. */
export function orderOf({ seed, task }: Origin): Order {
  // Outside the attempts: orders that are easy to find would be drawn more often than others.
  const limits = drawLimits(rng(seed, 'booking', task, 'limits'))
  for (let attempt = 0; attempt < attempts; attempt++) {
    const chance = rng(seed, 'booking', task, attempt)
    const offers = drawWorld(chance.fork('world'))
    const request = drawRequest(chance.fork('request'), limits, offers)
    const order = decided(request, offers.world)
    if (order && limits.every((limit) => nearMiss(order, limit) !== null)) return order
  }
  throw new FiredrillError('internal', `No draw gives task ${task} of booking with seed ${seed}.`, {
    hint: 'Choose another seed, and report this one.',
  })
}

/** How many euros the second best trip costs more, at least. */
const margin = 2

function decided(request: Request, world: World): Order | null {
  const [best, second] = tripsFor(request, world)
  if (!best || !second) return null
  const isClear = totalOf(second, request) >= totalOf(best, request) + margin
  return isClear ? { request, world, goal: best } : null
}
