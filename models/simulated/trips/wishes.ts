import type { Wish } from '../tool-choice.js'
import type { Demands } from './facts.js'
import type { FlightOffer, HotelOffer } from './offers.js'

/** What an agent is after with a call. */
export type Aim = 'list' | 'flights' | 'hotels' | 'cancel' | 'flight' | 'hotel'

/** The wish to know what is booked. */
export const listWish: Wish = { sentence: 'List the bookings.', values: [] }

/** The wish to see the flights of a day. */
export const flightsWish = ({ from = '', to = '', date = '' }: Demands): Wish => ({
  sentence: 'Search flights.',
  values: [
    { part: 'origin', value: from },
    { part: 'destination', value: to },
    { part: 'date', value: date },
  ],
})

/** The wish to see the hotels of a city. */
export const hotelsWish = ({ city = '', nights }: Demands): Wish => ({
  sentence: 'Search hotels.',
  values: [
    { part: 'city', value: city },
    { part: 'nights', value: Number(nights) },
  ],
})

/** The wish to book a flight. */
export const flightWish = ({ id }: FlightOffer, { passengers }: Demands): Wish => ({
  sentence: 'Book a flight.',
  values: [
    { part: 'flight', value: id },
    { part: 'passengers', value: Number(passengers) },
  ],
})

/** The wish to book a hotel. */
export const hotelWish = ({ id }: HotelOffer, { date = '', nights }: Demands): Wish => ({
  sentence: 'Book a hotel.',
  values: [
    { part: 'hotel', value: id },
    { part: 'date', value: date },
    { part: 'nights', value: Number(nights) },
  ],
})

/** The wish to take a booking back. */
export const cancelWish = (id: string): Wish => ({
  sentence: 'Cancel a booking.',
  values: [{ part: 'booking', value: id }],
})
