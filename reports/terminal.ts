import { Chalk } from 'chalk'
import type { Report, ReportContext } from '../core/report.js'
import type { Summary } from '../core/schemas/summary.js'
import { attributionOf } from './text/attribution.js'
import { type Block, blocksOf, earlyMeaning, marks, signOf, signs } from './text/cells.js'
import { dealtLines } from './text/dealt-lines.js'
import { visible } from './text/escape.js'
import { caveatNotes } from './text/evidence.js'
import { headline } from './text/headline.js'
import { clip, columns, pad, wrap } from './text/layout.js'
import { leftOut } from './text/left-out.js'
import { lookNotes } from './text/look.js'
import { nextCommands } from './text/next.js'
import { hanging, type Lines, noted, type Pen } from './text/notes.js'
import { sweepNotes } from './text/sweep.js'
import { orderNote, pairNotes, scoreNote, systemText } from './text/systems.js'
import { faultTable, hasPlacebo } from './text/table.js'
import { verifiedNotes } from './text/verified.js'

/** The result of a run for people at a terminal. */
export const terminal: Report = {
  id: 'terminal',
  summary: 'The result as text, for a terminal of any width from 60 columns on.',
  file: null,
  render(summary, context) {
    const paint = new Chalk({ level: context.colour ? 1 : 0 })
    const pen: Pen = { width: Math.max(60, context.width), paint }
    const sections: readonly Lines[] = [
      noted(headline(summary, visible), pen),
      ...blockSections(summary, context, pen),
      legend(summary, context, pen),
      systemLines(summary, pen),
      ...dealtLines(summary, context.faults, pen),
      noted(
        [
          ...sweepNotes(summary, context.faults, visible),
          ...caveatNotes(summary, visible),
          ...verifiedNotes(summary, visible),
          ...lookNotes(summary, visible),
          ...leftOut(summary, context.faults, visible),
        ],
        pen,
      ),
      nextLines(summary, context, pen),
    ]
    const shown = sections.filter((lines) => lines.length > 0)
    return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`
  },
}

/** The cells of each system and scenario; where a scenario comes first it is said where its material comes from. */
function blockSections(summary: Summary, { faults }: ReportContext, pen: Pen): readonly Lines[] {
  const blocks = blocksOf(summary, faults)
  return blocks.map((block, at) => {
    const first = blocks.findIndex(({ scenario }) => scenario === block.scenario)
    return blockLines(block, first === at ? attributionOf(summary, block.scenario) : null, pen)
  })
}

function blockLines(block: Block, from: string | null, pen: Pen): Lines {
  const title = clip(`${visible(block.system)} on ${visible(block.scenario)}`, pen.width - 1)
  const { dim } = pen.paint
  const { lines, inWords } = faultTable(block, pen.width, pen.paint)
  const words = inWords.flatMap(([name, text]) =>
    hanging(name, text, { label: 8, paint: dim, body: dim }, pen),
  )
  const said = from === null ? [] : quiet(visible(from), pen)
  return [` ${pen.paint.bold(title)}`, ...said, ...lines, ...words]
}

type Meanings = readonly (readonly [word: string, meaning: string])[]

const compared: Meanings = [
  [marks.above, 'above'],
  [marks.around, 'around'],
  [marks.below, 'below'],
]

const unscored: Meanings = [
  [signs.apart, 'only luck can save it'],
  [signs['not measured'], 'not measured'],
  [signs['no site'], 'no site'],
]

const glossary: Meanings = [
  ['on these tasks', 'held if the same tasks ran again with new seeds'],
  ['like these', 'held on other tasks of this kind; too few: fewer than 6'],
  ['damage', 'points below the placebo, where nothing was changed'],
  ['coverage', 'trials that count of those that should'],
]

/** Says what the signs mean that were used, and what the columns are. */
function legend(summary: Summary, { faults }: ReportContext, pen: Pen): Lines {
  const rows = blocksOf(summary, faults).flatMap((block) => block.rows)
  const used = new Set(rows.map(signOf))
  const said = (meanings: Meanings) =>
    meanings.flatMap(([sign, meaning]) => (used.has(sign) ? [`${sign} ${meaning}`] : [])).join('  ')
  const words: Meanings = [
    ['against one half', said(compared)],
    ['without a score', said(unscored)],
    ...(said(compared) ? glossary : []).filter(
      ([word]) => word !== 'damage' || rows.some(hasPlacebo),
    ),
    ...(rows.some(({ cell }) => cell.decidedEarly) ? [['early', earlyMeaning] as const] : []),
  ]
  const { dim } = pen.paint
  const look = { label: columns('against one half'), paint: dim, body: dim }
  return words
    .filter(([, meaning]) => meaning !== '')
    .flatMap(([word, meaning]) => hanging(word, meaning, look, pen))
}

function systemLines(summary: Summary, pen: Pen): Lines {
  const names = summary.systems.map(({ system }) => visible(system))
  const look = { label: Math.min(24, Math.max(0, ...names.map(columns))), paint: pen.paint.bold }
  const scored = summary.run.imported ? [] : summary.systems
  const blocks = scored.flatMap((system, index) => {
    const { score, worst, baseline, measured, calls } = systemText(system)
    const texts = [
      `score ${score}; ${measured}`,
      ...(worst ? [`worst category ${worst}`] : []),
      `baseline ${baseline}${calls ? `; ${calls} calls a trial` : ''}`,
    ]
    return texts.flatMap((text, at) =>
      hanging(at === 0 ? (names[index] ?? '') : '', text, look, pen),
    )
  })
  const notes = [scoreNote(summary), ...pairNotes(summary, visible), orderNote(summary)].filter(
    (note) => note !== null,
  )
  return [...blocks, ...notes.flatMap((note) => quiet(note, pen))]
}

const quiet = (text: string, { width, paint }: Pen): Lines =>
  wrap(text, width - 1).map((line) => ` ${paint.dim(line)}`)

function nextLines(summary: Summary, { faults, folder }: ReportContext, pen: Pen): Lines {
  const commands = nextCommands(summary, faults, visible)
  const longest = Math.max(...commands.map(([command]) => columns(command)))
  const beside = ([command, purpose]: readonly [string, string]) =>
    10 + longest + columns(purpose) <= pen.width
      ? `${pad(command, longest)}  ${pen.paint.dim(purpose)}`
      : clip(command, pen.width - 7)
  const start = (label: string, at: number) => ` ${pen.paint.bold(at === 0 ? label : '    ')}  `
  return [
    ...commands.map((command, at) => start('Next', at) + beside(command)),
    ...(folder === null ? [] : [start('Kept', 0) + clip(visible(folder), pen.width - 7)]),
  ]
}
