import { groupBy } from '../../../../core/lists.js'
import type { Mind } from '../../chance.js'
import { type Reply, say } from '../../wording.js'
import type { Demands } from '../facts.js'
import type { Confirmation } from '../sight.js'
import { firstDifference, stepsFor } from '../steps.js'
import { overlook } from '../temper.js'
import { readBooking } from '../tool-results.js'
import { requested, type Situation, settledFrom, tellingsOf } from './situation.js'
import { deliverable, restated } from './wording.js'

/** Chooses among the confirmations in sight, and says so when it cannot confirm what stands in them. */
export function decide(situation: Situation): Reply {
  const { sight, mind } = situation
  const groups = groupBy(sight.confirmations, ({ speaker }) => speaker)
  // Whoever confirmed twice has taken back the first one.
  const newest = [...groups.values()].flatMap((given) => given.slice(-1))
  if (newest.length === 0) return say('No booking is confirmed in sight.')
  const tellings = requested(tellingsOf(situation))
  const settled = settledFrom(tellings, situation, { alert: false })
  const checks = settled !== null && mind.happens('verify', 'decide', mind.profile.verify)
  const own = checks ? overlook(settled.demands, mind) : null
  const fitting = newest.filter((confirmation) => own === null || follows(confirmation, own))
  if (fitting.length < newest.length) mind.note('noticed a conflict: bookings')
  const doubt = fitting.length === 0 ? ['I cannot confirm that this is what was asked for.'] : []
  const chosen = mostFrequent(fitting.length > 0 ? fitting : newest)
  return say(written(chosen, [...(settled?.notes ?? []), ...doubt], tellings, mind))
}

function written(
  { text, plan }: Confirmation,
  notes: readonly string[],
  tellings: ReturnType<typeof tellingsOf>,
  mind: Mind,
): string {
  const carries = mind.happens('carry', 'request', mind.profile.carry)
  const steps = plan?.steps ?? []
  return deliverable({ steps, notes, answer: text }, carries ? restated(tellings) : '', mind)
}

/** Whether a confirmation is one of what is wanted, as far as it can be seen without the offers. */
export function follows({ text, plan }: Confirmation, own: Demands): boolean {
  const bookings = text.split('\n').flatMap((line) => readBooking(line) ?? [])
  const flights = bookings.filter(({ kind }) => kind === 'flight')
  const hotels = bookings.filter(({ kind }) => kind === 'hotel')
  const isAsked =
    flights.every(({ count }) => count === Number(own.passengers)) &&
    hotels.every(({ count, date }) => count === Number(own.nights) && date === own.date)
  const isComplete =
    flights.length === (own.from === undefined ? 0 : 1) &&
    hotels.length === (own.city === undefined ? 0 : 1)
  return (
    isAsked && isComplete && plan !== null && firstDifference(stepsFor(own), plan.steps) === null
  )
}

function mostFrequent(confirmations: readonly Confirmation[]): Confirmation {
  const groups = groupBy(confirmations, ({ text }) => text)
  const votes = ({ text }: Confirmation) => groups.get(text)?.length ?? 0
  return confirmations.reduce((best, other) => (votes(other) > votes(best) ? other : best))
}
