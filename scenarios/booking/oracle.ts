import type { Environment, Mark, Task } from '../../core/scenario.js'
import { originOf } from '../drawn-task.js'
import { counted } from './amounts.js'
import { active, type Item, itemWords } from './bookings.js'
import { bookingsIn } from './environment.js'
import { type Order, orderOf } from './orders.js'

/** Marks what is booked in the end: exactly the flight and the hotel that were asked for. The answer says nothing. */
export async function oracle(task: Task, _: string, environment?: Environment): Promise<Mark> {
  const bookings = bookingsIn(environment)
  const standing = active(bookings)
  const { result, note } = compared(
    goalOf(orderOf(originOf(task))),
    standing.map(({ item }) => item),
  )
  const cancelled = bookings.length - standing.length
  const remark = cancelled > 0 ? ` ${counted(cancelled, 'booking')} cancelled.` : ''
  return { correct: result === 'right', result, note: `${note}${remark}` }
}

/** What has to be booked for an order: the flight, then the hotel. */
export function goalOf({ request, goal: { flight, hotel } }: Order): readonly [Item, Item] {
  const { passengers, date, nights } = request
  return [
    { kind: 'flight', flight: flight.id, passengers },
    { kind: 'hotel', hotel: hotel.id, date, nights },
  ]
}

type Finding = Readonly<{ result: string; note: string }>

function compared(goal: readonly [Item, Item], booked: readonly Item[]): Finding {
  const findings = goal.flatMap((wanted) =>
    findingsOf(
      wanted,
      booked.filter(({ kind }) => kind === wanted.kind),
    ),
  )
  const worst = order.flatMap((name) => findings.filter(({ result }) => result === name))[0]
  return worst
    ? { result: worst.result, note: findings.map(({ note }) => note).join(' ') }
    : { result: 'right', note: `Booked as asked: ${goal.map(itemWords).join('; ')}.` }
}

// What is wrong is named before what is missing, since it was done and not left undone.
const order = ['wrong-flight', 'wrong-hotel', 'missing', 'extra']

function findingsOf(wanted: Item, booked: readonly Item[]): readonly Finding[] {
  const right = itemWords(wanted)
  const words = booked.map(itemWords)
  if (words.length === 0) return [{ result: 'missing', note: `Not booked: ${right}.` }]
  const at = words.indexOf(right)
  const others = words.filter((_, index) => index !== at)
  if (at < 0) {
    const note = `Booked: ${others.join('; ')}. Right is: ${right}.`
    return [{ result: `wrong-${wanted.kind}`, note }]
  }
  return others.length > 0
    ? [{ result: 'extra', note: `Booked as well: ${others.join('; ')}.` }]
    : []
}
