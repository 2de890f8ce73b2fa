import type { TrialLine } from '../core/schemas/trial-line.js'
import { type VerificationLine, verificationLineSchema } from '../core/schemas/verification.js'
import { planId } from './keys.js'
import { expand } from './plan.js'
import {
  cutSeams,
  keptTexts,
  keysOf,
  readRunFile,
  requireSamePlan,
  type Session,
} from './session.js'
import { openLines, readLines, runFiles } from './store.js'
import { verify } from './verify.js'

/** How far a verification is. */
export type VerificationProgress = Readonly<{ done: number; total: number; line: VerificationLine }>

/** What of a stored run is verified, and how. */
export type VerificationSession = Pick<
  Session,
  | ('plan' | 'folder' | 'concurrency' | 'clock' | 'judge' | 'observe' | 'injectorModel')
  | ('signal' | 'packageFolders')
> &
  Readonly<{
    /** Held trials of the run, in systems that have defences. */
    held: readonly TrialLine[]
    /** Called for every trial that was executed, baselines included. */
    onTrial: (line: TrialLine) => void
    onProgress: (progress: VerificationProgress) => void
  }>

/** What a session of verifying leaves: the lines of the trials that were asked for, those of earlier sessions included. */
export type VerificationResult = Readonly<{
  lines: readonly VerificationLine[]
  interrupted: boolean
}>

/** Verifies held trials of a stored run and keeps what it finds in its folder; what is stored is not done again. */
export async function runVerification(session: VerificationSession): Promise<VerificationResult> {
  const { plan, folder, held, clock, onProgress } = session
  const groups = expand(plan)
  requireSamePlan(readRunFile(folder), planId(keysOf(groups)), groups)
  const { lines: stored } = readVerifications(folder)
  const known = new Map(stored.map((line) => [line.key, line]))
  const isKnown = ({ key, attempt }: TrialLine) => known.get(key)?.attempt === attempt
  const lines = held.filter(isKnown).flatMap(({ key }) => known.get(key) ?? [])
  const missing = held.filter((line) => !isKnown(line))
  const result = () => ({ lines, interrupted: lines.length < held.length })
  if (missing.length === 0) return result()

  const uninstall = await cutSeams(session.packageFolders)
  const file = openLines(runFiles(folder).verifications)
  const texts = keptTexts(session)
  let flushed = clock.now()
  try {
    const { concurrency, judge, observe, signal, onTrial } = session
    await verify({
      ...{ plan, groups, held: missing, concurrency, clock, judge, observe, signal, onTrial },
      ...(texts ? { texts: texts.texts } : {}),
      onVerified(line) {
        file.append(line)
        lines.push(line)
        if (clock.now() - flushed > 1000) {
          file.flush()
          flushed = clock.now()
        }
        onProgress({ done: lines.length, total: held.length, line })
      },
    })
    return result()
  } finally {
    file.close()
    texts?.close()
    uninstall()
  }
}

/** The verifications that are stored of a run, and how many lines could not be read. */
export const readVerifications = (folder: string) =>
  readLines(runFiles(folder).verifications, verificationLineSchema)
