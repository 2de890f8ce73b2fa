import type { PastCall } from '../own-turns.js'
import type { Offers } from './choice.js'
import { type Booking, type Result, readResult } from './tool-results.js'

/** What the results of some calls tell of the offers and of what is booked. */
type Known = Readonly<{ offers: Offers; bookings: readonly Booking[] }>

const nothing: Known = { offers: { flights: null, hotels: null, avoided: [] }, bookings: [] }

/** What is known after some calls, whoever made them. */
export const known = (calls: readonly PastCall[]): Known =>
  calls.map(({ result }) => readResult(result)).reduce(learn, nothing)

function learn({ offers, bookings }: Known, result: Result): Known {
  switch (result.kind) {
    case 'flights':
      return { bookings, offers: { ...offers, flights: result.offers } }
    case 'hotels':
      return { bookings, offers: { ...offers, hotels: result.offers } }
    case 'nothing':
      return { bookings, offers: { ...offers, [result.of]: [] } }
    case 'booked':
      return { offers, bookings: [...bookings, result.booking] }
    case 'listed':
      return { offers, bookings: result.bookings }
    case 'cancelled':
      return { offers, bookings: bookings.filter(({ id }) => id !== result.id) }
    case 'unknown-offer':
    case 'full':
      return { bookings, offers: { ...offers, avoided: [...offers.avoided, result.id] } }
    case 'unknown-booking':
    case 'limit':
    case 'refused':
    case 'unread':
      return { offers, bookings }
    default:
      return result satisfies never
  }
}
