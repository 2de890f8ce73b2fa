import { self } from '../../speaker.js'
import type { Reply } from '../../wording.js'
import { revise } from './revise.js'
import { accountsOf, type Situation } from './situation.js'
import { work } from './work.js'

/** Carries out the steps, one tool call at a time, and answers. */
export const produce = (situation: Situation): Reply =>
  isSentBack(situation)
    ? revise(situation)
    : work(situation, accountsOf(situation), { alert: false })

/** Whether it is its own job to produce, and what it produced was rejected. */
function isSentBack({ briefing, sight }: Situation): boolean {
  const { answers, verdicts } = sight
  const own = answers.findLast(({ speaker }) => speaker === self)
  const newest = verdicts.findLast(({ speaker }) => speaker !== self)
  return briefing.jobs[0] === 'produce' && !!own && newest?.approves === false && newest.at > own.at
}
