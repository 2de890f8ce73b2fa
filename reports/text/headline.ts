import type { Cell, Summary } from '../../core/schemas/summary.js'
import { trialCallsWords } from '../../core/trial-calls.js'
import { standingOf } from './cells.js'
import { evidenceNote } from './evidence.js'
import { gateNotes } from './gates.js'
import { judgedNotes } from './judged.js'
import type { Name, Note } from './note.js'
import { count, counted, ranges } from './numbers.js'

/** What stands at the top: the verdict or what was found, what kind of evidence it is, and what was run. */
export function headline(summary: Summary, name: Name): readonly Note[] {
  const alarms = [...selfTest(summary), ...incomplete(summary, name), ...tooMuchVoid(summary)]
  const verdict = [...gateNotes(summary, name), found(summary)]
  const [first, ...rest] = [...alarms, ...verdict]
  const [said, made] = [evidenceNote(summary, name), written(summary, name)]
  const judged = judgedNotes(summary.run, name)
  return [...(first ? [first] : []), said, ...made, ...judged, ...rest, facts(summary, name)]
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
  const trials = counted(totals.trials, 'trial')
  const executed = [
    `seeds ${ranges(run.seeds)}`,
    `${trials}${totals.notRun > 0 ? ` (${count(totals.notRun)} not run)` : ''}`,
    ...(run.trialCalls === undefined ? [] : [trialCallsWords(run.trialCalls)]),
    counted(totals.calls, 'call'),
    counted(totals.tokens, 'token'),
    totals.costUsd === null ? 'cost unknown' : `$${totals.costUsd.toFixed(2)}`,
    ...(totals.seconds === null ? [] : [`${count(Math.round(totals.seconds))} s`]),
  ]
  const parts = [
    `${name(run.id)} on ${models}`,
    // What it took others to execute the trials is not published, which is not nothing.
    ...(run.imported ? [trials] : executed),
    `firedrill ${name(tool.version)}`,
  ]
  return { label: 'RUN', text: parts.join(', '), tone: 'quiet' }
}
