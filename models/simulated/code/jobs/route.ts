import { nextColleague } from '../../next-colleague.js'
import { self } from '../../speaker.js'
import { message, opening, type Reply, say } from '../../wording.js'
import { kindOfError } from '../differences.js'
import { type Situation, signatureOf, tellingsOf } from './situation.js'
import { carried, examplesPart, restated, signatureLine } from './wording.js'

/** Names the kind of error that the newest rejection proves, or the colleague who goes next when there are any. */
export function route(situation: Situation): Reply {
  const { briefing, mind } = situation
  if (briefing.colleagues.length === 0) return nameKind(situation)
  const next = nextOf(situation) ?? 'finish'
  mind.note(`routed: ${next}`)
  const carries = mind.happens('carry', 'rules', mind.profile.carry)
  return say(message(opening(mind), carries ? knownTo(situation) : '', `NEXT: ${next}`))
}

/** Missing rule, wrong number, or other. */
function nameKind({ sight, mind }: Situation): Reply {
  const rejection = sight.verdicts.findLast(({ approves }) => !approves)
  const kinds = (rejection?.corrections ?? []).map((correction) => {
    const theirs = sight.entries.find(({ number }) => number === correction.number)
    return kindOfError(correction, theirs?.rule ?? null)
  })
  const kind = kinds[0] ?? 'other'
  mind.note(`routed: ${kind}`)
  return say(`The kind of error is: ${kind}.`)
}

/** Who goes next by what is missing; null when nothing is. */
function nextOf({ briefing, sight }: Situation): string | null {
  const drafts = sight.drafts.filter(({ speaker }) => speaker !== self)
  const newest = drafts.at(-1)
  const verdict = sight.verdicts.at(-1)
  const isReviewed = verdict !== undefined && verdict.at > (newest?.at ?? 0)
  return nextColleague(briefing.colleagues, {
    planned: sight.entries.length > 0,
    delivered: newest !== undefined,
    verdict: isReviewed ? (verdict.approves ? 'approved' : 'rejected') : 'none',
  })
}

/** What the agent knows of the work, for those who read nobody else. */
function knownTo(situation: Situation): string {
  const { sight, mind } = situation
  const signature = sight.signature ? signatureLine(signatureOf(situation)) : ''
  const rules = restated(tellingsOf(situation))
  return [signature, rules, examplesPart(carried(sight.examples, mind))].filter(Boolean).join('\n')
}
