import { type FlightOffer, type HotelOffer, readFlight, readHotel } from './offers.js'

/** Something booked, as a line says it. What a damaged line does not say is null. */
export type Booking = Readonly<{
  id: string
  kind: 'flight' | 'hotel'
  item: string | null
  /** Passengers of a flight, nights of a hotel. */
  count: number | null
  date: string | null
  euros: number | null
  line: string
}>

type Found =
  | Readonly<{ kind: 'flights'; offers: readonly FlightOffer[] }>
  | Readonly<{ kind: 'hotels'; offers: readonly HotelOffer[] }>
  | Readonly<{ kind: 'nothing'; of: 'flights' | 'hotels'; where: string }>
  | Readonly<{ kind: 'booked'; booking: Booking }>
  | Readonly<{ kind: 'listed'; bookings: readonly Booking[] }>
  | Readonly<{ kind: 'cancelled'; id: string }>
  | Readonly<{ kind: 'unknown-offer' | 'full' | 'unknown-booking'; id: string }>
  | Readonly<{ kind: 'limit' | 'refused' | 'unread' }>

/** What the result of a tool says; `torn` are the lines of it of which nothing can be made. */
export type Result = Found & Readonly<{ torn: readonly string[] }>

const bookingLine = /^(?:Booked\. )?Booking (\S+?): (flight|hotel)\b(.*)$/

/** A booking as a line states it; null when the line states none. */
export function readBooking(line: string): Booking | null {
  const [, id = '', kind, rest = ''] = bookingLine.exec(line) ?? []
  if (kind !== 'flight' && kind !== 'hotel') return null
  const count = /(\d+) (?:passengers?|nights?)\b/.exec(rest)?.[1]
  const euros = /(\d[\d,]*) euros/.exec(rest)?.[1]
  return {
    id,
    kind,
    item: /^ ([^\s,]+),/.exec(rest)?.[1] ?? null,
    count: count === undefined ? null : Number(count),
    date: /\d{4}-\d{2}-\d{2}/.exec(rest)?.[0] ?? null,
    euros: euros === undefined ? null : Number(euros.replaceAll(',', '')),
    line: line.replace(/^Booked\. /, ''),
  }
}

type Reader = (text: string) => Found | null

const refusals: readonly (readonly [RegExp, 'unknown-offer' | 'full' | 'unknown-booking'])[] = [
  [/^There is no (?:flight|hotel) (\S+?)\.?$/, 'unknown-offer'],
  [/^(?:Flight|Hotel) (\S+) has no free (?:seats|rooms)\b/, 'full'],
  [/^Booking (\S+) does not exist/, 'unknown-booking'],
]

const readers: readonly Reader[] = [
  (text) => {
    const [, of, where = ''] = /^No (flights|hotels) ((?:from|in) .+?)\.?$/.exec(text) ?? []
    return of === 'flights' || of === 'hotels' ? { kind: 'nothing', of, where } : null
  },
  (text) => {
    const booking = text.startsWith('Booked') ? readBooking(text) : null
    return booking && { kind: 'booked', booking }
  },
  (text) => (/^There are no bookings\.?$/.test(text) ? { kind: 'listed', bookings: [] } : null),
  (text) => {
    const id = /^Booking (\S+) is cancelled\.?$/.exec(text)?.[1]
    return id === undefined ? null : { kind: 'cancelled', id }
  },
  (text) => {
    for (const [pattern, kind] of refusals) {
      const id = pattern.exec(text)?.[1]
      if (id !== undefined) return { kind, id }
    }
    return null
  },
  (text) => (/^The limit of \d+ /.test(text) ? { kind: 'limit' } : null),
  (text) =>
    /^(?:Error\b|Invalid arguments\b|There is no tool\b)/.test(text) ? { kind: 'refused' } : null,
]

/** Reads the text of a tool result; what no form matches is `unread`. */
export function readResult(text: string): Result {
  const bare = text.trim()
  for (const read of readers) {
    const found = read(bare)
    if (found) return { ...found, torn: [] }
  }
  return readLines(
    bare
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
}

/** Lines that all say the same kind of thing. The kind that most of them are decides; the others are torn. */
function readLines(lines: readonly string[]): Result {
  const bookings = lines.flatMap((line) => readBooking(line) ?? [])
  const flights = lines.flatMap((line) => readFlight(line) ?? [])
  const hotels = lines.flatMap((line) => readHotel(line) ?? [])
  const torn = lines
    .filter((line) => !readBooking(line) && !readFlight(line) && !readHotel(line))
    .map((line) => line.slice(0, 200))
  if (bookings.length > 0) return { kind: 'listed', bookings, torn }
  if (flights.length === 0 && hotels.length === 0) return { kind: 'unread', torn }
  return flights.length >= hotels.length
    ? { kind: 'flights', offers: flights, torn }
    : { kind: 'hotels', offers: hotels, torn }
}
