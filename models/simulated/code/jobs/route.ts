import { nextLine } from '../../hand-over.js'
import { nextColleague, type Progress } from '../../next-colleague.js'
import { self } from '../../speaker.js'
import { message, opening, type Reply, say } from '../../wording.js'
import { differencesIn, kindOfError } from '../differences.js'
import type { Correction, Draft } from '../sight.js'
import { asCorrection, corrected, ownRules } from './review.js'
import { type Situation, signatureOf, tellingsOf } from './situation.js'
import {
  carried,
  examplesPart,
  programBlock,
  requirements,
  restated,
  signatureLine,
} from './wording.js'

/** Names the kind of error that the newest rejection proves, or sends the work to the colleague who is to go next. */
export function route(situation: Situation): Reply {
  const { sight, briefing, mind } = situation
  if (briefing.colleagues.length > 0) return send(situation)
  const kind = kindOf(sight.verdicts.findLast(({ approves }) => !approves)?.corrections, situation)
  mind.note(`routed: ${kind}`)
  return say(`The kind of error is: ${kind}.`)
}

/** Missing rule, wrong number, or other. */
function kindOf(corrections: readonly Correction[] = [], { sight }: Situation): string {
  const [first] = corrections
  if (!first) return 'other'
  const theirs = sight.entries.find(({ number }) => number === first.number)
  return kindOfError(first, theirs?.rule ?? null)
}

/** Sends whoever has to supply what is missing, with all that is known here: they may read nobody else. */
function send(situation: Situation): Reply {
  const { briefing, sight, mind } = situation
  const { draft, verdict, corrections } = judged(situation)
  const progress = { planned: sight.entries.length > 0, delivered: draft !== null, verdict }
  const next = nextColleague(briefing.colleagues, progress)
  mind.note(`routed: ${next ?? 'finish'}`)
  const last = nextLine(next)
  if (verdict === 'rejected') {
    return say(message(rejection(corrections, situation), known(situation), last))
  }
  const rules = sight.entries.flatMap(({ rule }) => rule ?? [])
  const program = draft ? programBlock(draft.text) : ''
  return say(message(opening(mind), known(situation), requirements(rules), program, last))
}

/** The newest program of a colleague and what speaks against it: a review, or the own reading of the rules. */
function judged(situation: Situation): Readonly<{
  draft: Draft | null
  verdict: Progress['verdict']
  corrections: readonly Correction[]
}> {
  const { sight } = situation
  const draft = sight.drafts.findLast(({ speaker }) => speaker !== self)
  if (!draft) return { draft: null, verdict: 'none', corrections: [] }
  const review = sight.verdicts.findLast(({ at }) => at > draft.at)
  if (review?.approves === false) {
    return { draft, verdict: 'rejected', corrections: review.corrections }
  }
  const corrections = ownCorrections(situation, draft)
  const isFine = corrections.length === 0
  return { draft, verdict: isFine ? (review ? 'approved' : 'none') : 'rejected', corrections }
}

/** What the requirements beside a program get wrong, as whoever sends the work reads the rules itself. */
function ownCorrections(situation: Situation, draft: Draft): readonly Correction[] {
  const { mind } = situation
  if (!mind.happens('verify', 'route', mind.profile.verify)) return []
  const differences = differencesIn(draft, ownRules(situation))
  if (differences.length > 0) mind.note('weighed by evidence: program')
  return differences.map(asCorrection)
}

const rejection = (corrections: readonly Correction[], situation: Situation): string =>
  [
    'REJECT',
    ...corrections.map((one) => `- ${corrected(one)}`),
    `The kind of error is: ${kindOf(corrections, situation)}.`,
  ].join('\n')

function known(situation: Situation): string {
  const { sight, mind } = situation
  const signature = sight.signature ? signatureLine(signatureOf(situation)) : ''
  const rules = restated(tellingsOf(situation))
  return [signature, rules, examplesPart(carried(sight.examples, mind))].filter(Boolean).join('\n')
}
