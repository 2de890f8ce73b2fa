import { nextLine } from '../../hand-over.js'
import { nextColleague } from '../../next-colleague.js'
import { self } from '../../speaker.js'
import { answerBlock, message, opening, type Reply, say } from '../../wording.js'
import { settle } from '../settle.js'
import type { GivenAnswer } from '../sight.js'
import { firstDifference, isColumnSlot, opsBlock, type Step, sentenceOf } from '../steps.js'
import { overlook } from '../temper.js'
import { accountsOf, type Situation, withUnstated } from './situation.js'
import { restated, tableFacts } from './wording.js'

/** Names the kind of error that the newest rejection proves, or sends the work to the colleague who is to go next. */
export function route(situation: Situation): Reply {
  if (situation.briefing.colleagues.length > 0) return send(situation)
  const { sight, mind } = situation
  const corrections = sight.verdicts.findLast(({ approves }) => !approves)?.corrections ?? []
  const plan = sight.answers.findLast(({ plan }) => plan !== null)?.plan?.steps ?? []
  const kind = kindOfError(corrections, plan)
  mind.note(`routed: ${kind}`)
  return say(`The kind of error is: ${kind}.`)
}

type Corrections = readonly Readonly<{ number: number; step: Step }>[]

function kindOfError(corrections: Corrections, plan: readonly Step[]): string {
  const kinds = corrections.map(({ number, step }) => {
    const theirs = plan[number - 1]
    const slot = theirs ? firstDifference([step], [theirs])?.slot : undefined
    if (slot && isColumnSlot(slot)) return 'column'
    return step.op === 'find' || step.op === 'sort' || slot === 'row' ? 'row' : 'final step'
  })
  return kinds[0] ?? 'final step'
}

/** What stands against the newest answer; `verdict` also says when nobody has looked at it yet. */
type Standing = Readonly<{
  answer: GivenAnswer | null
  verdict: 'none' | 'approved' | 'rejected'
  corrections: Corrections
}>

/** Sends whoever has to supply what is missing, with all that is known here. */
function send(situation: Situation): Reply {
  const { briefing, sight, mind } = situation
  const { answer, verdict, corrections } = standing(situation)
  const plan = ofOthers(sight.accounts).findLast(({ question }) => question === null) ?? null
  const delivered = answer !== null
  const next = nextColleague(briefing.colleagues, { planned: plan !== null, delivered, verdict })
  mind.note(`routed: ${next ?? 'finish'}`)
  const isBack = verdict === 'rejected'
  return say(
    message(
      isBack ? rejection(corrections, answer) : opening(mind),
      restated(accountsOf(situation)),
      tableFacts(sight.columns, sight.rowCount),
      plan && !answer ? opsBlock(plan.steps) : '',
      answer && !isBack ? shown(answer) : '',
      nextLine(next),
    ),
  )
}

const ofOthers = <One extends Readonly<{ speaker: string }>>(all: readonly One[]) =>
  all.filter(({ speaker }) => speaker !== self)

function standing(situation: Situation): Standing {
  const { sight } = situation
  const answer = ofOthers(sight.answers).at(-1)
  if (!answer) return { answer: null, verdict: 'none', corrections: [] }
  const review = ofOthers(sight.verdicts).findLast(({ at }) => at > answer.at)
  if (review && !review.approves) {
    return { answer, verdict: 'rejected', corrections: review.corrections }
  }
  const corrections = ownCorrections(situation, answer)
  if (corrections.length > 0) return { answer, verdict: 'rejected', corrections }
  return { answer, verdict: review ? 'approved' : 'none', corrections }
}

const shown = ({ plan, text }: GivenAnswer) =>
  message(plan && plan.steps.length > 0 ? opsBlock(plan.steps) : '', answerBlock(text))

const rejection = (corrections: Corrections, answer: GivenAnswer | null) =>
  [
    'REJECT',
    ...corrections.map(({ number, step }) => `- Step ${number} should be: ${sentenceOf(step)}`),
    `The kind of error is: ${kindOfError(corrections, answer?.plan?.steps ?? [])}.`,
  ].join('\n')

/** What the steps beside an answer get wrong, as whoever sends the work reads the question itself. */
function ownCorrections(situation: Situation, { plan, at }: GivenAnswer): Corrections {
  const { sight, mind } = situation
  const accounts = accountsOf(situation)
  const questions = accounts.filter(
    (account) => account.question !== null && Math.trunc(account.at) !== at,
  )
  if (!plan || plan.steps.length === 0) return []
  if (!mind.happens('verify', 'route', mind.profile.verify)) return []
  const grounds = { columns: sight.columns, alert: false }
  const settled = settle(withUnstated(questions, accounts), mind, grounds)
  const own = settled ? overlook(settled.steps, mind, sight.columns) : null
  const difference = own && firstDifference(own, plan.steps)
  if (!own || !difference) return []
  mind.note('weighed by evidence: steps')
  return own
    .slice(difference.number - 1)
    .map((step, place) => ({ number: difference.number + place, step }))
}
