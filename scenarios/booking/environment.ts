import type { Environment, Task } from '../../core/scenario.js'
import { originOf } from '../drawn-task.js'
import type { Booking } from './bookings.js'
import { openDesk } from './desk.js'
import { orderOf } from './orders.js'
import { bookingTools } from './tools.js'

/** The tools of one trial, and the bookings that were made with them, which only the oracle reads. */
export type BookingEnvironment = Environment & Readonly<{ bookings: () => readonly Booking[] }>

/** A desk of its own for one trial of a task. */
export function environment(task: Task): BookingEnvironment {
  const desk = openDesk(orderOf(originOf(task)).world)
  return { tools: bookingTools(desk), bookings: desk.bookings }
}

/** The bookings in an environment; none when nobody had one. */
export function bookingsIn(given: Environment | undefined): readonly Booking[] {
  return given && isOurs(given) ? given.bookings() : []
}

const isOurs = (given: Environment): given is BookingEnvironment => 'bookings' in given
