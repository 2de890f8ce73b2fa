import { groupBy } from '../core/lists.js'
import type { Report, ReportContext } from '../core/report.js'
import type { Summary } from '../core/schemas/summary.js'
import { attributionOf } from './text/attribution.js'
import { type Block, blocksOf, earlyMeaning, type Row } from './text/cells.js'
import { dealtParts } from './text/dealt-markdown.js'
import { markdownCode, markdownName, markdownSentence } from './text/escape.js'
import { caveatNotes, evidenceWord } from './text/evidence.js'
import { headline } from './text/headline.js'
import { leftOut } from './text/left-out.js'
import { lookNotes } from './text/look.js'
import { markdownTable } from './text/markdown-table.js'
import { nextCommands } from './text/next.js'
import type { Note } from './text/note.js'
import { count, interval, known, points, rate } from './text/numbers.js'
import { sweepNotes } from './text/sweep.js'
import { orderNote, pairNotes, scoreNote, systemText } from './text/systems.js'
import { hasPlacebo } from './text/table.js'
import { verifiedNotes } from './text/verified.js'

/** The result of a run as Markdown, to paste into an issue or a pull request. */
export const markdown: Report = {
  id: 'markdown',
  summary: 'The result as Markdown, to paste into an issue or a pull request.',
  file: 'report.md',
  render(summary, { faults }) {
    const byScenario = groupBy(blocksOf(summary, faults), ({ scenario }) => scenario)
    const order = orderNote(summary)
    const parts = [
      `# Firedrill report, ${evidenceWord(summary)}`,
      ...headline(summary, markdownName).map(paragraph),
      ...[...byScenario].flatMap(([scenario, blocks]) => scenarioParts(scenario, blocks, summary)),
      cellNote(summary),
      '## Systems',
      ...(summary.run.imported ? [] : [systemTable(summary)]),
      scoreNote(summary),
      ...pairNotes(summary, markdownName),
      ...(order ? [order] : []),
      ...dealtParts(summary, faults),
      ...sweepNotes(summary, faults, markdownName).map(paragraph),
      ...caveatNotes(summary, markdownName).map(paragraph),
      ...verifiedNotes(summary, markdownName).map(paragraph),
      ...lookNotes(summary, markdownName).map(paragraph),
      '## Left out',
      ...leftOut(summary, faults, markdownName).map(paragraph),
      '## Next',
      nextBlock(summary, faults),
    ]
    return `${parts.join('\n\n')}\n`
  },
}

const paragraph = ({ label, text, items = [] }: Note) =>
  [
    `**${label}** ${text}`,
    ...(items.length > 0 ? [''] : []),
    ...items.map((item) => `- ${item}`),
  ].join('\n')

/** What stands in a cell of the tables. */
function cellNote({ run, cells }: Summary): string {
  const against = run.imported ? '' : ', and the damage in points against the placebo'
  const isEarly = cells.some(({ decidedEarly }) => decidedEarly)
  return [
    `Each cell: held of the trials that count, the rate with its interval on these tasks, the interval on tasks like these${against}.`,
    ...(isEarly ? [`Early: ${earlyMeaning}.`] : []),
  ].join(' ')
}

function scenarioParts(
  scenario: string,
  blocks: readonly Block[],
  summary: Summary,
): readonly string[] {
  const from = attributionOf(summary, scenario)
  const said = from === null ? [] : [markdownSentence(from)]
  return [`## ${markdownName(scenario)}`, ...said, heatTable(blocks)]
}

function heatTable(blocks: readonly Block[]): string {
  const faults = [
    ...new Map(blocks.flatMap(({ rows }) => rows.map((row) => [row.cell.fault, row]))),
  ]
  const rows = faults.map(([fault, { abbreviation }]) => {
    const cells = blocks.map((block) => {
      const row = block.rows.find(({ cell }) => cell.fault === fault)
      return row ? cellText(row) : ''
    })
    return [
      `${abbreviation ? markdownName(abbreviation) : ''} ${markdownName(fault)}`.trim(),
      ...cells,
    ]
  })
  const head = ['fault', ...blocks.map(({ system }) => markdownName(system))]
  return markdownTable(head, rows)
}

function cellText(row: Row): string {
  const { cell, standing } = row
  if (standing !== 'scored') return standing
  const others = known(cell.robustnessOnTasksLikeThese)
  const damage = points(cell.damage)
  return [
    `${count(cell.held)}/${count(cell.n)}, ${rate(cell.robustness)}${cell.decidedEarly ? ', early' : ''}`,
    others ? `like these ${interval(others)}` : 'like these: too few tasks',
    ...(hasPlacebo(row) ? [damage ? `damage ${damage}` : 'damage unknown'] : []),
  ].join('<br>')
}

function systemTable({ systems }: Summary): string {
  const head = ['system', 'score', 'worst category', 'baseline', 'measured', 'calls a trial']
  const rows = systems.map((system) => {
    const { score, worst, baseline, measured, calls } = systemText(system)
    return [markdownName(system.system), score, worst ?? '', baseline, measured, calls ?? '']
  })
  return markdownTable(head, rows)
}

function nextBlock(summary: Summary, faults: ReportContext['faults']): string {
  const commands = nextCommands(summary, faults, markdownCode).map(([command]) => command)
  return ['```', ...commands, '```'].join('\n')
}
