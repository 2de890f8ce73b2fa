import chalk from 'chalk'
import type { BehaviourRule } from '../core/fault.js'
import type { FlowGraph } from '../core/flow.js'
import { groupBy } from '../core/lists.js'
import type { Behaviour, Spread } from '../core/schemas/behaviour.js'
import type { TraceLine } from '../core/schemas/trace-line.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { VerificationLine } from '../core/schemas/verification.js'
import { faultWithoutParameters } from '../core/trial-id.js'
import { visible } from '../reports/text/escape.js'
import { wrap } from '../reports/text/layout.js'
import { counted } from '../reports/text/numbers.js'
import { claimText } from './claim-text.js'
import type { Display } from './console.js'
import { flowLines } from './flow-view.js'

/** All that is known of how a system dealt with the faults of a trial. */
export type Dealing = Readonly<{
  line: TrialLine
  trace: TraceLine | null
  flow: FlowGraph | null
  /** What taking defences out proved of it; null when nobody tried. */
  verification: VerificationLine | null
  faults: readonly Readonly<{ id: string; behaviours: readonly BehaviourRule[] }>[]
}>

type Width = Pick<Display, 'width'>

/** What the system did with the faults of a trial, with the steps that prove it and the way that the first of them went. */
export function dealingView(dealing: Dealing, width: Width): string {
  const { line, trace, flow, verification } = dealing
  const sections = [
    ...line.behaviours.map((behaviour) => behaviourLines(behaviour, dealing, width)),
    line.behaviours.length > 0 ? reachLines(line, trace, width) : [],
    verification ? verificationLines(verification, width) : [],
    flow && flow.fault !== null ? wayLines(flow, width) : [],
  ].filter((lines) => lines.length > 0)
  const head = ` ${chalk.bold('What the system did')}`
  if (sections.length === 0) return `${head}\n\n${hanging('', inert(line), width).join('\n')}`
  return `${head}\n\n${sections.map((lines) => lines.join('\n')).join('\n\n')}`
}

/** Why there is nothing to say of a trial with a fault. */
const inert = ({ dormantBecause, outcome, injections }: TrialLine): string =>
  dormantBecause !== null || injections.every(({ effective }) => !effective)
    ? `No fault acted${dormantBecause === null ? '' : ` (${dormantBecause})`}, so there was nothing to deal with.`
    : `Nothing is known of it; the trial ended as ${outcome.kind}.`

function behaviourLines(
  { fault, id, by, tiers, proof, undecided }: Behaviour,
  {
    faults,
    trace,
    line: {
      behaviours: { length: among },
    },
  }: Dealing,
  width: Width,
): readonly string[] {
  const rules = faults.find((one) => one.id === faultWithoutParameters(fault))?.behaviours ?? []
  const summary = rules.find((rule) => rule.id === id)?.summary
  const name = id === null ? nameless(undecided) : visible(id)
  const spoken = Object.entries(tiers).map(([tier, effect]) => `${tier} ${effect}`)
  const isAmong = among > 1
  return [
    ...(isAmong ? labelled('fault', [visible(fault)], width) : []),
    ...labelled('behaviour', [`${name}${summary ? `: ${summary}` : ''}`], width),
    ...(by === null ? [] : labelled('decided by', [deciders[by]], width)),
    ...(id === null ? [] : labelled('tiers', [spoken.join(', ') || 'none'], width)),
    ...labelled(
      'proof',
      proof.map((one) => `step ${String(one.step).padEnd(3)} ${claimText(one, trace)}`),
      width,
      { hang: 9, most: 2 },
    ),
    ...(undecided.length === 0
      ? []
      : labelled(
          'undecided',
          [`${undecided.map(visible).join(', ')}, asked first: only a judge model can tell`],
          width,
        )),
  ]
}

const nameless = (undecided: readonly string[]): string =>
  undecided.length > 0
    ? 'undetermined: no rule holds, and a judge model was not asked or gave no answer'
    : 'unclassified: none of the behaviours that are known for it'

const deciders = {
  program: 'program: exactly',
  heuristic: 'heuristic: by words, with expected errors',
  judge: 'judge model: it quoted the steps',
} as const

function reachLines(
  { noticed, spread }: TrialLine,
  trace: TraceLine | null,
  width: Width,
): readonly string[] {
  const by = (step: number) => visible(trace?.steps[step]?.agent ?? '')
  const told = noticed === null ? 'by nobody' : `at step ${noticed} by ${by(noticed)}`
  return [
    ...labelled('noticed', [told], width),
    ...(spread ? labelled('came to', [reachText(spread, by)], width) : []),
  ]
}

function reachText({ agents, contained, lastTainted }: Spread, by: (step: number) => string) {
  const names = agents.map(visible).join(', ')
  const far = agents.length === 0 ? 'nobody' : `${counted(agents.length, 'agent')}: ${names}`
  const last = lastTainted === null ? '' : `, last at step ${lastTainted}`
  const end =
    contained === null ? 'nothing stopped it' : `stopped at step ${contained} by ${by(contained)}`
  return `${far}${last}; ${end}`
}

function verificationLines(
  { verdict, verified, defences }: VerificationLine,
  width: Width,
): readonly string[] {
  const sets = verified.map((one) => setText(one.defences))
  const others = defences.filter(({ outcome }) => outcome !== 'broke')
  const alike = groupBy(others, ({ outcome, because }) =>
    because === null ? outcome : `${outcome} (${because})`,
  )
  const told = [...alike].map(
    ([outcome, some]) => `${outcome} without ${some.map(({ ids }) => setText(ids)).join(', ')}`,
  )
  return [
    ...labelled(
      'verified',
      [`${verdict}: ${meanings[verdict](sets.join(', or without '))}`],
      width,
    ),
    ...labelled('', told, width, { hang: 2 }),
  ]
}

const mostNamed = 3

/** Defences that were left out at once. */
const setText = (ids: readonly string[]): string =>
  ids.length > mostNamed ? `${ids.length} at once` : ids.map(visible).join('+')

const meanings: Readonly<Record<VerificationLine['verdict'], (sets: string) => string>> = {
  necessary: (sets) => `the trial breaks without ${sets}`,
  redundant: (sets) => `it breaks only without several at once: ${sets}`,
  unexplained: () => 'it holds without all that could be taken out',
  untestable: () => 'without its defences there is no such trial',
}

function wayLines(flow: FlowGraph, width: Width): readonly string[] {
  const lines = flowLines(flow, width)
  const title = ` ${chalk.bold('The way of the fault')}${chalk.dim('   -> passed on   x stopped')}`
  return lines.length === 0 ? [] : [title, ...lines]
}

const indent = 13

/** Texts behind a label, each on as many lines as it needs, or as it may take. */
function labelled(
  label: string,
  texts: readonly string[],
  width: Width,
  { hang = 0, most = Number.POSITIVE_INFINITY } = {},
): readonly string[] {
  const lines = texts.flatMap((text) => cutAfter(most, hanging(' '.repeat(hang), text, width)))
  const [first = '', ...rest] = lines
  if (lines.length === 0) return []
  const isLong = label.length > indent - 3
  const head = ` ${chalk.dim(label)}`
  return isLong
    ? [head, ...lines]
    : [`${head}${' '.repeat(indent - 1 - label.length)}${first.slice(indent)}`, ...rest]
}

function hanging(hang: string, text: string, { width }: Width): readonly string[] {
  const [first = '', ...rest] = wrap(text, width - indent - hang.length)
  const margin = ' '.repeat(indent)
  return [`${margin}${first}`, ...rest.map((line) => `${margin}${hang}${line}`)]
}

const cutAfter = (most: number, lines: readonly string[]): readonly string[] =>
  lines.length <= most
    ? lines
    : lines.slice(0, most).map((line, at) => (at === most - 1 ? `${line.slice(0, -1)}…` : line))
