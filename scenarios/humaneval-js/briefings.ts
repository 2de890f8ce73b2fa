import type { Briefings } from '../../core/scenario.js'
import { replyFormat } from './tasks.js'

/** What each job means when a function is to be completed. */
export const briefings: Briefings = {
  plan: 'Your job is to plan: restate what the function has to do as a list of requirements, with every case that matters. Pass the declaration and the examples on.',
  produce: `Your job is to produce the JavaScript function that satisfies the requirements. ${replyFormat}`,
  review:
    'Your job is to review the code: work its examples through, then write APPROVE or REJECT with your evidence, one bullet each.',
  revise: `Your job is to revise the code so that it meets the critique. ${replyFormat}`,
  decide: `Your job is to decide which program is right. ${replyFormat}`,
  instruct:
    'Your job is to instruct the colleague: give one requirement at a time; write TASK_DONE when the function meets them all.',
  act: 'Your job is to act on the instruction. Reply with the whole function so far in exactly one ```js block.',
  route:
    'Your job is to route the work: say what is missing or wrong (an error of missing case, wrong result or other).',
}
