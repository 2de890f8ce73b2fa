import chalk from 'chalk'
import { createLogUpdate } from 'log-update'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { Progress } from '../engine/session.js'
import { type Display, log } from './console.js'
import { type Given, wordIn } from './options.js'

/** Shows how far a run is, on stderr. */
export type ProgressView = Readonly<{ show: (progress: Progress) => void; end: () => void }>

/** What the view is about. */
export type ProgressFacts = Readonly<{
  title: string
  systems: readonly string[]
  faults: readonly Readonly<{ name: string; abbreviation: string }>[]
  /** Whether the run may end before all of its plan is executed. */
  mayEndEarly: boolean
  now: () => number
}>

type Tally = { held: number; broke: number; other: number; done: number }

/** How progress is shown on a kind of terminal. */
export type ProgressKind = 'live' | 'plain' | 'none'

/** How progress is to be shown: as asked for, or as fits the terminal. */
export function progressKind(given: Given, { interactive }: Display): ProgressKind {
  const asked = wordIn(given, 'progress') ?? 'auto'
  if (given['quiet'] || asked === 'none') return 'none'
  if (asked === 'live' || asked === 'plain') return asked
  return interactive ? 'live' : 'plain'
}

/** The view for a kind of terminal: a live block, a line now and then, or nothing. */
export function progressView(kind: ProgressKind, facts: ProgressFacts): ProgressView {
  if (kind === 'none') return { show: () => undefined, end: () => undefined }
  return kind === 'live' ? liveView(facts) : plainView(facts)
}

function plainView({ title, mayEndEarly, now }: ProgressFacts): ProgressView {
  const started = now()
  let shown = 0
  let shownAt = started
  let unsaid: Progress | null = null
  const tally = { held: 0, broke: 0, other: 0, done: 0 }
  const say = ({ done, total }: Progress, left: string) => {
    unsaid = null
    shown = shareOf(done, total)
    shownAt = now()
    const { held, broke } = tally
    log(
      `[${String(shown).padStart(3)}%] ${done}/${total}  ${seconds(shownAt - started)}  held ${held}  broke ${broke}${left}`,
    )
  }
  log(title)
  return {
    show(progress) {
      const { done, total, line } = progress
      count(tally, line)
      unsaid = progress
      const share = shareOf(done, total)
      // Each 10 percent or 30 seconds, whichever is later; once a minute at least, and at the end.
      const quiet = now() - shownAt
      const due = quiet >= 60_000 || (share >= shown + 10 && quiet > 30_000) || share >= shown + 25
      if (!due && done < total) return
      say(progress, leftOf((now() - started) / tally.done, total - done, mayEndEarly))
    },
    end() {
      // It ended before its plan did: it was clear, or stopped.
      if (unsaid) say(unsaid, '')
    },
  }
}

const shareOf = (done: number, total: number): number => Math.floor((100 * done) / total)

/** One block with a row per system and a mark per fault, redrawn ten times a second and removed at the end. */
function liveView({ title, systems, faults, mayEndEarly, now }: ProgressFacts): ProgressView {
  const update = createLogUpdate(process.stderr)
  const cells = new Map<string, Tally>()
  const started = now()
  let drawn = 0
  let executed = 0
  const cellOf = (system: string, fault: string): Tally => {
    const key = `${system} ${fault}`
    const known = cells.get(key) ?? { held: 0, broke: 0, other: 0, done: 0 }
    cells.set(key, known)
    return known
  }
  const width = Math.max(...systems.map((name) => name.length))
  const head =
    ' '.repeat(width + 3) + faults.map(({ abbreviation }) => abbreviation.padStart(8)).join('')
  return {
    show({ done, total, line }) {
      executed++
      if (line.arm === 'fault') count(cellOf(line.system, line.fault), line)
      if (now() - drawn < 100 && done < total) return
      drawn = now()
      const rows = systems.map((system) => {
        const marks = faults.map(({ name }) => markOf(cellOf(system, name)))
        return ` ${system.padEnd(width)}  ${marks.join('')}`
      })
      const bar = barOf(done / total, 30)
      const passed = now() - started
      const left = leftOf(passed / executed, total - done, mayEndEarly)
      const foot = ` ${bar} ${done}/${total}  ${seconds(passed)}${left}`
      update(
        [
          title,
          '',
          head,
          ...rows,
          '',
          foot,
          chalk.dim(' held so far · Ctrl-C finishes what is in flight'),
        ].join('\n'),
      )
    },
    end: () => update.clear(),
  }
}

/** How long the trials that are left take, if they take as long as those before. */
const leftOf = (each: number, trials: number, mayEndEarly: boolean): string =>
  trials === 0 ? '' : `  ${mayEndEarly ? 'at most ' : ''}about ${seconds(each * trials)} left`

function count(tally: Tally, { verdict }: TrialLine): void {
  tally.done++
  if (verdict === 'held') tally.held++
  else if (verdict === 'broke') tally.broke++
  else tally.other++
}

/** Counts, not shares: before the end a share would promise more than is known. */
function markOf({ held, broke, done }: Tally): string {
  const n = held + broke
  if (n === 0) return (done > 0 ? '·' : '◌').padStart(8)
  const counts = `${held}/${n}`.padStart(8)
  return 2 * held >= n ? counts : chalk.yellow(counts)
}

/** How much of something is done, drawn. */
export const barOf = (share: number, width: number): string => {
  const full = Math.round(share * width)
  return '━'.repeat(full) + chalk.dim('╌'.repeat(width - full))
}

/** A time as people read it. */
export const seconds = (milliseconds: number): string => {
  const whole = Math.round(milliseconds / 1000)
  return whole < 60
    ? `${whole}s`
    : `${Math.floor(whole / 60)}m${String(whole % 60).padStart(2, '0')}s`
}
