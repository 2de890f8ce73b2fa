import { wilson } from '../analysis/interval.js'
import {
  type Count,
  compare,
  type Kind,
  kinds,
  type Labelled,
  labelledOf,
  type Span,
  samplesOf,
  total,
} from './gold.js'
import { type Compromise, compromise, type Found, ours, type Reader } from './readers.js'
import { speedOf } from './speed.js'

// Compares our rules with a library on texts that were labelled by hand. The library is not a dependency:
// npm install --no-save compromise && npx tsx bench/language.ts

const origins = ['gsm8k', 'humaneval-x-js', 'wikitq', 'agents'] as const
const package_ = 'compromise'
const library = await import(package_).then(
  (module: { default: Compromise }) => module.default,
  () => null,
)
const readers: readonly Reader[] = [
  ours,
  ...(library ? [compromise(library, 'topics'), compromise(library, 'ProperNoun')] : []),
]
const texts = origins.map((origin) => ({ origin, labelled: labelledOf(origin) }))
const all = texts.flatMap(({ labelled }) => labelled)

const share = (part: number, whole: number) => {
  if (whole === 0) return '–'
  const { low, high } = wilson(part, whole)
  const [mean, from, to] = [part / whole, low, high].map((value) => Math.round(value * 100))
  return `${mean} (${from}–${to}, n ${whole})`
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/** Borders between units: the first unit begins where the text begins, which nobody has to find. */
function borders({ text, starts, unlabelled }: Labelled, found: Found): Count {
  const isInner = (at: number) =>
    at !== starts[0] && !unlabelled.some(({ start, end }) => start < at && at < end)
  const point = (at: number): Span => ({ start: at, end: at + 1 })
  const labels = starts.slice(1).map(point)
  const own = new Set(starts)
  const inner = found.starts.filter((at) => at < text.length && (own.has(at) || isInner(at)))
  return compare(labels, [...new Set(inner)].filter((at) => at !== starts[0]).map(point))
}

/** A year is a number and a part of a date: what is right for the one is no false alarm of the other. */
const twins: Readonly<Partial<Record<Kind, Kind>>> = { numbers: 'dates', dates: 'numbers' }

function details(kind: Kind, one: Labelled, { spans, also }: Found): Count {
  const isIn = (labels: readonly Span[], span: Span) => compare(labels, [span]).right > 0
  const twin = twins[kind]
  const counted = spans[kind].filter(
    (span) =>
      !isIn(one.unlabelled, span) &&
      (isIn(one.spans[kind], span) || !twin || !isIn(one.spans[twin], span)),
  )
  return compare(one.spans[kind], counted, [...also, ...(twin ? spans[twin] : [])])
}

function countsOf(reader: Reader, labelled: readonly Labelled[]) {
  const found = labelled.map((one) => ({ one, read: reader.read(one.text) }))
  return [
    { what: 'borders', count: total(found.map(({ one, read }) => borders(one, read))) },
    ...kinds.map((kind) => ({
      what: kind,
      count: total(found.map(({ one, read }) => details(kind, one, read))),
    })),
  ]
}

function compared(labelled: readonly Labelled[]): string {
  const columns = readers.map((reader) => countsOf(reader, labelled))
  const [first = []] = columns
  return [
    row(['', ...readers.flatMap(({ name }) => [`${name}: precision`, 'recall'])]),
    row(['---', ...readers.flatMap(() => ['---', '---'])]),
    ...first.map(({ what }, at) =>
      row([
        what,
        ...columns.flatMap((column) => {
          const { right, found, hit, labelled } = column[at]?.count ?? total([])
          return [share(right, found), share(hit, labelled)]
        }),
      ]),
    ),
  ].join('\n')
}

console.log(`## All ${all.length} texts\n\n${compared(all)}`)
for (const { origin, labelled } of texts) console.log(`\n## ${origin}\n\n${compared(labelled)}`)

const aside = ['gsm8k', 'wikitq'].flatMap((origin) => labelledOf(origin, 'kept-aside'))
const names = compared(aside)
  .split('\n')
  .filter((line, at) => at < 2 || line.startsWith('| names'))
console.log(`\n## Names in ${aside.length} texts kept aside\n\n${names.join('\n')}`)

const unlabelled = ['gsm8k', 'humaneval-x-js', 'wikitq'].flatMap(samplesOf).map(({ text }) => text)
console.log(`\n## Speed on ${unlabelled.length} texts\n`)
for (const { name, read } of readers) {
  const { perText, large } = speedOf(read, unlabelled)
  console.log(`- ${name}: ${perText.toFixed(2)} ms a text, ${large.toFixed(1)} s for 100 kB`)
}
