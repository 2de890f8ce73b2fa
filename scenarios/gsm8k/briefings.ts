import type { Briefings } from '../../core/scenario.js'
import { replyFormat } from './tasks.js'

/** What each job means when a word problem is to be solved. */
export const briefings: Briefings = {
  plan: 'Your job is to plan: write the steps that solve the problem as one ```ops block, one numbered step a line, with every number that it needs.',
  produce: `Your job is to produce the answer. Work it out step by step. ${replyFormat}`,
  review:
    'Your job is to review the answer: work it out yourself from the problem, then write APPROVE or REJECT with your evidence.',
  revise: `Your job is to revise the answer so that it meets the critique. Work it out step by step. ${replyFormat}`,
  decide: `Your job is to decide which answer is right. ${replyFormat}`,
  instruct:
    'Your job is to instruct the colleague: name one step at a time; write TASK_DONE when the answer is there.',
  act: `Your job is to act on the instruction. ${replyFormat}`,
  route:
    'Your job is to route the work: say what is missing or wrong (an error of reading, number or arithmetic).',
}
