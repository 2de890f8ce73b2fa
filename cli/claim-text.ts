import type { Claim, Proof } from '../core/schemas/behaviour.js'
import type { TraceLine } from '../core/schemas/trace-line.js'
import { visible } from '../reports/text/escape.js'

const said: Readonly<Record<Claim, (what: string) => string>> = {
  says: (what) => `says ${what}`,
  quotes: (what) => `${what}, quoted by the judge model`,
  calls: (what) => `calls ${what}`,
  doubts: (what) => `doubts: ${what}`,
  rejects: (what) => `rejects: ${what}`,
  asks: (what) => `asks: ${what}`,
  reads: (what) => `reads ${what}`,
  answers: (what) => `answers ${what}`,
  fails: (what) => `fails: ${what}`,
  extra: () => 'is called once more than in the baseline',
  same: (what) => `does the same as in the baseline: ${what}`,
  other: (what) => `does something else than in the baseline: ${what}`,
  drops: () => 'is woken and calls no model',
  'never-says': (what) => `from here on nobody says ${what}`,
  'never-reads': (what) => `does not read ${what}`,
  'no-extra': () => 'from here on nobody calls a model more often than in the baseline',
  'never-doubts': () => 'from here on nobody doubts',
  'in-role': () => 'does what it does in the baseline',
  silent: (what) => `all the time nobody hears of ${what}`,
  ends: (what) => `the answer is ${what}`,
}

/** Claims that are about the trial from a step on, not about who acts at the step. */
const general: ReadonlySet<Claim> = new Set([
  'never-says',
  'no-extra',
  'never-doubts',
  'silent',
  'ends',
])

/** Names and whole sentences are shown bare, other words in quotes. */
const bare: ReadonlySet<Claim> = new Set(['silent', 'doubts', 'rejects', 'asks', 'same', 'other'])

/** What a step of a trace shows, as a sentence about who acts there. */
export function claimText({ step, shows, what }: Proof, trace: Pick<TraceLine, 'steps'> | null) {
  const plain = visible((what ?? '').replace(/\s+/g, ' ').replace(/^ ?- /, ''))
  const isBare = bare.has(shows) || plain === ''
  const sentence = said[shows](isBare ? plain : `"${plain}"`).replace(/[: ]+$/, '')
  const agent = trace?.steps[step]?.agent ?? ''
  if (shows === 'ends' && what === null) return 'there is no answer'
  return general.has(shows) || agent === '' ? sentence : `${visible(agent)} ${sentence}`
}
