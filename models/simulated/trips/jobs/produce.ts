import type { Reply } from '../../wording.js'
import { revise } from './revise.js'
import { type Situation, tellingsOf } from './situation.js'
import { work } from './work.js'

/** Searches, compares, books and confirms, one tool call at a time. */
export const produce = (situation: Situation): Reply =>
  isSentBack(situation)
    ? revise(situation)
    : work(situation, tellingsOf(situation), { alert: false })

/** Whether it is its own job to produce, and what it produced was rejected. */
function isSentBack({ briefing, sight }: Situation): boolean {
  const newest = sight.verdicts.at(-1)
  return briefing.jobs[0] === 'produce' && sight.hasSpoken && newest?.approves === false
}
