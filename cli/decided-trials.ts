import { type Judged, judgedLines } from '../analysis/judged-lines.js'
import { redetectedLines } from '../analysis/redetected-lines.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { VerificationLine } from '../core/schemas/verification.js'
import { readBehaviours, readJudgements } from '../engine/stored.js'
import { readVerifications } from '../engine/verification-session.js'

/** Trials of a stored run with the behaviours that rules have recognised, those of a later version first. */
export const ruledLines = (folder: string, lines: readonly TrialLine[]): readonly TrialLine[] =>
  redetectedLines(lines, readBehaviours(folder).lines)

/** Trials of a stored run with all that is known of them. */
export type Decided = Judged & Readonly<{ verifications: readonly VerificationLine[] }>

/** Trials of a stored run with all that is known of their behaviours, a judge model's answers and proofs among it. */
export const decidedTrials = (folder: string, lines: readonly TrialLine[]): Decided => ({
  ...judgedLines(ruledLines(folder, lines), readJudgements(folder).lines),
  verifications: readVerifications(folder).lines,
})
