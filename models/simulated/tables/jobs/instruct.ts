import type { Mind } from '../../chance.js'
import { self } from '../../speaker.js'
import { message, opening, type Reply, say } from '../../wording.js'
import { contradicts } from '../requests.js'
import { settle } from '../settle.js'
import { firstDifference, isLast, opsBlock, type Step, sentenceOf, withColumn } from '../steps.js'
import { overlook, slip } from '../temper.js'
import { readToolResult, type ToolResult } from '../tool-results.js'
import { accountsOf, type Situation } from './situation.js'

/** Tells the colleague the next step, the same one again when it brought nothing, or that all is done. */
export function instruct(situation: Situation): Reply {
  const { sight, mind } = situation
  const settled = settle(accountsOf(situation), mind, { columns: sight.columns, alert: false })
  if (!settled) return say(message(opening(mind), 'I do not know the question.'))
  const meant = slip(overlook(settled.steps, mind, sight.columns), mind)
  const steps = withKeyFound(meant, sight)
  const given = sight.instructions.filter(({ speaker }) => speaker === self)
  const next = steps[stepsDone(given, steps, situation)]
  if (!next) return say('TASK_DONE')
  const isFirst = given.length === 0
  return say(
    message(
      opening(mind),
      isFirst ? opsBlock(steps) : '',
      isFirst ? settled.notes.join('\n') : '',
      `Instruction: ${sentenceOf(next)}`,
    ),
  )
}

type Given = Situation['sight']['instructions']

/** How many of the steps are done, told by the own instructions: each but the last led to another one. */
function stepsDone(given: Given, steps: readonly Step[], situation: Situation): number {
  let done = 0
  let since = 0
  for (const [number, instruction] of given.entries()) {
    const wanted = steps[done]
    if (!wanted) break
    const isSecond = given[number - 1]?.sentence === instruction.sentence
    if (!isSecond) since = instruction.at
    const following = given[number + 1]
    const isLocal = wanted.op === 'sort' && steps[done - 1]?.op === 'find'
    const isBehind = following
      ? !isToldAgain(wanted, instruction, following)
      : isDone(wanted, instruction, { situation, number, isLocal, isSecond, since })
    if (isBehind) done++
  }
  return done
}

const isOther = (wanted: Step, step: Step | null): boolean =>
  !step || firstDifference([wanted], [step]) !== null

/** Whether a step was told once more, in other words or for another column: then it was not done before. */
function isToldAgain(
  wanted: Step,
  { sentence, step }: Given[number],
  following: Given[number],
): boolean {
  const isElsewhere =
    step?.op === 'find' &&
    following.step?.op === 'find' &&
    step.slots['value'] === following.step.slots['value']
  const isCorrected = isOther(wanted, step) && following.sentence === sentenceOf(wanted)
  return following.sentence === sentence || isElsewhere || isCorrected
}

type Circumstances = Readonly<{
  situation: Situation
  number: number
  /** Whether the step is done on rows that are there already, without a tool. */
  isLocal: boolean
  /** Whether the same was told before, and where first. Whoever has asked for it twice takes what comes. */
  isSecond: boolean
  since: number
}>

/** Whether the newest instruction was what is wanted and brought it, as far as whoever gave it sees. */
function isDone(wanted: Step, { step, at }: Given[number], circumstances: Circumstances): boolean {
  const { situation, number, isLocal, isSecond, since } = circumstances
  const { sight, mind } = situation
  if (step?.op !== wanted.op) return false
  if (isOther(wanted, step) && mind.happens('notice', `told ${number}`, mind.profile.notice)) {
    mind.note('noticed another instruction than meant')
    return false
  }
  if (isLast(wanted)) {
    return sight.answers.some((answer) => answer.speaker !== self && answer.at > at)
  }
  const exchange = sight.told.at(-1)
  if (!exchange || exchange.at < since) return isLocal
  const brought = brings(wanted, readToolResult(exchange.result))
  return brought && (isSecond || !isDoubted(wanted, exchange, number, mind))
}

function isDoubted(
  wanted: Step,
  { call, result }: Situation['sight']['told'][number],
  number: number,
  mind: Mind,
): boolean {
  const { notice, verify } = mind.profile
  if (!mentions(call.args, wanted) && mind.happens('notice', `call ${number}`, notice)) {
    mind.note('noticed another call than meant')
    return true
  }
  if (!contradicts(wanted, readToolResult(result), 0)) return false
  if (!mind.happens('verify', `result ${number}`, verify)) return false
  mind.note('checked again')
  return true
}

/** The steps with the column in which two names were found; with another one where looking brought nothing. */
function withKeyFound(
  steps: readonly Step[],
  { told, columns }: Situation['sight'],
): readonly Step[] {
  const [first, second] = steps
  // Where rows are filtered, the question states the column.
  if (first?.op !== 'find' || second?.op !== 'find') return steps
  const texts = columns.filter(({ type }) => type !== 'number').map(({ name }) => name)
  const columnsOf = (kind: ToolResult['kind']) =>
    told
      .filter(({ result }) => readToolResult(result).kind === kind)
      .flatMap(({ call }) => Object.values(call.args).map(String))
      .filter((value) => texts.includes(value))
  const [found] = columnsOf('rows')
  const tried = columnsOf('no-rows')
  const current = first.slots['column'] ?? ''
  const untried = tried.includes(current) ? texts.find((name) => !tried.includes(name)) : current
  return withColumn(steps, current, found ?? untried ?? current)
}

/** Whether a result is one of such a step; a step that is answered otherwise has not been done. */
function brings({ op }: Step, { kind }: ToolResult): boolean {
  if (op === 'find' || op === 'sort') return kind === 'rows'
  if (op === 'count') return kind === 'count' || kind === 'no-rows' || kind === 'rows'
  return kind === 'total' || kind === 'rows'
}

/** Whether a call holds the column and the value that a step names. */
function mentions(args: Readonly<Record<string, unknown>>, { slots }: Step): boolean {
  const values = Object.values(args).map(String)
  return [slots['column'], slots['value']].every((value) => !value || values.includes(value))
}
