import { counted } from './amounts.js'

/** What is booked: a flight for so many passengers, or a hotel from a date on for so many nights. */
export type Item =
  | Readonly<{ kind: 'flight'; flight: string; passengers: number }>
  | Readonly<{ kind: 'hotel'; hotel: string; date: string; nights: number }>

/** A booking, as the desk keeps it. One that was cancelled is kept, but no longer active. */
export type Booking = Readonly<{ id: string; item: Item; euros: number; cancelled: boolean }>

/**
 * What is booked, in words. Two items are the same if their words are.
 *
 * @example
 * a flight  ->  'flight F218, 1 passenger'
 */
export function itemWords(item: Item): string {
  return item.kind === 'flight'
    ? `flight ${item.flight}, ${counted(item.passengers, 'passenger')}`
    : `hotel ${item.hotel}, ${counted(item.nights, 'night')} from ${item.date}`
}

/** A booking in one line, as tools show it. */
export const bookingLine = ({ id, item, euros }: Booking): string =>
  `Booking ${id}: ${itemWords(item)}, ${euros} euros.`

/** The bookings that stand. */
export const active = (bookings: readonly Booking[]): readonly Booking[] =>
  bookings.filter(({ cancelled }) => !cancelled)
