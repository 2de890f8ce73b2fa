/** A flight that is on offer; the price is for one passenger. What a damaged line does not say is null. */
export type FlightOffer = Readonly<{
  id: string
  from: string | null
  to: string | null
  date: string | null
  departs: string | null
  price: number | null
  seats: number | null
}>

/** A hotel that is on offer; the price is for one night. What a damaged line does not say is null. */
export type HotelOffer = Readonly<{
  id: string
  city: string | null
  stars: number | null
  breakfast: boolean | null
  price: number | null
}>

const numberIn = (text: string | undefined): number | null =>
  text === undefined ? null : Number(text.replaceAll(',', ''))

const priceIn = (line: string) => numberIn(/(\d[\d,]*) euros/.exec(line)?.[1])

// An id is a word with a number in it; a line without one is of no use, since nothing can be booked by it.
const idIn = (line: string) => /^(?=[^\s,]*\d)[^\s,]+/.exec(line)?.[0]

/** A flight as a line offers it; null when the line offers none. */
export function readFlight(line: string): FlightOffer | null {
  const id = idIn(line)
  if (id === undefined || !/\bdeparts\b|\bseats? left\b/.test(line)) return null
  const [, from = null, to = null] = /^\S+ ([^,]+?) to ([^,]+),/.exec(line) ?? []
  return {
    ...{ id, from, to },
    date: /\b\d{4}-\d{2}-\d{2}\b/.exec(line)?.[0] ?? null,
    departs: /\bdeparts (\d{1,2}:\d{2})/.exec(line)?.[1] ?? null,
    price: priceIn(line),
    seats: numberIn(/(\d+) seats? left/.exec(line)?.[1]),
  }
}

/** A hotel as a line offers it; null when the line offers none. */
export function readHotel(line: string): HotelOffer | null {
  const id = idIn(line)
  if (id === undefined || !/\bper night\b|\bstars?\b|\bbreakfast\b/.test(line)) return null
  const [, second = ''] = line.split(', ')
  const board = /\b(breakfast included|no breakfast)\b/.exec(line)?.[1]
  return {
    id,
    city: second === '' || /\d|\bstars?\b|\bbreakfast\b|\beuros\b/.test(second) ? null : second,
    stars: numberIn(/(\d+) stars?/.exec(line)?.[1]),
    breakfast: board === undefined ? null : board === 'breakfast included',
    price: priceIn(line),
  }
}
