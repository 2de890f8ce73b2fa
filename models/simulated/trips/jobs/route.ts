import { nextLine } from '../../hand-over.js'
import { nextColleague } from '../../next-colleague.js'
import { answerBlock, message, opening, type Reply, say } from '../../wording.js'
import type { FactType } from '../facts.js'
import type { Confirmation, Sight } from '../sight.js'
import { firstDifference, sentenceOf, stepsFor } from '../steps.js'
import { overlook } from '../temper.js'
import { follows } from './decide.js'
import { requested, type Situation, settledFrom, tellingsOf } from './situation.js'
import { dayAsFact, planBlock, restated } from './wording.js'

const kindOf: Readonly<Record<FactType, string>> = {
  from: 'flight',
  to: 'flight',
  date: 'date',
  city: 'hotel',
  nights: 'number',
  passengers: 'number',
  total: 'number',
  departure: 'flight',
  stars: 'hotel',
  breakfast: 'hotel',
  choice: 'number',
}

type Verdict = Sight['verdicts'][number]
type Corrections = Verdict['corrections']

/** Names the kind of error that the newest rejection proves, or sends the work to the colleague who is to go next. */
export function route(situation: Situation): Reply {
  if (situation.briefing.colleagues.length > 0) return send(situation)
  const { sight, mind } = situation
  const rejection = sight.verdicts.findLast(({ approves }) => !approves)
  const kind = kindOfError(rejection, sight)
  mind.note(`routed: ${kind}`)
  return say(`The kind of error is: ${kind}.`)
}

function kindOfError(rejection: Rejection | undefined, { plan }: Sight): string {
  const kinds = (rejection?.corrections ?? []).flatMap(({ number, step }) => {
    const theirs = plan?.steps[number - 1]
    const type = theirs ? firstDifference([step], [theirs])?.type : null
    return type ? [kindOf[type]] : []
  })
  return kinds[0] ?? rejection?.findings[0] ?? 'number'
}

type Rejection = Pick<Verdict, 'corrections' | 'findings'>

/** What stands against the newest confirmation; `verdict` also says when nobody has looked at it yet. */
type Standing = Readonly<{
  newest: Confirmation | null
  verdict: 'none' | 'approved' | 'rejected'
  rejection: Rejection | null
}>

/** Sends whoever has to supply what is missing, with all that is known here. */
function send(situation: Situation): Reply {
  const { briefing, sight, mind } = situation
  const { newest, verdict, rejection } = standing(situation)
  const progress = { planned: sight.plan !== null, delivered: newest !== null, verdict }
  const next = nextColleague(briefing.colleagues, progress)
  mind.note(`routed: ${next ?? 'finish'}`)
  const facts = [restated(tellingsOf(situation)), dayAsFact(sight.today)].filter(Boolean)
  return say(
    message(
      rejection ? rejected(rejection, sight) : opening(mind),
      facts.join('\n'),
      rejection ? '' : planBlock(sight.plan?.steps ?? []),
      newest && !rejection ? answerBlock(newest.text) : '',
      nextLine(next),
    ),
  )
}

function standing(situation: Situation): Standing {
  const { confirmations, verdicts } = situation.sight
  const newest = confirmations.at(-1)
  if (!newest) return { newest: null, verdict: 'none', rejection: null }
  const review = verdicts.findLast(({ at }) => at > newest.at)
  if (review && !review.approves) return { newest, verdict: 'rejected', rejection: review }
  const corrections = ownCorrections(situation, newest)
  if (corrections.length > 0) {
    return { newest, verdict: 'rejected', rejection: { corrections, findings: [] } }
  }
  return { newest, verdict: review ? 'approved' : 'none', rejection: null }
}

const rejected = (rejection: Rejection, sight: Sight) =>
  [
    'REJECT',
    ...rejection.corrections.map(
      ({ number, step }) => `- Step ${number} should be: ${sentenceOf(step)}`,
    ),
    `The kind of error is: ${kindOfError(rejection, sight)}.`,
  ].join('\n')

/** What a confirmation gets wrong, as whoever sends the work reads the request itself. */
function ownCorrections(situation: Situation, newest: Confirmation): Corrections {
  const { mind } = situation
  const requests = requested(tellingsOf(situation)).filter(({ at }) => Math.trunc(at) !== newest.at)
  const settled = settledFrom(requests, situation, { alert: false })
  if (!settled || !newest.plan || !mind.happens('verify', 'route', mind.profile.verify)) return []
  const own = overlook(settled.demands, mind)
  if (follows(newest, own)) return []
  mind.note('weighed by evidence: steps')
  const steps = stepsFor(own)
  const from = (firstDifference(steps, newest.plan.steps)?.number ?? steps.length) - 1
  return steps.slice(from).map((step, place) => ({ number: from + place + 1, step }))
}
