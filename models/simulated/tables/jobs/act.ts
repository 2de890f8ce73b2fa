import { self } from '../../speaker.js'
import { message, opening, type Reply, say } from '../../wording.js'
import { answerOf, computeStep, type Outcome } from '../by-hand.js'
import { type Brought, pursue } from '../pursue.js'
import { wishFor } from '../requests.js'
import type { Instruction } from '../sight.js'
import { isLast, type Step, sentenceOf, withColumn } from '../steps.js'
import { overlook } from '../temper.js'
import { produce } from './produce.js'
import { deskOf, type Situation } from './situation.js'
import { deliverable } from './wording.js'

/** A step that was told, perhaps several times in a row, with the calls that were made for it. */
type Told = Readonly<{ step: Step; calls: Situation['sight']['made'] }>

/** Does the step that was told last: one call, or the answer when the steps before have brought what it takes. */
export function act(situation: Situation): Reply {
  const { sight, mind } = situation
  const given = sight.instructions.filter(({ speaker }) => speaker !== self)
  const newest = given.at(-1)
  if (!newest) return produce(situation)
  if (!newest.step) return cannot(situation, newest.sentence)
  const told = inOrder(given, situation)
  const last = told.at(-1)
  if (!last) return cannot(situation, newest.sentence)
  if (isLast(last.step)) return finish(situation, told)
  const place = told.length - 1
  if (isLocal(told, place)) return say(message(opening(mind), 'I take those rows in that order.'))
  const brought = tryAt(last, place, situation)
  // Whoever is told a step again that went well makes its call again.
  const next = brought.kind === 'done' ? tryAt({ ...last, calls: [] }, place, situation) : brought
  return next.kind === 'call' ? next : cannot(situation, newest.sentence)
}

/** The steps as they were told, equal ones in a row as one, each with its calls. */
function inOrder(given: readonly Instruction[], { sight, mind }: Situation): readonly Told[] {
  const told: Told[] = []
  for (const [place, { step, at }] of given.entries()) {
    const until = given[place + 1]?.at ?? Number.POSITIVE_INFINITY
    const calls = sight.made.filter((call) => call.at > at && call.at < until)
    const [read] = step ? overlook([step], mind, sight.columns) : []
    if (!read) continue
    const last = told.at(-1)
    if (last && sentenceOf(last.step) === sentenceOf(read)) {
      told[told.length - 1] = { step: last.step, calls: [...last.calls, ...calls] }
    } else told.push({ step: read, calls })
  }
  return told
}

// Nobody has said yet which row will be asked for.
const manyRows = 10

/** Carries on with a step from the calls that were made for it. */
function tryAt({ step, calls }: Told, at: number, { mind, ...situation }: Situation) {
  const desk = { ...deskOf({ mind, ...situation }), past: calls }
  return pursue(desk, mind)(step, wishFor(step, manyRows), at)
}

/** Whether a step is done on the rows of the step before, which are there already. */
const isLocal = (told: readonly Told[], at: number): boolean =>
  told[at]?.step.op === 'sort' && told[at - 1]?.step.op === 'find'

/** The answer, from the steps that were told and what they brought. */
function finish(situation: Situation, told: readonly Told[]): Reply {
  const { mind } = situation
  // What came back has been in sight of both by now, and nobody has objected.
  const trusting = { ...mind, profile: { ...mind.profile, notice: 0, verify: 0 } }
  const outcomes: Outcome[] = []
  let steps: readonly Step[] = told.map(({ step }) => step)
  for (const at of told.slice(0, -1).keys()) {
    const brought = outcomeAt(told, at, outcomes.at(-1), { ...situation, mind: trusting })
    if (brought.kind !== 'done') continue
    outcomes.push(brought.outcome)
    if (brought.renamed) steps = withColumn(steps, ...brought.renamed)
  }
  const last = steps.at(-1)
  const answer = last ? answerOf(last, outcomes) : null
  if (answer === null) return cannot(situation, last ? sentenceOf(last) : '')
  return say(deliverable({ steps, notes: [], answer }, '', mind))
}

/** What a step has brought: its newest call where that went well, else all of them. */
function outcomeAt(
  told: readonly Told[],
  at: number,
  before: Outcome | undefined,
  situation: Situation,
): Brought {
  const { step, calls } = told[at] as Told
  if (isLocal(told, at) && before?.kind === 'rows') {
    return { kind: 'done', outcome: computeStep(step, before.table) }
  }
  const newest = tryAt({ step, calls: calls.slice(-1) }, at, situation)
  return newest.kind === 'done' ? newest : tryAt({ step, calls }, at, situation)
}

function cannot({ mind }: Situation, sentence: string): Reply {
  mind.note('cannot do a step')
  return say(message(opening(mind), `I cannot do this: ${sentence}`))
}
