import type { Look } from './schemas/summary.js'
import type { StopEnd, Stopping, TrialResult } from './stopping.js'

/** A question under way, which hears its trials one after the other in stop order. */
export type Hearing = Readonly<{
  hear: (result: TrialResult) => void
  /** How it ended; null while it goes on. */
  end: () => StopEnd | null
  /** Of the trials that count, whether they held; grows with what is heard. */
  outcomes: readonly boolean[]
}>

/** Whether a trial counts. */
export const counts = (result: TrialResult | undefined): result is 'held' | 'broke' =>
  result === 'held' || result === 'broke'

/** Opens a question that so many trials of the plan ask; it hears nothing more once it has ended. */
export function openHearing(
  looks: readonly Look[],
  planned: number,
  { decide, isHopeless }: Pick<Stopping, 'decide' | 'isHopeless'>,
): Hearing {
  const outcomes: boolean[] = []
  let [heard, leftOut] = [0, 0]
  let end: StopEnd | null = null

  const afterCounted = (): StopEnd | null =>
    looks.some(({ n }) => n === outcomes.length) ? decide(looks, [...outcomes]) : null
  const afterOther = (): StopEnd | null =>
    outcomes.length === 0 && isHopeless(looks, { leftOut, left: planned - heard })
      ? { verdict: 'given up', after: heard }
      : null

  return {
    outcomes,
    end: () => end,
    hear(result) {
      if (end) return
      heard++
      if (result === 'left out') leftOut++
      if (counts(result)) outcomes.push(result === 'held')
      end = counts(result) ? afterCounted() : afterOther()
    },
  }
}
