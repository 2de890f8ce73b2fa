import type { Wish } from '../tool-choice.js'
import { choosePair, type Offers, type Pair } from './choice.js'
import { type Demands, type FactType, nameOf, wantsFlight, wantsHotel } from './facts.js'
import type { Booking } from './tool-results.js'
import {
  type Aim,
  cancelWish,
  flightsWish,
  flightWish,
  hotelsWish,
  hotelWish,
  listWish,
} from './wishes.js'

/** How far an activation has come, as far as its calls and their results tell. */
export type State = Readonly<{
  offers: Offers
  /** What stands, as the agent knows it; null when it has to look first. */
  bookings: readonly Booking[] | null
  /** Whether what was found booked has been compared with what is wanted. */
  isCompared: boolean
  /** Bookings that it takes to be the wanted ones, by what they book. */
  done: Readonly<{ flight: string | null; hotel: string | null }>
  /** Bookings to be cancelled. */
  wrong: readonly string[]
  /** Calls in a row that brought nothing. */
  failures: number
  /** Aims whose result has been doubted; each at most once. */
  doubted: readonly Aim[]
  isOver: boolean
}>

/** What is next: a call, or the end of the work with a pair, or why it cannot go on. */
export type Next =
  | Readonly<{ kind: 'aim'; aim: Aim; wish: Wish; pair: Pair | null; state: State }>
  | Readonly<{ kind: 'done'; pair: Pair; state: State }>
  | Readonly<{ kind: 'stuck'; why: string; state: State }>

/** The beginning: nothing is known of offers, and of bookings only that there are none, if that. */
export const beginning = ({ looksFirst }: Readonly<{ looksFirst: boolean }>): State => ({
  offers: { flights: null, hotels: null, avoided: [] },
  bookings: looksFirst ? null : [],
  isCompared: !looksFirst,
  done: { flight: null, hotel: null },
  wrong: [],
  failures: 0,
  doubted: [],
  isOver: false,
})

// Enough for a few repairs, and an end for tools that refuse for ever.
const patience = 6

/** What to do now. With `changes: false` nothing is booked or cancelled: the offers are only looked at. */
export function nextIn(
  state: State,
  demands: Demands,
  { changes }: Readonly<{ changes: boolean }>,
): Next {
  const stuck = (why: string): Next => ({ kind: 'stuck', why, state })
  if (state.isOver) return stuck('No more calls are possible.')
  if (state.failures >= patience) return stuck('The tools bring nothing.')
  const search = nextSearch(state, demands)
  if (typeof search === 'string') return stuck(search)
  if (search) return { kind: 'aim', ...search, pair: null, state }
  const pair = choosePair(demands, state.offers, state.bookings ?? [])
  if (!pair) return stuck('No offer fits.')
  const compared = state.isCompared ? state : compare(state, pair, demands)
  const change = changes ? nextChange(compared, pair, demands) : null
  if (change) return { kind: 'aim', ...change, pair, state: compared }
  return { kind: 'done', pair, state: compared }
}

type Sought = Readonly<{ aim: Aim; wish: Wish }>

function nextSearch({ bookings, offers }: State, demands: Demands): Sought | string | null {
  const unknown = (Object.keys(demands) as FactType[]).find((type) => demands[type] === '')
  if (unknown !== undefined) return `I do not know the ${nameOf[unknown]}.`
  if (!bookings) return { aim: 'list', wish: listWish }
  if (wantsFlight(demands) && !offers.flights) return { aim: 'flights', wish: flightsWish(demands) }
  if (wantsHotel(demands) && !offers.hotels) return { aim: 'hotels', wish: hotelsWish(demands) }
  return null
}

function nextChange(
  { wrong: [wrong], done }: State,
  { flight, hotel }: Pair,
  demands: Demands,
): Sought | null {
  if (wrong !== undefined) return { aim: 'cancel', wish: cancelWish(wrong) }
  if (flight && done.flight === null) return { aim: 'flight', wish: flightWish(flight, demands) }
  if (hotel && done.hotel === null) return { aim: 'hotel', wish: hotelWish(hotel, demands) }
  return null
}

/** Tells the bookings that are wanted from those that are not. */
function compare(state: State, pair: Pair, demands: Demands): State {
  const bookings = state.bookings ?? []
  const flight = bookings.find((booking) => isWanted(booking, pair, demands, 'flight'))
  const hotel = bookings.find((booking) => isWanted(booking, pair, demands, 'hotel'))
  const wrong = bookings.filter((booking) => booking !== flight && booking !== hotel)
  return {
    ...state,
    isCompared: true,
    done: { flight: flight?.id ?? null, hotel: hotel?.id ?? null },
    wrong: wrong.map(({ id }) => id),
  }
}

/** Whether a booking is the one that is wanted of its kind. */
export function isWanted(
  booking: Booking,
  pair: Pair,
  { passengers, nights, date }: Demands,
  kind: Booking['kind'] = booking.kind,
): boolean {
  if (booking.kind !== kind || booking.item !== pair[kind]?.id) return false
  if (kind === 'flight') return booking.count === Number(passengers)
  return booking.count === Number(nights) && booking.date === date
}
