import type { Briefings } from '../../core/scenario.js'
import { replyFormat } from '../drawn-task.js'

/**
 * What each job means when something is to be bought.
 *
 * There is nothing to review or to revise: a purchase cannot be taken back, and before it there is nothing to judge.
 */
export const briefings: Briefings = {
  plan: 'Your job is to plan the purchase: list what the product must have, step by step, as one ```ops block.',
  produce: `Your job is to produce the purchase with the tools: search, look at the attributes, choose the options and buy. Buy only what meets every demand. ${replyFormat}`,
  decide:
    'Your job is to decide whether the purchase is what was asked for. Reply with exactly one ```answer block that holds the confirmation.',
  instruct:
    'Your job is to instruct the shopper: after each page say which single action comes next; write TASK_DONE when the purchase is complete.',
  act: `Your job is to act on the instruction: make exactly one tool call for the next action of the purchase. ${replyFormat}`,
  route:
    'Your job is to route the work: say what is missing or wrong (an error of product, attribute, option or price).',
}
