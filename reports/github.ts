import type { Report, ReportContext } from '../core/report.js'
import type { Summary } from '../core/schemas/summary.js'
import { markdown } from './markdown.js'
import { cellVerdict } from './text/cell-verdict.js'
import { cut } from './text/cut.js'
import { visible } from './text/escape.js'
import { evidenceWord } from './text/evidence.js'
import { ruleText, subjectText } from './text/gates.js'
import { count, interval, percent } from './text/numbers.js'

/** What a step summary of GitHub Actions may hold. */
const most = 1024 * 1024

/** The result as Markdown for the summary of a step of GitHub Actions. */
export const github: Report = {
  id: 'github',
  summary: 'The result as Markdown for the step summary of GitHub Actions, at most 1 MiB.',
  file: 'step-summary.md',
  render: (summary, context) => cut(markdown.render(summary, context), most),
}

/** GitHub keeps ten annotations of each kind in a step and drops the others in silence. */
const mostAnnotations = 8

/**
 * What failed, as workflow commands of GitHub Actions, the worst first: questions of gates, the least likely by chance
 * before the others, then the cells that pull them down. At most eight, and one that says how many more there are.
 */
export function annotations(
  summary: Summary,
  { faults }: Pick<ReportContext, 'faults'>,
): readonly string[] {
  const evidence = evidenceWord(summary)
  const label = evidence === 'MEASURED' ? 'firedrill' : `firedrill (${evidence})`
  const asked = (verdict: 'failed' | 'undecided') =>
    summary.gates.flatMap((gate) =>
      gate.subjects
        .filter((subject) => subject.verdict === verdict)
        .map((subject) => ({ gate, subject })),
    )
  const questions = (verdict: 'failed' | 'undecided') =>
    asked(verdict)
      .sort((a, b) => (a.subject.p ?? 0) - (b.subject.p ?? 0))
      .map(
        ({ gate, subject }) =>
          `${ruleText(gate.rule, visible)}: ${subjectText(gate, subject, visible)}`,
      )
  const cells = summary.cells
    .filter((cell) => cellVerdict(cell, summary, faults).kind === 'failed')
    .sort((a, b) => (a.robustness.mean ?? 0) - (b.robustness.mean ?? 0))
    .map(
      ({ system, scenario, fault, held, n, robustness }) =>
        `${fault} on ${system}, ${scenario}: ${count(held)} of ${count(n)} held, ${percent(robustness.mean ?? 0)} ${interval(robustness)}`,
    )
  const all = [
    ...questions('failed').map((text) => command('error', `${label}: gate failed`, text)),
    ...cells.map((text) => command('error', `${label}: cell below the gate`, text)),
    ...questions('undecided').map((text) => command('warning', `${label}: undecided`, text)),
  ]
  const rest = all.length - mostAnnotations
  return rest > 0
    ? [...all.slice(0, mostAnnotations), command('notice', label, `and ${count(rest)} more.`)]
    : all
}

const command = (kind: 'error' | 'warning' | 'notice', title: string, text: string): string =>
  `::${kind} title=${property(title)}::${data(clipped(text))}`

const clipped = (text: string): string => (text.length > 2000 ? `${text.slice(0, 2000)} …` : text)

const data = (text: string): string =>
  visible(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')

const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
