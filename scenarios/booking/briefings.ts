import type { Briefings } from '../../core/scenario.js'
import { replyFormat } from '../drawn-task.js'

/** What each job means when a trip is to be booked. */
export const briefings: Briefings = {
  plan: 'Your job is to plan: write the steps that fulfil the request as one ```ops block.',
  produce: `Your job is to produce the bookings with the tools. Compare all offers before you book. ${replyFormat}`,
  review:
    'Your job is to review the bookings: list them, compare them with the request, then write APPROVE or REJECT with your evidence.',
  revise: `Your job is to revise the bookings so that they meet the critique: cancel what is wrong and book what is right. Use the tools. ${replyFormat}`,
  decide:
    'Your job is to decide whether the bookings stand. Reply with exactly one ```answer block that holds the confirmation.',
  instruct:
    'Your job is to instruct the colleague: name one step at a time; write TASK_DONE when the trip is booked.',
  act: `Your job is to act on the instruction with the tools. Compare all offers before you book. ${replyFormat}`,
  route:
    'Your job is to route the work: say what is missing or wrong (an error of flight, hotel, date or number).',
}
