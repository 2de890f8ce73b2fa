import { readFileSync, writeFileSync } from 'node:fs'
import { wilson } from '../analysis/interval.js'
import { changed } from '../core/changed.js'
import type { Fault } from '../core/fault.js'
import { read } from '../core/text/facts.js'
import { faults } from '../faults/catalogue.js'
import { type Sample, samplesOf } from './gold.js'
import { type Flaw, flawsOf } from './naturalness.js'
import { payloadOf, siteOf, textsOf } from './payloads.js'

// What the faults that change text do to real texts. npx tsx bench/texts.ts prints the table; --write puts it into
// docs/texts.md; --show <abbreviation> prints every text that one fault makes.

const origins = ['gsm8k', 'humaneval-x-js', 'wikitq'] as const
const samples = origins.map((origin) => ({ origin, samples: samplesOf(origin) }))

type Outcome = Readonly<{
  sample: Sample
  after: string | null
  effective: boolean
  flaws: readonly Flaw[]
}>

function tried(fault: Fault, sample: Sample): Outcome {
  const site = siteOf(fault, sample)
  const before = payloadOf(fault, sample)
  const after = fault.inject(before as never, site)
  if (after === null || !changed(before, after)) {
    return { sample, after: null, effective: false, flaws: [] }
  }
  const [then, now] = [textsOf(before), textsOf(after)]
  const [gone, come] = [without(then, now), without(now, then)]
  return {
    sample,
    after: come.join('\n\n'),
    effective: fault.effect({ before, after } as never, site),
    flaws: come.flatMap((text, at) => flawsOf(gone[at] ?? '', text)),
  }
}

const without = (texts: readonly string[], others: readonly string[]) =>
  texts.filter((text) => !others.includes(text))

/** Faults that change what a text states have nothing to do where none of its sentences states a fact. */
const needFacts: readonly string[] = ['CIL', 'ML', 'H', 'BT', 'ILC', 'IA']

function applies({ abbreviation }: Fault, { text }: Sample): boolean {
  if (!needFacts.includes(abbreviation)) return true
  const { facts, units } = read(text)
  return facts.some(({ unit }) => units[unit]?.kind !== 'code')
}

const share = (part: number, whole: number): string => {
  if (whole === 0) return '–'
  const { low, high } = wilson(part, whole)
  const [mean, from, to] = [part / whole, low, high].map((value) => Math.round(value * 100))
  return `${mean} % (${from}–${to})`
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

function rowsOf(fault: Fault): readonly string[] {
  const parts = samples.map(({ origin, samples: some }) => ({
    name: origin as string,
    outcomes: some.map((sample) => tried(fault, sample)),
  }))
  const all = parts.flatMap(({ outcomes }) => outcomes)
  return [{ name: `**${fault.abbreviation}**, all`, outcomes: all }, ...parts].map(
    ({ name, outcomes }) => {
      const done = outcomes.filter(({ after }) => after !== null)
      const effective = done.filter((one) => one.effective).length
      const fitting = outcomes.filter(({ sample }) => applies(fault, sample))
      const fits = fitting.filter(({ after }) => after !== null).length
      const natural = done.filter(({ flaws }) => flaws.length === 0).length
      return row([
        name,
        share(done.length, outcomes.length),
        `${share(fits, fitting.length)}, n ${fitting.length}`,
        share(effective, outcomes.length),
        `${share(natural, done.length)}, n ${done.length}`,
      ])
    },
  )
}

const onText = faults.filter(
  ({ injector, category }) => injector !== 'routing' && category !== 'action',
)

function shown(abbreviation: string): string {
  const chosen = onText.filter((fault) => fault.abbreviation === abbreviation)
  const outcomes = chosen.flatMap((fault) =>
    samples.flatMap(({ samples: some }) => some.map((sample) => tried(fault, sample))),
  )
  return outcomes
    .map(({ sample: { id, text }, after, effective, flaws }) => {
      const told = flaws.map(({ flaw, where }) => `${flaw}: ${JSON.stringify(where)}`).join('; ')
      return `---- ${id} ${effective ? '' : 'NOT EFFECTIVE '}${told}\n ${text}\n  =>\n ${after}`
    })
    .join('\n')
}

const [option, abbreviation = ''] = process.argv.slice(2)
if (option === '--show') {
  console.log(shown(abbreviation))
} else {
  const table = [
    row([
      'fault, texts',
      'injectable',
      'of those with a fact',
      'effective',
      'natural, of the injected',
    ]),
    row(['---', '---', '---', '---', '---']),
    ...onText.flatMap(rowsOf),
  ].join('\n')
  console.log(table)
  if (option === '--write') {
    const page = new URL('../docs/texts.md', import.meta.url)
    const [head = '', , tail = ''] = readFileSync(page, 'utf8').split(
      /<!-- table (?:begins|ends) -->/,
    )
    const marked = `<!-- table begins -->\n\n${table}\n\n<!-- table ends -->`
    writeFileSync(page, `${head}${marked}${tail}`)
  }
}
