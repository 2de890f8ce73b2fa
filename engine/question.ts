import { counts, openHearing } from '../core/hearing.js'
import type { Look } from '../core/schemas/summary.js'
import type { Stopping, TrialResult } from '../core/stopping.js'

/** What a trial came to; undefined while it is not finished. */
export type Result = TrialResult | undefined

/** A question under way: which of its trials are certainly needed, and whether it needs no more of them. */
export type Question = Readonly<{
  /** Whether it is clear or given up. */
  isOver: () => boolean
  /** The trials that have become certain to be needed since it was last asked. */
  claim: () => readonly number[]
  /** One of its trials has a result now. */
  hear: (trial: number) => void
}>

type Asked = Readonly<{
  /** Its trials by their places in the stop order, ascending. */
  trials: readonly number[]
  looks: readonly Look[]
  resultOf: (trial: number) => Result
}> &
  Pick<Stopping, 'decide' | 'isHopeless'>

/**
 * Opens a question. A trial is needed when all before it, if they all counted, would still be too few for the next look,
 * and when the question would not be given up if none of them did: whatever is in flight, the same trials are needed in
 * the end. A look is taken when the first n counted trials in stop order are known, however fast later ones were: fast
 * trials fail differently.
 */
export function openQuestion({ trials, looks, resultOf, ...rule }: Asked): Question {
  const hearing = openHearing(looks, trials.length, rule)
  let known = 0
  let claimed = 0
  let mayCount = 0
  let mayBeLeftOut = 0
  let someCount = false
  const isOver = () => hearing.end() !== null
  const due = () =>
    looks.find(({ n }) => n > hearing.outcomes.length)?.n ?? Number.POSITIVE_INFINITY

  const listen = () => {
    for (; !isOver() && known < trials.length; known++) {
      const result = resultOf(trials[known] ?? 0)
      if (result === undefined) return
      hearing.hear(result)
    }
  }
  const mayBeGivenUp = () =>
    !someCount && rule.isHopeless(looks, { leftOut: mayBeLeftOut, left: trials.length - claimed })
  const isNextNeeded = () =>
    !isOver() && claimed < trials.length && mayCount < due() && !mayBeGivenUp()
  const expect = (result: Result) => {
    if (counts(result)) someCount = true
    if (counts(result) || result === undefined) mayCount++
    if (result !== 'lost') mayBeLeftOut++
  }

  listen()
  return {
    isOver,
    claim() {
      const from = claimed
      while (isNextNeeded()) expect(resultOf(trials[claimed++] ?? 0))
      return trials.slice(from, claimed)
    },
    hear(trial) {
      const result = resultOf(trial)
      if (trial <= (trials[claimed - 1] ?? -1)) {
        if (counts(result)) someCount = true
        else mayCount--
        if (result === 'lost') mayBeLeftOut--
      }
      listen()
    },
  }
}
