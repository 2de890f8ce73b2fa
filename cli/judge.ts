import type { ModelAddress } from '../core/asked-model.js'
import { FiredrillError } from '../core/errors.js'
import type { Fault } from '../core/fault.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import {
  type JudgedResult,
  type Judging,
  judgeTrials,
  openQuestions,
} from '../engine/judging/judge-trials.js'
import { rubricVersion } from '../engine/judging/prompt.js'
import { expand, faultsOf, type Plan } from '../engine/plan.js'
import { addressOf, type Environment, readyModel, silentModel } from './asked-models.js'
import { log } from './console.js'
import { ruledLines } from './decided-trials.js'
import type { Used } from './limits.js'
import { countIn, type Given, wordIn } from './options.js'

/** The judge model that was asked for; null when there is none. */
export function plannedJudge(given: Given): ModelAddress | null {
  const model = wordIn(given, 'judge-model')
  const asked = wordIn(given, 'judge-url')
  return model === null ? null : addressOf('judge', { model, asked, version: rubricVersion })
}

/** Whether a fault has behaviours that only a judge model can tell. */
export const needsJudge = ({ behaviours }: Pick<Fault, 'behaviours'>): boolean =>
  behaviours.some(({ by }) => by === 'judge')

/** The faults of a plan that have behaviours which only a judge model can tell. */
export const judgedFaults = (plan: Plan): readonly Fault[] => faultsOf(plan).filter(needsJudge)

/** The arguments that ask for the same judge again, for a command line. */
export const judgeArguments = (given: Given): string =>
  ['judge-model', 'judge-url']
    .flatMap((name) => {
      const value = wordIn(given, name)
      return value === null ? [] : [` --${name} ${value}`]
    })
    .join('')

/** A run that may be judged: its trials that are done, and the faults that were set. */
export type JudgeableRun = Readonly<{
  folder: string
  lines: readonly TrialLine[]
  faults: readonly Fault[]
}>

/** The judge model of a plan, ready to be asked; null when there is none, or nothing is left for it to answer. */
export async function judgeFor(
  plan: Plan,
  given: Given,
  { folder, done, env }: Readonly<{ folder: string; done: readonly TrialLine[]; env: Environment }>,
): Promise<Judging | null> {
  const address = plannedJudge(given)
  const faults = judgedFaults(plan)
  if (address === null || faults.length === 0) return null
  if (wordIn(given, 'traces') === 'none') {
    throw new FiredrillError(
      'bad-argument',
      '--judge-model reads traces, and --traces none keeps none.',
      { hint: 'Leave one of them out: --traces all is the default.' },
    )
  }
  const keys = new Set(done.map(({ key }) => key))
  const isDone = expand(plan).every(({ trials }) => trials.every(({ key }) => keys.has(key)))
  if (isDone) return judgeOf({ folder, lines: done, faults }, address, { given, env })
  return readyJudge(address, { given, env })
}

/** A judge model for a run whose trials are done. One that has answered everything needs neither key nor server. */
export const judgeOf = async (
  { folder, lines, faults }: JudgeableRun,
  address: ModelAddress,
  asking: Asking,
): Promise<Judging> => {
  const { id, hash } = address
  const open = openQuestions({ folder, lines: ruledLines(folder, lines), faults }, hash)
  return open > 0 ? readyJudge(address, asking) : { model: silentModel(id), hash }
}

type Asking = Readonly<{ given: Given; env: Environment }>

/** A judge model, ready to be asked; throws before anything runs when its key or its server is missing. */
async function readyJudge(address: ModelAddress, { given, env }: Asking): Promise<Judging> {
  const seconds = countIn(given, 'judge-timeout')
  return { model: await readyModel('judge', address, { env, seconds }), hash: address.hash }
}

/** Has a judge answer what the rules leave open in a run; says on stderr how far it is, unless it shall be quiet. */
export async function judgeRun(
  { folder, lines, faults }: JudgeableRun,
  judge: Judging,
  {
    given,
    signal,
    onUsed,
  }: Readonly<{ given: Given; signal: AbortSignal; onUsed: (used: Used) => void }>,
): Promise<JudgedResult> {
  const run = { folder, lines: ruledLines(folder, lines), faults }
  const questions = openQuestions(run, judge.hash)
  const say = given['quiet'] || wordIn(given, 'progress') === 'none' ? () => undefined : log
  if (questions > 0)
    say(`Asking ${judge.model.id} what no program can tell: ${questions} questions.`)
  let done = 0
  return judgeTrials({
    ...run,
    judge,
    signal,
    concurrency: countIn(given, 'concurrency'),
    onJudged({ tokens, costUsd }) {
      onUsed({ tokens: tokens ?? 0, cost: costUsd ?? 0 })
      if (isTold(++done, questions)) say(`${done} of ${questions} questions asked`)
    },
  })
}

/** A quarter at a time. */
const isTold = (done: number, all: number): boolean =>
  Math.floor((4 * done) / all) > Math.floor((4 * (done - 1)) / all)
