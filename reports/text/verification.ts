import { Chalk, type ChalkInstance } from 'chalk'
import { type Contradiction, type Disagreement, disagreements } from '../../core/contradiction.js'
import { type ReportContext, simulatedNotice } from '../../core/report.js'
import type {
  RunVerification,
  SystemVerification,
  VerifiedDefence,
} from '../../core/verification.js'
import { visible } from './escape.js'
import { clip, columns, pad, wrap } from './layout.js'
import type { Note } from './note.js'
import { hanging, type Lines, noted, type Pen } from './notes.js'
import { count, counted } from './numbers.js'

/** What proof by removal says of a run, for people at a terminal. */
export function renderVerification(
  verification: RunVerification,
  { width, colour }: Pick<ReportContext, 'width' | 'colour'>,
): string {
  const pen: Pen = { width: Math.max(60, width), paint: new Chalk({ level: colour ? 1 : 0 }) }
  const { systems, contradictions } = verification
  const sections: readonly Lines[] = [
    noted(headNotes(verification), pen),
    ...systems.map((system) => systemLines(system, pen)),
    systems.length > 0 ? glossaryLines(pen) : [],
    contradictionLines(contradictions, pen),
  ]
  const shown = sections.filter((lines) => lines.length > 0)
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function headNotes({ run, evidence, systems }: RunVerification): readonly Note[] {
  const sum = (of: (system: SystemVerification) => number) =>
    systems.reduce((all, system) => all + of(system), 0)
  const [tried, candidates] = [sum((one) => one.tried), sum((one) => one.candidates)]
  const text =
    systems.length === 0
      ? `No system of ${visible(run)} has a defence that could be taken out.`
      : `${count(tried)} of ${counted(candidates, 'held trial')} of ${visible(run)} repeated without defences, at the same sites.`
  return [
    { label: 'VERIFIED', text, tone: 'quiet' },
    ...(evidence === 'simulated'
      ? [{ label: 'SIMULATED', text: simulatedNotice, tone: 'doubt' as const }]
      : []),
  ]
}

type Column = Readonly<{ title: string; text: (defence: VerifiedDefence) => string }>

const columnsOfTable: readonly Column[] = [
  { title: 'needed', text: ({ needed }) => count(needed) },
  { title: 'among', text: ({ among }) => count(among) },
  { title: 'spared', text: ({ spared }) => count(spared) },
]

function systemLines(system: SystemVerification, pen: Pen): Lines {
  const { paint } = pen
  const { tried, candidates, defences } = system
  const title = `${visible(system.system)}: ${count(tried)} of ${counted(candidates, 'held trial')}`
  const head = ` ${paint.bold(clip(title, pen.width - 1))}`
  if (tried === 0) return [head]
  return [head, ...defenceTable(defences, pen), ...verdictLines(system, pen)]
}

function defenceTable(defences: readonly VerifiedDefence[], { width, paint }: Pen): Lines {
  const names = Math.min(28, Math.max(7, ...defences.map(({ id }) => columns(visible(id)))))
  const row = (id: string, tier: string, cells: readonly string[], last: string) => {
    const start = ` ${pad(clip(id, names), names)}  ${pad(tier, 9)}`
    const numbers = cells.map((text, at) => {
      const { title } = columnsOfTable[at] ?? { title: '' }
      return `  ${pad(text, columns(title), 'right')}`
    })
    return clip(`${start}${numbers.join('')}  ${last}`.trimEnd(), width)
  }
  const titles = columnsOfTable.map(({ title }) => title)
  return [
    paint.dim(row('defence', 'tier', titles, 'untestable')),
    ...defences.map((defence) =>
      row(
        visible(defence.id),
        defence.tier,
        columnsOfTable.map(({ text }) => text(defence)),
        reasonsText(defence.untestable),
      ),
    ),
  ]
}

const reasonsText = (reasons: VerifiedDefence['untestable']): string =>
  Object.entries(reasons)
    .map(([reason, n]) => `${count(n)} ${reason}`)
    .join(', ') || '0'

function verdictLines(
  { necessary, redundant, unexplained, untestable, partly, sets }: SystemVerification,
  pen: Pen,
): Lines {
  const { paint } = pen
  const named = Object.entries(sets).map(([set, n]) => `${visible(set)} ${count(n)}`)
  const words = [
    ['necessary', count(necessary)],
    ['redundant', `${count(redundant)}${named.length > 0 ? `: ${named.join(', ')}` : ''}`],
    [
      'unexplained',
      `${count(unexplained)}${partly > 0 ? `; in ${count(partly)} of them some defence could not be taken out` : ''}`,
    ],
    ['untestable', count(untestable)],
  ] as const
  return words.flatMap(([title, text]) =>
    hanging(title, text, { label: 11, paint: paint.dim }, pen),
  )
}

const glossary = [
  ['needed', 'the trial broke without this defence alone'],
  ['among', 'it broke without this and others: each of them suffices'],
  ['spared', 'it held without this defence alone'],
  ['untestable', 'without it the site is gone, the task fails or the fault does nothing'],
  ['unexplained', 'held without all that could be taken out: by the model, or by luck'],
] as const

const glossaryLines = (pen: Pen): Lines =>
  glossary.flatMap(([word, meaning]) =>
    hanging(word, meaning, { label: 11, paint: pen.paint.dim, body: pen.paint.dim }, pen),
  )

function contradictionLines(contradictions: readonly Contradiction[], pen: Pen): Lines {
  if (contradictions.length === 0) return []
  const trials = contradictions.reduce((all, one) => all + one.count, 0)
  const { bold, dim } = pen.paint
  const groups = disagreements.flatMap((because) => {
    const some = contradictions.filter((one) => one.because === because)
    const times = some.reduce((all, one) => all + one.count, 0)
    return some.length === 0
      ? []
      : [
          ...hanging(count(times), reasons[because], { label: 5, paint: bold }, pen),
          ...some.flatMap((one) =>
            hanging('', sentenceOf(one), { label: 7, paint: dim, body: dim }, pen),
          ),
        ]
  })
  return [
    ...quiet(`Behaviours and removal differ, ${counted(trials, 'time')}:`, bold, pen),
    ...groups,
  ]
}

const quiet = (text: string, paint: ChalkInstance, { width }: Pen): Lines =>
  wrap(text, width - 1).map((line) => ` ${paint(line)}`)

const reasons: Readonly<Record<Disagreement, string>> = {
  'not-needed': 'It acted and was not needed: without it another behaviour is seen, and it holds.',
  beside: 'The behaviour credits another tier as well, and that cannot be taken out.',
  'other-tier': 'What saved the trial is declared with another tier.',
  undeclared: 'The same is seen without all defences: what acted is no declared one.',
  silent: 'The behaviour does not speak of the tier that it rested on.',
  unknown: 'Nobody knows why.',
}

function sentenceOf({
  kind,
  tier,
  fault,
  behaviour,
  verified,
  count: times,
  example,
}: Contradiction): string {
  const said = kind === 'seen-not-verified' ? `${tier}` : `no ${tier}`
  return `${count(times)} ${visible(fault)}, ${visible(behaviour)}: ${said}; removal: ${visible(verified)}; ${visible(example)}`
}
