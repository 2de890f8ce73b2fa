import { counted } from './amounts.js'
import type { Flight, Hotel } from './world.js'

/** A flight in one line, with the seats that are left on it. */
export const flightLine = ({ id, from, to, date: day, departs, price }: Flight, left: number) =>
  `${id} ${from} to ${to}, ${day}, departs ${departs}, ${price} euros, ${counted(left, 'seat')} left.`

/** A hotel in one line. */
export function hotelLine({ id, name, city: place, stars, breakfast, price }: Hotel): string {
  const board = breakfast ? 'breakfast included' : 'no breakfast'
  return `${id} ${name}, ${place}, ${counted(stars, 'star')}, ${board}, ${price} euros per night.`
}
