import { rng } from './draw.js'
import type { Fault } from './fault.js'
import { plain, said } from './messages.js'
import { type Site, unknownSite } from './site.js'

/** The site of a fault's own example, with the fault's default parameters: what docs and contract tests run it at. */
export function siteOfExample(fault: Fault, seed = 1): Site {
  return {
    ...unknownSite,
    ...fault.example.site,
    id: 'example',
    rng: rng(seed, fault.id, 'example'),
    shared: rng(seed, fault.id),
    parameters: defaultsOf(fault),
  }
}

/** The default value of each of a fault's parameters. */
export function defaultsOf({ parameters = {} }: Fault): Readonly<Record<string, number>> {
  const entries = Object.entries(parameters).map(([name, parameter]) => [name, parameter.default])
  return Object.fromEntries(entries) as Record<string, number>
}

/** What a fault makes of its own example, as people read it. */
export function exampleTexts(fault: Fault): Readonly<{ before: string; after: string }> {
  const { payload } = fault.example
  return {
    before: shown(payload),
    after: shown(fault.inject(payload as never, siteOfExample(fault))),
  }
}

function shown(payload: unknown): string {
  const items = Array.isArray(payload) ? payload : [payload]
  const lines = items.map((item) =>
    'from' in item ? `${item.from} -> ${item.to}` : said(plain(item)),
  )
  const [first = ''] = lines
  if (lines.length > 3 && new Set(lines).size === 1) return `${first}   x ${lines.length}`
  return lines.join('\n')
}
