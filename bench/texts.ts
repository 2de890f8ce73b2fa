import { wilson } from '../analysis/interval.js'
import { changed } from '../core/changed.js'
import type { Fault } from '../core/fault.js'
import { faults } from '../faults/catalogue.js'
import { type Sample, samplesOf } from './gold.js'
import { type Flaw, flawsOf } from './naturalness.js'
import { payloadOf, siteOf, textsOf } from './payloads.js'

const origins = ['gsm8k', 'humaneval-x-js', 'wikitq'] as const

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
  if (after === null || !changed(before, after))
    return { sample, after: null, effective: false, flaws: [] }
  const [was, is] = [textsOf(before), textsOf(after)]
  const effective = fault.effect({ before, after } as never, site)
  const at = is.findIndex((text) => !was.includes(text))
  return {
    sample,
    after: is[at] ?? '',
    effective,
    flaws: at < 0 ? [] : flawsOf(sample.text, is[at] ?? ''),
  }
}

const only = process.argv[2]
const show = process.argv[3]
for (const fault of faults.filter(
  ({ injector, category }) => injector !== 'routing' && category !== 'action',
)) {
  if (only && fault.abbreviation !== only) continue
  for (const origin of origins) {
    const all = samplesOf(origin).map((sample) => tried(fault, sample))
    const inj = all.filter((o) => o.after !== null)
    console.log(
      fault.abbreviation,
      origin,
      'injectable',
      inj.length,
      'effective',
      inj.filter((o) => o.effective).length,
      'natural',
      inj.filter((o) => o.flaws.length === 0).length,
    )
    if (show === origin)
      for (const o of all)
        console.log(
          '----',
          o.sample.id,
          o.effective ? '' : 'NOT EFFECTIVE',
          o.flaws.map((f) => `${f.flaw}: ${JSON.stringify(f.where)}`).join('; '),
          '\n',
          o.sample.text,
          '\n  =>\n',
          o.after,
        )
  }
}
void wilson
