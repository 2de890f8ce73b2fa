import type { Statement } from '../drawn-task.js'
import { counted } from './amounts.js'
import type { Limit, Limits, Request } from './request.js'

/** The sentence that says how a total is counted; the receipts of the tools say the same. */
export const totalRule =
  'The total is the price of the flight for all passengers plus the price of the hotel for all nights.'

/** What a customer wants, sentence by sentence. */
export function goals(request: Request): readonly Statement[] {
  const { from, to, date, nights, passengers } = request
  const route = `a flight from ${from} to ${to} on ${date}.`
  const stay = `for ${counted(nights, 'night')}.`
  return [
    {
      normal: `flight = ${from}, ${to}, ${date}`,
      forms: [`Book ${route}`, `I need ${route}`],
    },
    {
      normal: `hotel = ${to}, ${nights}`,
      forms: [`Book a hotel in ${to} ${stay}`, `I also need a hotel there ${stay}`],
    },
    { normal: `passengers = ${passengers}`, forms: travellers(passengers) },
    ...limits(request.limits),
    { normal: 'choose = cheapest', forms: ['If several fit, take the cheapest.'] },
  ]
}

/** What holds for every task of this work, sentence by sentence. */
export const notes: readonly Statement[] = [
  { normal: 'today = 2031-05-01', forms: ['Today is 2031-05-01.'] },
  {
    normal: 'stay = from the day of the flight',
    forms: ['The hotel stay begins on the day of the flight.'],
  },
  { normal: 'total = flight x passengers + hotel x nights', forms: [totalRule] },
]

const travellers = (passengers: number): readonly [string, string] => [
  `The flight is for ${counted(passengers, 'passenger')}.`,
  passengers === 1 ? 'I travel alone.' : `We are ${counted(passengers, 'passenger')}.`,
]

function limits({ total, departure, stars, breakfast }: Limits): readonly Statement[] {
  const forms: Readonly<Record<Limit, readonly [string, string]>> = {
    total: [`The total must not exceed ${total} euros.`, `I can spend ${total} euros at most.`],
    departure: [
      `The flight must not leave before ${departure}.`,
      `I cannot leave before ${departure}.`,
    ],
    stars: [`The hotel needs at least ${stars} stars.`, `Only hotels with ${stars} stars or more.`],
    breakfast: ['Breakfast must be included.', 'I want breakfast included.'],
  }
  const stated = (limit: Limit, normal: string, value: unknown) =>
    value === undefined ? [] : [{ normal, forms: forms[limit] }]
  return [
    ...stated('total', `total <= ${total}`, total),
    ...stated('departure', `departure >= ${departure}`, departure),
    ...stated('stars', `stars >= ${stars}`, stars),
    ...stated('breakfast', 'breakfast = included', breakfast),
  ]
}
