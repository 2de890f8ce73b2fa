import chalk from 'chalk'
import { createLogUpdate } from 'log-update'
import { type VerificationLine, verificationVerdicts } from '../core/schemas/verification.js'
import type { VerificationProgress } from '../engine/verification-session.js'
import { log } from './console.js'
import { barOf, type ProgressKind, seconds } from './progress.js'

/** Shows how far a verification is, on stderr. */
type VerificationView = Readonly<{
  show: (progress: VerificationProgress) => void
  end: () => void
}>

/** The view for a kind of terminal: a line that is redrawn, a line now and then, or nothing. */
export function verificationView(kind: ProgressKind, now: () => number): VerificationView {
  if (kind === 'none') return { show: () => undefined, end: () => undefined }
  const started = now()
  const counts = new Map<VerificationLine['verdict'], number>()
  const draw = kind === 'live' ? liveLine(now) : plainLine(now)
  return {
    show({ done, total, line: { verdict } }) {
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
      const found = verificationVerdicts.map((one) => `${one} ${counts.get(one) ?? 0}`).join('  ')
      draw.line({ done, total, text: `${seconds(now() - started)}  ${found}` })
    },
    end: draw.end,
  }
}

type Drawn = Readonly<{ done: number; total: number; text: string }>

function plainLine(now: () => number) {
  let [shown, shownAt] = [0, now()]
  return {
    line({ done, total, text }: Drawn) {
      const share = Math.floor((100 * done) / total)
      const due = share >= shown + 10 && (now() - shownAt > 30_000 || share - shown >= 25)
      if (!due && done < total) return
      shown = share
      shownAt = now()
      log(`verified [${String(share).padStart(3)}%] ${done}/${total}  ${text}`)
    },
    end: () => undefined,
  }
}

function liveLine(now: () => number) {
  const update = createLogUpdate(process.stderr)
  let drawn = 0
  return {
    line({ done, total, text }: Drawn) {
      if (now() - drawn < 100 && done < total) return
      drawn = now()
      const bar = `${barOf(done / total, 30)} ${done}/${total}`
      update(
        [` Verifying  ${bar}`, ` ${text}`, chalk.dim(' Ctrl-C keeps what is verified')].join('\n'),
      )
    },
    end: () => update.clear(),
  }
}
