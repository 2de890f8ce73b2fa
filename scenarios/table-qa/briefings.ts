import type { Briefings } from '../../core/scenario.js'
import { replyFormat } from './text.js'

/** What each job means when a question about a table is to be answered. */
export const briefings: Briefings = {
  plan: 'Your job is to plan: write the steps that answer the question as one ```ops block.',
  produce: `Your job is to produce the answer. Use the tools to carry out the steps. ${replyFormat}`,
  review:
    'Your job is to review the answer: work it out yourself from the table, then write APPROVE or REJECT with your evidence.',
  revise: `Your job is to revise the answer so that it meets the critique. Use the tools. ${replyFormat}`,
  decide: `Your job is to decide which answer is right. ${replyFormat}`,
  instruct:
    'Your job is to instruct the colleague: name one step at a time; write TASK_DONE when the answer is there.',
  act: `Your job is to act on the instruction. Use the tools. ${replyFormat}`,
  route:
    'Your job is to route the work: say what is missing or wrong (an error of row, column or final step).',
}
