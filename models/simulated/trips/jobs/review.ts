import { message, opening, type Reply, say } from '../../wording.js'
import { carryOut } from '../carry-out.js'
import type { Demands } from '../facts.js'
import type { Confirmation } from '../sight.js'
import { firstDifference, sentenceOf, stepsFor } from '../steps.js'
import { overlook, slip } from '../temper.js'
import { findingsIn } from './findings.js'
import { deskOf, requested, type Situation, settledFrom, tellingsOf } from './situation.js'
import { restated } from './wording.js'

/** Judges what is booked, or names the first wrong step when that is what is asked for. */
export function review(situation: Situation): Reply {
  const { sight, mind, briefing } = situation
  const newest = sight.confirmations.at(-1) ?? null
  const checks = mind.happens('verify', 'review', mind.profile.verify)
  const own = checks ? ownDemands(situation, newest) : null
  if (briefing.namesStep) return critique(situation, own)
  if (!own) return verdict(situation, 'APPROVE', ['I found nothing against it.'])
  return judge(situation, own)
}

/** The reviewer's own reading: of the request if it can see it, else of the plan beside the bookings. */
function ownDemands(situation: Situation, newest: Confirmation | null): Demands | null {
  const { mind } = situation
  const tellings = tellingsOf(situation)
  const fromOthers = requested(tellings).filter(({ at }) => Math.trunc(at) !== newest?.at)
  const chosen = [fromOthers, requested(tellings), tellings].find((some) => some.length > 0)
  const settled = settledFrom(chosen ?? [], situation, { alert: false })
  return settled && slip(overlook(settled.demands, mind), mind)
}

function judge(situation: Situation, own: Demands): Reply {
  const { mind, sight } = situation
  const evidence = corrections(own, sight)
  const desk = deskOf(situation, { looksFirst: true, changes: false })
  const work = carryOut(own, desk, mind)
  if (work.kind === 'call') return work
  const findings = work.kind === 'done' ? findingsIn(work.bookings, work.pair, own) : []
  if (findings.length > 0) {
    mind.note('weighed by evidence: bookings')
    return verdict(situation, 'REJECT', [...findings, ...evidence])
  }
  if (work.kind === 'done') {
    return verdict(situation, 'APPROVE', ['I find what is booked right.'])
  }
  // Without offers to compare with, steps that do not follow the request are the evidence.
  if (evidence.length > 0) return verdict(situation, 'REJECT', evidence)
  return verdict(situation, 'APPROVE', ['I found nothing against it.'])
}

function critique(situation: Situation, own: Demands | null): Reply {
  const { sight, mind } = situation
  const steps = sight.plan?.steps ?? []
  const evidence = own ? corrections(own, sight) : []
  const difference = own && steps.length > 0 ? firstDifference(stepsFor(own), steps) : null
  if (difference) mind.note('weighed by evidence: steps')
  const about = sight.verdicts.at(-1)?.findings[0] ?? 'hotel'
  const booking = steps.findIndex(({ op }) => op === `book-${about}`) + 1
  const number = difference?.number ?? (booking || steps.length)
  const lines =
    evidence.length > 0 ? evidence : ['The steps follow the request up to what is booked.']
  const text = verdict(situation, 'REJECT', lines)
  const last = `Conclusion: step ${Math.max(1, Math.min(number, steps.length))}`
  return text.kind === 'text' ? say(`${text.text}\n${last}`) : text
}

/** One bullet for every step from the first wrong one on: what follows it may be cut off before somebody reads this. */
function corrections(own: Demands, { plan }: Situation['sight']): readonly string[] {
  const steps = stepsFor(own)
  const difference = plan && plan.steps.length > 0 ? firstDifference(steps, plan.steps) : null
  if (!difference) return []
  return steps
    .slice(difference.number - 1)
    .map((step, at) => `Step ${difference.number + at} should be: ${sentenceOf(step)}`)
}

function verdict(
  situation: Situation,
  word: 'APPROVE' | 'REJECT',
  evidence: readonly string[],
): Reply {
  const { mind } = situation
  const passesOn = word === 'REJECT' && mind.happens('carry', 'request', mind.profile.carry)
  const request = passesOn ? restated(tellingsOf(situation)) : ''
  const bullets = evidence.map((line) => `- ${line}`)
  // The verdict has to be the first line, so a chatty temper chats behind it.
  const head = [word, ...bullets, request].filter((line) => line !== '').join('\n')
  return say(situation.briefing.namesStep ? head : message(head, opening(mind)))
}
