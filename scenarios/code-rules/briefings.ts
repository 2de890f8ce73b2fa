import type { Briefings } from '../../core/scenario.js'

const oneBlock = 'exactly one ```js block'

/** What each job means when a function is to be written from rules. */
export const briefings: Briefings = {
  plan: 'Your job is to plan: restate every rule of the task as a list of requirements. Pass the examples on.',
  produce: `Your job is to produce the JavaScript function that satisfies the requirements. Reply with the requirements you used and ${oneBlock}.`,
  review:
    'Your job is to review the code against what you know. Start with APPROVE or REJECT. After REJECT give your evidence, one bullet each.',
  revise: `Your job is to revise the code so that it meets the critique. Reply with the requirements you used and ${oneBlock}.`,
  decide: `Your job is to decide which program is right. Reply with ${oneBlock}.`,
  instruct:
    'Your job is to instruct the colleague: give one requirement at a time; write TASK_DONE when the function meets them all.',
  act: `Your job is to act on the instruction. Reply with the whole function so far in ${oneBlock}.`,
  route:
    'Your job is to route the work: say what is missing or wrong (an error of missing rule, wrong number or other).',
}
