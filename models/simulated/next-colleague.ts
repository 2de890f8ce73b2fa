import type { Colleague } from './briefing.js'

/** How far the work has come, as far as it can be seen. */
export type Progress = Readonly<{
  planned: boolean
  delivered: boolean
  /** What the newest review of what is delivered says; `none` when it has not been reviewed. */
  verdict: 'none' | 'approved' | 'rejected'
}>

/** Who goes next by what is missing; null when nothing is, or nobody could supply it. */
export function nextColleague(
  colleagues: readonly Colleague[],
  { planned, delivered, verdict }: Progress,
): string | null {
  const whoDoes = (job: string) => colleagues.find((one) => one.job === job)?.name ?? null
  if (delivered && verdict === 'rejected') return whoDoes('revise') ?? whoDoes('produce')
  if (!planned && !delivered && whoDoes('plan')) return whoDoes('plan')
  if (!delivered) return whoDoes('produce')
  return verdict === 'none' ? whoDoes('review') : null
}
