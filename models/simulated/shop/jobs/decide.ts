import { groupBy } from '../../../../core/lists.js'
import { message, opening, type Reply, say } from '../../wording.js'
import { boundOf, type Demand } from '../facts.js'
import type { Confirmation } from '../sight.js'
import { overlook } from '../temper.js'
import { requested, type Situation, settledFrom, tellingsOf } from './situation.js'
import { deliverable, passedOn } from './wording.js'

/** Closes with the confirmation that it reads, and says so when it cannot confirm that this is what was asked for. */
export function decide(situation: Situation): Reply {
  const { mind } = situation
  const newest = newestConfirmations(situation)
  if (newest.length === 0) return say('No purchase is confirmed in sight.')
  const tellings = requested(tellingsOf(situation))
  const { fitting, notes } = checked(situation, newest)
  const doubt = fitting.length === 0 ? ['I cannot confirm that this is what was asked for.'] : []
  const { text } = mostFrequent(fitting.length > 0 ? fitting : newest)
  const parts = [passedOn(tellings, mind), [...notes, ...doubt].join('\n')]
  return say(deliverable(mind, parts, text))
}

/** Says whether what is confirmed is what was asked for, without changing anything: nothing can be taken back. */
export function review(situation: Situation): Reply {
  const newest = newestConfirmations(situation).slice(-1)
  const { fitting } = checked(situation, newest)
  const verdict = newest.length > 0 && fitting.length === 0 ? 'REJECT' : 'APPROVE'
  return say(message(verdict, opening(situation.mind)))
}

/** Of each colleague the last one: whoever confirmed twice has taken back the first one. */
function newestConfirmations({ sight }: Situation): readonly Confirmation[] {
  const groups = groupBy(sight.confirmations, ({ speaker }) => speaker)
  return [...groups.values()].flatMap((given) => given.slice(-1))
}

/** The confirmations of what is wanted, as far as the agent checks them. */
function checked(situation: Situation, newest: readonly Confirmation[]) {
  const { mind } = situation
  const settled = settledFrom(requested(tellingsOf(situation)), situation, { alert: false })
  const checks = settled !== null && mind.happens('verify', 'decide', mind.profile.verify)
  const own = checks ? overlook(settled.demands, mind) : []
  const fitting = newest.filter(({ text }) => own.every((demand) => isMetIn(text, demand)))
  if (fitting.length < newest.length) mind.note('noticed a conflict: purchase')
  return { fitting, notes: settled?.notes ?? [] }
}

/** Whether a confirmation is one of what is wanted. It does not tell attributes, so nothing speaks against them. */
function isMetIn(text: string, { type, value }: Demand): boolean {
  if (value === '' || value.startsWith('not ') || type === 'attribute') return true
  if (type !== 'price') return holds(text, value)
  const price = /\$([\d,]+(?:\.\d+)?)/.exec(text)?.[1]
  if (price === undefined) return false
  const { isLeast, size } = boundOf(value)
  const [paid, limit] = [price, size].map((one) => Number(one.replaceAll(',', '')))
  return isLeast ? (paid ?? 0) >= (limit ?? 0) : (paid ?? 0) <= (limit ?? 0)
}

const holds = (text: string, words: string): boolean =>
  ` ${text.toLowerCase().replace(/[,:.](?=\s|$)/g, ' ')} `.includes(` ${words.toLowerCase()} `)

function mostFrequent(confirmations: readonly Confirmation[]): Confirmation {
  const groups = groupBy(confirmations, ({ text }) => text)
  const votes = ({ text }: Confirmation) => groups.get(text)?.length ?? 0
  return confirmations.reduce((best, other) => (votes(other) > votes(best) ? other : best))
}
