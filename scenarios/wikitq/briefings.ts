import type { Briefings } from '../../core/scenario.js'
import { briefings as ofTables } from '../table-qa/briefings.js'
import { replyFormat } from './tasks.js'

/** What each job means when a person's question about a table is to be answered: as for generated ones, in another form. */
export const briefings: Briefings = {
  ...ofTables,
  plan: 'Your job is to plan: write the steps that answer the question as one ```ops block, one numbered step a line.',
  produce: `Your job is to produce the answer. Use the tools to carry out the steps. ${replyFormat}`,
  revise: `Your job is to revise the answer so that it meets the critique. Use the tools. ${replyFormat}`,
  decide: `Your job is to decide which answer is right. ${replyFormat}`,
  act: `Your job is to act on the instruction. Use the tools. ${replyFormat}`,
}
