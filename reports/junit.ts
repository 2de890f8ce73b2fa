import type { Report, ReportContext } from '../core/report.js'
import type { GateSubject, Summary } from '../core/schemas/summary.js'
import { attributionOf } from './text/attribution.js'
import { cellVerdict } from './text/cell-verdict.js'
import { type Block, blocksOf, coverageOf, type Row } from './text/cells.js'
import { dealtOf } from './text/dealt.js'
import { dealtSaid, tierFacts } from './text/dealt-words.js'
import { visible } from './text/escape.js'
import { evidenceNote, evidenceWord } from './text/evidence.js'
import { subjectText } from './text/gates.js'
import { leftOut } from './text/left-out.js'
import { interval, known, percent } from './text/numbers.js'

/** The result as JUnit XML, which the test views of CI systems show: a case is a cell or a question of a gate. */
export const junit: Report = {
  id: 'junit',
  summary: 'The result as JUnit XML: gates and cells as test cases, for CI systems.',
  file: 'junit.xml',
  render(summary, { faults }) {
    const suites = [
      ...(summary.gates.length > 0 ? [gateSuite(summary)] : []),
      ...blocksOf(summary, faults).map((block) => cellSuite(block, summary, faults)),
    ]
    const total = countsOf(suites.flatMap(({ cases }) => cases))
    const head = `<testsuites name="firedrill ${evidenceWord(summary)}"${total.asked} time="0">`
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      head,
      ...suites.map(suiteText),
      '</testsuites>',
      '',
    ].join('\n')
  },
}

type Result = Readonly<{ kind: 'passed' | 'failure' | 'error' | 'skipped'; message: string }>
type Case = Readonly<{
  classname: string
  name: string
  result: Result
  /** What else is to be known of it. */
  says: readonly string[]
}>
type Suite = Readonly<{
  name: string
  properties: Properties
  cases: readonly Case[]
  /** What stands below the cases. */
  says: readonly string[]
}>
type Properties = readonly (readonly [name: string, value: string])[]

const factsOf = (summary: Summary): Properties => [
  ['evidence', evidenceWord(summary)],
  ...(evidenceWord(summary) === 'MEASURED'
    ? []
    : [['notice', evidenceNote(summary, visible).text] as const]),
  ['run', summary.run.id],
  ['verdict', summary.verdict],
]

function gateSuite(summary: Summary): Suite {
  const cases = summary.gates.flatMap((gate) =>
    gate.subjects.map((subject) => ({
      classname: 'gates',
      name: [gate.rule, subject.system, subject.part].filter(Boolean).join(' '),
      result: { kind: kindOf(subject), message: subjectText(gate, subject, visible) },
      says: [],
    })),
  )
  return { name: 'gates', properties: factsOf(summary), cases, says: [] }
}

const kindOf = ({ verdict }: Pick<GateSubject, 'verdict'>): Result['kind'] =>
  verdict === 'passed' ? 'passed' : verdict === 'failed' ? 'failure' : 'skipped'

function cellSuite(block: Block, summary: Summary, faults: ReportContext['faults']): Suite {
  const { system, scenario, rows } = block
  const score = summary.systems.find((one) => one.system === system)?.score
  const found = score && known(score)
  const from = attributionOf(summary, scenario)
  return {
    name: `${system}.${scenario}`,
    properties: [
      ...factsOf(summary),
      ...(from === null ? [] : [['attribution', from] as const]),
      ...(found
        ? [
            ['score', found.mean.toFixed(4)] as const,
            ['score.interval', interval(found)] as const,
            ['score.tasks', String(score?.n ?? 0)] as const,
          ]
        : []),
      ...dealtOf(summary, faults)
        .filter((dealt) => dealt.system.system === system)
        .flatMap(tierFacts),
    ],
    cases: rows.map((row) => ({
      classname: `${system}.${scenario}`,
      name: row.cell.fault,
      result: resultOf(row, summary, faults),
      says: dealtSaid(row),
    })),
    says: leftOut(summary, faults, visible).flatMap(({ label, text, items = [] }) => [
      `${label}: ${text}`,
      ...items,
    ]),
  }
}

function resultOf(row: Row, summary: Summary, faults: ReportContext['faults']): Result {
  const { cell } = row
  const { kind, by } = cellVerdict(cell, summary, faults)
  const held = `${cell.held}/${cell.n} held, ${percent(cell.robustness.mean ?? 0)} ${interval(cell.robustness)}${cell.decidedEarly ? ', decided early' : ''}`
  if (kind === 'passed') return { kind: 'passed', message: held }
  if (kind === 'failed' || kind === 'undecided') {
    const asked = by ? ` ${kind}: ${by.gate.rule}.` : ''
    const next = `Look: firedrill report ${summary.run.id}, then firedrill replay TRIAL-ID.`
    return { kind: kind === 'failed' ? 'failure' : 'skipped', message: `${held}.${asked} ${next}` }
  }
  if (kind === 'apart') {
    return { kind: 'skipped', message: `${held}. Only luck can reach a right answer.` }
  }
  if (kind === 'no site')
    return { kind: 'skipped', message: 'The work offers this fault no place.' }
  const { counted, asked } = coverageOf(cell)
  return { kind: 'error', message: `Not measured: ${counted} of ${asked} trials count.` }
}

/** Attributes that count cases; the schema of Jenkins has no `skipped` at the root. */
const countsOf = (cases: readonly Case[]): Readonly<{ asked: string; skipped: string }> => {
  const number = (kind: Result['kind']) => cases.filter(({ result }) => result.kind === kind).length
  return {
    asked: ` tests="${cases.length}" failures="${number('failure')}" errors="${number('error')}"`,
    skipped: ` skipped="${number('skipped')}"`,
  }
}

function suiteText({ name, properties, cases, says }: Suite): string {
  const { asked, skipped } = countsOf(cases)
  return [
    `  <testsuite name="${xml(name)}"${asked}${skipped} time="0">`,
    '    <properties>',
    ...properties.map(
      ([key, value]) => `      <property name="${xml(key)}" value="${xml(value)}"/>`,
    ),
    '    </properties>',
    ...cases.map(caseText),
    ...(says.length > 0 ? [`    <system-out>${says.map(xml).join('\n')}</system-out>`] : []),
    '  </testsuite>',
  ].join('\n')
}

function caseText({ classname, name, result, says }: Case): string {
  const { kind, message } = result
  const head = `    <testcase classname="${xml(classname)}" name="${xml(name)}" time="0"`
  const out = (lines: readonly string[]) =>
    lines.length > 0 ? `<system-out>${lines.map(xml).join('\n')}</system-out>` : ''
  if (kind === 'passed') return `${head}>${out([message, ...says])}</testcase>`
  const body = {
    // Its reason is its text: older schemas know no attribute, and all readers take both.
    skipped: `<skipped>${xml(message)}</skipped>`,
    failure: `<failure message="${xml(message)}" type="gate">${xml(message)}</failure>`,
    error: `<error message="${xml(message)}" type="not-measured">${xml(message)}</error>`,
  }[kind]
  return `${head}>${body}${out(says)}</testcase>`
}

const longest = 4000

// XML 1.0 has no way to write most control characters, not even escaped: they are spelled out before.
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** A text for XML: nothing in it can end an element or an attribute, and every character is one that XML knows. */
function xml(text: string): string {
  const points = [...text]
  const short = points.length > longest ? `${points.slice(0, longest).join('')} …` : text
  return visible(short)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"']/g, (mark) => entities[mark] ?? mark)
}
