import { draw } from '../../../../core/draw.js'
import { type LittleWorld, randomWorld } from './little-world.js'

/** A request in sentences, and what it wants in numbers. */
export type Request = Readonly<{
  number: number
  passengers: number
  nights: number
  stars: number | null
  departs: string | null
  breakfast: boolean
  total: number | null
}>

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
const two = (number: number) => String(number).padStart(2, '0')

/** A request for a number. */
export function randomRequest(number: number): Request {
  const integer = (low: number, high: number, key: string) =>
    low + Math.floor(draw('request', number, key) * (high - low + 1))
  const chosen = (key: string) => draw('request', number, key) < 0.6
  return {
    number,
    passengers: integer(1, 4, 'passengers'),
    nights: integer(1, 4, 'nights'),
    stars: chosen('has stars') ? integer(2, 4, 'stars') : null,
    departs: chosen('has time') ? `${two(integer(7, 13, 'hour'))}:30` : null,
    breakfast: chosen('has breakfast'),
    total: chosen('has total') ? integer(900, 1500, 'total') : null,
  }
}

/** The sentences of a request, each in one of its two forms, by draw. */
export function sentencesOf({ number, ...request }: Request): readonly string[] {
  const { passengers, nights, stars, departs, breakfast, total } = request
  const one = (key: string, first: string, second: string) =>
    draw('form', number, key) < 0.5 ? first : second
  const route = 'a flight from Porto to Vienna on 2031-05-14.'
  const stay = `for ${counted(nights, 'night')}.`
  const people = counted(passengers, 'passenger')
  return [
    one('flight', `Book ${route}`, `I need ${route}`),
    one('hotel', `Book a hotel in Vienna ${stay}`, `I also need a hotel there ${stay}`),
    one(
      'people',
      `The flight is for ${people}.`,
      passengers === 1 ? 'I travel alone.' : `We are ${people}.`,
    ),
    ...(total === null
      ? []
      : [
          one(
            'total',
            `The total must not exceed ${total} euros.`,
            `I can spend ${total} euros at most.`,
          ),
        ]),
    ...(departs === null
      ? []
      : [
          one(
            'time',
            `The flight must not leave before ${departs}.`,
            `I cannot leave before ${departs}.`,
          ),
        ]),
    ...(stars === null
      ? []
      : [
          one(
            'stars',
            `The hotel needs at least ${stars} stars.`,
            `Only hotels with ${stars} stars or more.`,
          ),
        ]),
    ...(breakfast
      ? [one('food', 'Breakfast must be included.', 'I want breakfast included.')]
      : []),
    'If several fit, take the cheapest.',
  ]
}

/** The text of a task. */
export const taskText = (sentences: readonly string[]): string =>
  `Book a trip.

## Goal
${sentences.map((sentence) => `- ${sentence}`).join('\n')}

## Notes
- Today is 2031-05-01.
- The hotel stay begins on the day of the flight.
- The total is the price of the flight for all passengers plus the price of the hotel for all nights.

Finish with a short confirmation in exactly one \`\`\`answer block.`

/** What has to be booked for a request; null when nothing fits or two trips are equally cheap. */
function rightBookings(request: Request, world: LittleWorld): readonly string[] | null {
  const { passengers, nights, stars, departs, breakfast, total } = request
  const flights = world.flights.filter(
    (flight) =>
      flight.date === '2031-05-14' &&
      flight.seats >= passengers &&
      flight.departs >= (departs ?? ''),
  )
  const hotels = world.hotels.filter(
    (hotel) =>
      hotel.city === 'Vienna' && hotel.stars >= (stars ?? 0) && (hotel.breakfast || !breakfast),
  )
  const [best, next] = flights
    .flatMap((flight) =>
      hotels.map((hotel) => ({
        flight,
        hotel,
        euros: flight.price * passengers + hotel.price * nights,
      })),
    )
    .filter(({ euros }) => euros <= (total ?? Number.POSITIVE_INFINITY))
    .sort((a, b) => a.euros - b.euros)
  if (!best || best.euros === next?.euros) return null
  return [
    `flight ${best.flight.id}, ${counted(passengers, 'passenger')}`,
    `hotel ${best.hotel.id}, ${counted(nights, 'night')} from 2031-05-14`,
  ]
}

/** A request that one trip meets best, with its world. */
export type Case = Readonly<{
  number: number
  world: LittleWorld
  sentences: readonly string[]
  right: readonly string[]
}>

/** The first cases that can be met. */
export function cases(count: number): readonly Case[] {
  const found: Case[] = []
  for (let number = 0; found.length < count; number++) {
    const world = randomWorld(number)
    const request = randomRequest(number)
    const right = rightBookings(request, world)
    if (right) found.push({ number, world, sentences: sentencesOf(request), right })
  }
  return found
}
