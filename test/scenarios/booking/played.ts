import type { BaseMessage, ToolMessage } from '@langchain/core/messages'
import { AIMessage } from '@langchain/core/messages'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import type { Environment, Task } from '../../../core/scenario.js'
import type { Item } from '../../../scenarios/booking/bookings.js'
import type { BookingEnvironment } from '../../../scenarios/booking/environment.js'
import { type Order, orderOf } from '../../../scenarios/booking/orders.js'
import type { Limit } from '../../../scenarios/booking/request.js'
import { originOf } from '../../../scenarios/drawn-task.js'

/** The order of a task. */
export const orderFor = (task: Task): Order => orderOf(originOf(task))

/** Which limits an order has. */
export const limitsOf = ({ request }: Order): readonly Limit[] =>
  Object.keys(request.limits) as readonly Limit[]

/** What LangGraph's tool node makes of a call. */
export async function called(
  { tools }: Environment,
  name: string,
  args: unknown,
): Promise<ToolMessage> {
  const call = { id: 'c1', name, args: args as Record<string, unknown>, type: 'tool_call' as const }
  const message: BaseMessage = new AIMessage({ content: '', tool_calls: [call] })
  const { messages } = await new ToolNode([...tools]).invoke({ messages: [message] })
  return messages[0]
}

/** Calls a tool and takes its words. */
export async function said(given: Environment, name: string, args: unknown = {}): Promise<string> {
  const tool = given.tools.find((one) => one.name === name)
  return String(await tool?.invoke(args))
}

/** What a desk looks like in the end at which these things were booked. */
export const withBooked = (items: readonly Item[], cancelled = false): BookingEnvironment => ({
  tools: [],
  bookings: () => items.map((item, at) => ({ id: `B000${at + 1}`, item, euros: 1, cancelled })),
})

const flightForm =
  /^(F\d{3}) (.+) to (.+), (\S+), departs (\d\d:\d\d), (\d+) euros, (\d+) seats? left\.$/
const hotelForm =
  /^(H\d{3}) (Hotel .+), (.+), (\d) stars, (breakfast included|no breakfast), (\d+) euros per night\.$/

/** Books what a request asks for as a customer would: from the lines of the tools alone. */
export async function bookedByReading(given: Environment, { request }: Order): Promise<void> {
  const { from, to, date, nights, passengers, limits } = request
  const flights = (await said(given, 'search_flights', { from, to, date }))
    .split('\n')
    .map((line) => {
      const [, id = '', , , , departs = '', price, seats] = flightForm.exec(line) ?? []
      return { id, departs, price: Number(price), seats: Number(seats) }
    })
  const hotels = (await said(given, 'search_hotels', { city: to, nights }))
    .split('\n')
    .map((line) => {
      const [, id = '', , , stars, board, price] = hotelForm.exec(line) ?? []
      return {
        id,
        stars: Number(stars),
        breakfast: board === 'breakfast included',
        price: Number(price),
      }
    })
  const flight = flights
    .filter(
      (one) => one.seats >= passengers && (!limits.departure || one.departs >= limits.departure),
    )
    .reduce((a, b) => (b.price < a.price ? b : a))
  const hotel = hotels
    .filter((one) => one.stars >= (limits.stars ?? 1) && (one.breakfast || !limits.breakfast))
    .reduce((a, b) => (b.price < a.price ? b : a))
  await said(given, 'book_flight', { flight_id: flight.id, passengers })
  await said(given, 'book_hotel', { hotel_id: hotel.id, date, nights })
}
