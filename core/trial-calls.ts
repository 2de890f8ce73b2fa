import { FiredrillError } from './errors.js'

/** How many model calls a trial may make: so many, or so many times what the baseline of its task and seed made. */
export type TrialCalls =
  | Readonly<{ kind: 'most'; most: number }>
  | Readonly<{ kind: 'times'; tenths: number }>

const mostCalls = 100_000
const mostTimes = 1000

/**
 * A limit of calls as people write it. Factors are kept in tenths: in binary, 1.1 x 10 is more than 11.
 *
 * @example
 * '1.5x'  ->  { kind: 'times', tenths: 15 }
 */
export function parseTrialCalls(text: string): TrialCalls {
  const [, whole = '', tenth, times] = /^(\d+)(?:\.(\d))?(x)?$/.exec(text) ?? []
  if (times) {
    const tenths = 10 * Number(whole) + Number(tenth ?? 0)
    if (tenths >= 10 && tenths <= 10 * mostTimes) return { kind: 'times', tenths }
  } else if (tenth === undefined) {
    const most = Number(whole)
    if (most >= 1 && most <= mostCalls) return { kind: 'most', most }
  }
  throw new FiredrillError('bad-argument', `--trial-calls cannot be "${text}".`, {
    hint: 'Give a whole number of model calls from 1 to 100000, or from 1x to 1000x those of the baseline, with one decimal at most: --trial-calls 12 or --trial-calls 2x.',
  })
}

/** The one way in which a limit of calls is stored, however it was written: 2.0x is 2x. */
export const trialCallsText = (limit: TrialCalls): string =>
  limit.kind === 'most' ? String(limit.most) : `${limit.tenths / 10}x`

/** A stored limit of calls in words. */
export function trialCallsWords(text: string): string {
  if (text.endsWith('x')) return `at most ${text.slice(0, -1)} x the calls of the baseline`
  const most = Number(text).toLocaleString('en-US')
  return `at most ${most} ${most === '1' ? 'call' : 'calls'} a trial`
}
