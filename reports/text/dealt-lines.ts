import type { FaultFacts } from '../../core/report.js'
import type { Score, Summary } from '../../core/schemas/summary.js'
import type { Row } from './cells.js'
import {
  containedText,
  type Dealt,
  dealtOf,
  dealtWords,
  passedOnText,
  seenItems,
  type TierRow,
  tierRowsOf,
} from './dealt.js'
import { visible } from './escape.js'
import {
  type Choice,
  type Column,
  fitting,
  type InWords,
  inWords,
  saying,
  textsOf,
  titlesOf,
  widthOf,
} from './fitting.js'
import { clip, columns, pad } from './layout.js'
import { hanging, type Lines, type Pen } from './notes.js'
import { count, interval, known, ofAll, percent } from './numbers.js'
import { nameOf, signed } from './table.js'

/** How each system dealt with its faults, for a terminal: its tiers, then its cells; what the words mean comes last. */
export function dealtLines(
  summary: Summary,
  faults: readonly FaultFacts[],
  pen: Pen,
): readonly Lines[] {
  const dealt = dealtOf(summary, faults)
  const sections = dealt.map((one) => [
    ...title(`How ${visible(one.system.system)} dealt with the faults`, pen),
    ...tierLines(one, pen),
    '',
    ...one.blocks.flatMap(({ scenario, rows }) => [
      ...(one.blocks.length > 1 ? title(`on ${visible(scenario)}`, pen) : []),
      ...cellLines(rows, pen),
    ]),
  ])
  return [...sections, glossaryLines(summary, sections.flat().join('\n'), pen)]
}

const title = (text: string, { width, paint }: Pen): Lines => [
  ` ${paint.bold(clip(text, width - 1))}`,
]

/** One line of the table of tiers, each part as it is shown. */
type Line = Readonly<{
  label: string
  count: string
  rate: string
  local?: string
  success?: string
  verified?: string
}>

const always: readonly Column<Line>[] = [
  { title: 'acted', align: 'right', text: ({ count }) => count },
  { title: '', align: 'left', text: ({ rate }) => rate },
]

const optional: readonly Column<Line>[] = [
  { title: 'recovered there', align: 'left', text: ({ local = '' }) => local },
  { title: 'right in the end', align: 'left', text: ({ success = '' }) => success },
  { title: 'verified', align: 'right', text: ({ verified = '' }) => verified },
]

const lineOf = ({ tier, score, none, verified }: TierRow): Line => ({
  ...(score
    ? { count: ofAll(score.occurrence), rate: aligned(score.occurrence) }
    : { count: '', rate: none }),
  label: tier,
  local: score ? aligned(score.local) : '',
  success: score ? aligned(score.success) : '',
  verified,
})

function tierLines(dealt: Dealt, pen: Pen): Lines {
  const { detection, undetermined } = dealt.system
  const noticed = { label: 'noticed', count: ofAll(detection), rate: aligned(detection) }
  const unknown = { label: '', count: `${count(undetermined)}/${count(detection.n)}` }
  const lines: readonly Line[] = [
    ...tierRowsOf(dealt).map(lineOf),
    noticed,
    ...(undetermined > 0 ? [{ ...unknown, rate: 'undetermined' }] : []),
  ]
  const choice = saying({ always, optional }, lines)
  const shown = fitting(choice, lines, pen.width - label - 1)
  const { bold, dim } = pen.paint
  return [
    dim(`${' '.repeat(label + 1)}${titlesOf(shown, lines)}`),
    ...lines.map((line) =>
      ` ${bold(pad(line.label, label))}${textsOf(line, shown, lines)}`.trimEnd(),
    ),
    ...wordLines(inWords(choice, shown, { items: lines, nameOf: (line) => line.label }), pen),
  ]
}

/** The widest name of a tier. */
const label = 9

const cellColumns: Choice<Row> = {
  always: [
    { title: 'noticed', align: 'right', text: ({ cell }) => ofAll(cell.detection) },
    { title: '', align: 'left', text: ({ cell }) => aligned(cell.detection) },
  ],
  optional: [
    { title: 'contained', align: 'right', text: ({ cell }) => containedText(cell) },
    { title: 'passed on by', align: 'left', text: ({ cell }) => passedOnText(cell) },
  ],
}

/** With less room than this what was seen is broken into too many lines. */
const roomToSee = 40

function cellLines(rows: readonly Row[], pen: Pen): Lines {
  const { width, paint } = pen
  const names = Math.min(12, Math.max(...rows.map((row) => columns(nameOf(row)))))
  const choice = saying(cellColumns, rows)
  const shown = fitting(choice, rows, width - names - 3 - 2 - roomToSee)
  const start = names + 3 + widthOf(shown, rows) + 2
  const lines = rows.flatMap((row) => {
    const seen = joined(seenItems(row.cell, visible), width - start)
    const name = pad(clip(nameOf(row), names), names)
    const head = ` ${signed(row, paint)} ${name}${textsOf(row, shown, rows)}  `
    return seen.map((text, at) => `${at === 0 ? head : ' '.repeat(start)}${text}`.trimEnd())
  })
  return [
    paint.dim(`${' '.repeat(names + 3)}${titlesOf(shown, rows)}  seen`),
    ...lines,
    ...wordLines(inWords(choice, shown, { items: rows, nameOf }), pen),
  ]
}

function wordLines(words: InWords, { width, paint }: Pen): Lines {
  const longest = Math.max(label, ...words.map(([name]) => columns(name)))
  const look = { label: longest, paint: paint.dim, body: paint.dim }
  return words.flatMap(([name, text]) => hanging(name, text, look, { width, paint }))
}

/** Things in a row, broken between two of them only; one that is longer than a line is cut. */
function joined(items: readonly string[], width: number): Lines {
  const lines: string[] = []
  for (const [at, item] of items.entries()) {
    const text = clip(at < items.length - 1 ? `${item},` : item, width)
    const last = lines.at(-1)
    const longer = `${last} ${text}`
    if (last !== undefined && columns(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(text)
  }
  return lines.length > 0 ? lines : ['']
}

const aligned = (score: Score): string => {
  const found = known(score)
  return found ? `${percent(found.mean).padStart(4)} ${interval(found)}` : ''
}

/** Only what was said needs to be explained. */
function glossaryLines(summary: Summary, said: string, pen: Pen): Lines {
  const { dim } = pen.paint
  const look = { label: columns('right in the end'), paint: dim, body: dim }
  return dealtWords(summary)
    .filter(([word]) => said.includes(word))
    .flatMap(([word, meaning]) => hanging(word, meaning, look, pen))
}
