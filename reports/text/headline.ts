import { simulatedNotice } from '../../core/report.js'
import type { Cell, GateSubject, Summary } from '../../core/schemas/summary.js'
import { standingOf } from './cells.js'
import { count, counted, ranges, rate } from './numbers.js'

/** Something that a report says in words, under a label; `items` stand on lines of their own. */
export type Note = Readonly<{
  label: string
  text: string
  items?: readonly string[]
  tone: 'good' | 'bad' | 'doubt' | 'quiet'
}>

/** Makes a name that users chose harmless for one format. */
export type Name = (id: string) => string

/** What stands at the top: the verdict or what was found, what kind of evidence it is, and what was run. */
export function headline(summary: Summary, name: Name): readonly Note[] {
  const alarms = [...selfTest(summary), ...incomplete(summary, name), ...tooMuchVoid(summary)]
  const verdict = [...gates(summary, name), found(summary)]
  const [first, ...rest] = [...alarms, ...verdict]
  const [said, made] = [evidence(summary, name), written(summary, name)]
  return [...(first ? [first] : []), said, ...made, ...rest, facts(summary, name)]
}

function selfTest({ run, totals }: Summary): readonly Note[] {
  // A real model never answers twice alike; only simulated placebo trials must equal their baseline.
  if (run.evidence === 'measured' || totals.placeboDiffers === 0) return []
  const trials = counted(totals.placeboDiffers, 'placebo trial')
  const differ = totals.placeboDiffers === 1 ? 'differs from its' : 'differ from their'
  return [
    {
      label: 'SELF-TEST FAILED',
      text: `${trials} ${differ} baseline although nothing was changed. The fault is in the seams of the testbed; trust no number below.`,
      tone: 'bad',
    },
  ]
}

function incomplete({ run, totals }: Summary, name: Name): readonly Note[] {
  if (totals.trials >= totals.planned) return []
  const text = `${count(totals.trials)} of ${counted(totals.planned, 'trial')} are done; what follows may change. Go on with: firedrill run --resume ${name(run.id)}`
  return [{ label: 'INCOMPLETE', text, tone: 'doubt' }]
}

function tooMuchVoid({ totals }: Summary): readonly Note[] {
  if (totals.void <= 0.05 * totals.trials) return []
  const text = `${count(totals.void)} of ${counted(totals.trials, 'trial')} are void, more than one in twenty: no score may be drawn from this run.`
  return [{ label: 'NOT MEASURED', text, tone: 'bad' }]
}

const verdicts = {
  passed: { label: 'PASSED', tone: 'good' },
  failed: { label: 'FAILED', tone: 'bad' },
  undecided: { label: 'UNDECIDED', tone: 'doubt' },
} as const

/** The verdict of the run first, told by a gate that has it. */
function gates({ gates: all, verdict }: Summary, name: Name): readonly Note[] {
  const sorted = [...all].sort(
    (a, b) => Number(b.verdict === verdict) - Number(a.verdict === verdict),
  )
  return sorted.map(({ rule, subjects, verdict: own }) => ({
    ...verdicts[own],
    text: `${name(rule)}: ${subjects.map((one) => subjectText(one, name)).join('; ')}`,
  }))
}

function subjectText({ system, part, actual }: GateSubject, name: Name): string {
  const found = rate(actual)
  const who = [system, part].flatMap((word) => (word === null ? [] : [name(word)])).join(' ')
  return `${who} ${found ? `${found}, n ${count(actual.n)}` : 'nothing was measured'}`.trim()
}

const total = (cells: readonly Cell[], of: (cell: Cell) => number) =>
  cells.reduce((sum, cell) => sum + of(cell), 0)

function found({ cells }: Summary): Note {
  const scored = cells.filter((cell) => standingOf(cell) === 'scored')
  if (scored.length === 0) {
    return { label: 'FOUND', text: 'Nothing: no cell was measured.', tone: 'doubt' }
  }
  const broke = total(scored, (cell) => cell.broke)
  const all = counted(
    total(scored, ({ n }) => n),
    'counted trial',
  )
  const distinct = (of: (cell: Cell) => string) => new Set(scored.map(of)).size
  const where = [
    counted(
      distinct(({ fault }) => fault),
      'fault',
    ),
    counted(
      distinct(({ system }) => system),
      'system',
    ),
    counted(
      distinct(({ scenario }) => scenario),
      'scenario',
    ),
  ].join(', ')
  const what = broke === 0 ? `None of ${all} broke` : `${count(broke)} of ${all} broke`
  return { label: 'FOUND', text: `${what}: ${where}.`, tone: 'quiet' }
}

function evidence({ run }: Summary, name: Name): Note {
  if (run.evidence === 'simulated') {
    return { label: 'SIMULATED', text: simulatedNotice, tone: 'doubt' }
  }
  const models = run.models.map(({ id }) => name(id)).join(', ')
  return { label: 'MEASURED', text: `Agents were answered by ${models}.`, tone: 'quiet' }
}

/** Who wrote the injections, and what that took: it is in none of the numbers of the run. */
function written({ run, totals }: Summary, name: Name): readonly Note[] {
  const { injector } = run
  if (!injector || injector.writes.length === 0) return []
  const { calls, tokens, costUsd } = totals.injector
  const [those, others] = [injector.writes, injector.leaves].map((ids) => ids.map(name).join(', '))
  const used = [
    `${counted(calls, 'call')} of its own`,
    tokens === null ? 'tokens unknown' : counted(tokens, 'token'),
    costUsd === null ? 'cost unknown' : `$${costUsd.toFixed(2)}`,
  ]
  const text = [
    `Injections of ${those} were written by ${name(injector.id)}${others ? `; those of ${others} by a program` : ''}.`,
    ...(calls > 0 ? [`${used.join(', ')}.`] : []),
  ].join(' ')
  return [{ label: 'WRITTEN', text, tone: 'quiet' }]
}

function facts({ run, totals, tool }: Summary, name: Name): Note {
  const models = run.models.map(({ id }) => name(id)).join(', ')
  const parts = [
    `${name(run.id)} on ${models}`,
    `seeds ${ranges(run.seeds)}`,
    `${counted(totals.trials, 'trial')}${totals.notRun > 0 ? ` (${count(totals.notRun)} not run)` : ''}`,
    counted(totals.calls, 'call'),
    counted(totals.tokens, 'token'),
    totals.costUsd === null ? 'cost unknown' : `$${totals.costUsd.toFixed(2)}`,
    ...(totals.seconds === null ? [] : [`${count(Math.round(totals.seconds))} s`]),
    `firedrill ${name(tool.version)}`,
  ]
  return { label: 'RUN', text: parts.join(', '), tone: 'quiet' }
}
