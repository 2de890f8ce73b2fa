import type { Look } from '../core/schemas/summary.js'
import type { Decide } from '../core/stopping.js'

/** Whether a finished trial held, or null when it does not count; undefined while it is not finished. */
export type Result = boolean | null | undefined

/** A question under way: which of its trials are certainly needed, and whether it is decided. */
export type Question = Readonly<{
  isDecided: () => boolean
  /** The trials that have become certain to be needed since it was last asked. */
  claim: () => readonly number[]
  /** One of its trials has a result now. */
  hear: (trial: number) => void
}>

type Asked = Readonly<{
  /** Its trials by their places in the stop order, ascending. */
  trials: readonly number[]
  looks: readonly Look[]
  decide: Decide
  resultOf: (trial: number) => Result
}>

/**
 * Opens a question. A trial is needed when all before it, if they all counted, would still be too few for the next look:
 * whatever is in flight, the same trials are needed in the end. A look is taken when the first n counted trials in stop
 * order are known, however fast later ones were: fast trials fail differently.
 */
export function openQuestion({ trials, looks, decide, resultOf }: Asked): Question {
  const outcomes: boolean[] = []
  let known = 0
  let claimed = 0
  let mayCount = 0
  let decided = false
  const due = () => looks.find(({ n }) => n > outcomes.length)?.n ?? Number.POSITIVE_INFINITY

  const listen = () => {
    for (; !decided && known < trials.length; known++) {
      const result = resultOf(trials[known] ?? 0)
      if (result === undefined) return
      if (result === null) continue
      outcomes.push(result)
      decided =
        looks.some(({ n }) => n === outcomes.length) && decide(looks, [...outcomes]) !== null
    }
  }

  listen()
  return {
    isDecided: () => decided,
    claim() {
      const from = claimed
      while (!decided && claimed < trials.length && mayCount < due()) {
        if (resultOf(trials[claimed++] ?? 0) !== null) mayCount++
      }
      return trials.slice(from, claimed)
    },
    hear(trial) {
      const isClaimed = trial <= (trials[claimed - 1] ?? -1)
      if (isClaimed && resultOf(trial) === null) mayCount--
      listen()
    },
  }
}
