import { rng } from '/work/main/core/draw.js'
import { ToolMessage } from '@langchain/core/messages'
import { unknownSite } from '/work/main/core/site.js'
import { hallucination } from '/work/main/faults/intra-agent/hallucination.js'
import { criticalInformationLoss } from '/work/main/faults/intra-agent/critical-information-loss.js'
import { contradictions } from '/work/main/core/text/contradiction.js'
import { read } from '/work/main/core/text/facts.js'
import { mentions } from '/work/main/core/text/mentions.js'
import { normalise } from '/work/main/core/text/normalise.js'
const S = Number(process.argv[2])
const mb = (s: string) => s.repeat(Math.ceil(S / s.length)).slice(0, S)
const N = S / 50
const texts: Record<string, string> = {
  prose: Array.from({ length: N }, (_, i) => `Item ${i} from Rome costs ${i} EUR at least. `).join(''),
  lines: Array.from({ length: N }, (_, i) => `The box from Town${i} costs ${i} EUR.\n`).join(''),
  rows: Array.from({ length: N*2 }, (_, i) => `Nation${i} | ${i} | ${i % 7}\n`).join(''),
  oneRow: mb('Ab | '), a: mb('a'), A: mb('A'), Aw: mb('Abc '), digits: mb('1'), digx: mb('1') + 'x', commas: mb('111,'), spaces: mb(' '), nl: mb('\n'), ticks: mb('```\n'), ticks2: mb('`'), tilde: mb('~~~a\n'), q: mb('"'), qa: mb('"a '), dash: mb('-') + 'x', dots: mb('. '), br: mb('['), br2: mb('[]'), tabs: mb('\t'), tabx: mb('x\t'), slash: mb('/a'), us: mb('a_'), stars: mb('*'), key: mb('a: '), round: mb('round '), must: mb('must '), emoji: mb('👨‍👩‍👧'), sur: mb('\ud800'), comb: mb('a\u0301\u0301\u0301'), json: JSON.stringify(Array.from({ length: N }, (_, i) => ({ name: `Town ${i}`, n: i }))), jsonl: Array.from({ length: N }, (_, i) => JSON.stringify({ name: `Town ${i}`, n: i })).join('\n'), same: mb('Italy beats France. '), sameRow: mb('Italy | 1\n'), list: mb('- at least 12\n'),
  sp: mb('x' + ' '.repeat(1000)), year: mb('at least 1996 '), code: '```js\n' + mb('foo("x", 12);\n'),
}
const only = process.argv[3]?.split(',')
for (const [name, text] of Object.entries(texts)) {
  if (only && !only.includes(name)) continue
  const m = new ToolMessage({ content: text, tool_call_id: '1' })
  const site = { ...unknownSite, id: 's', rng: rng(1), shared: rng(2), parameters: {}, taskText: text.slice(0, 1000), later: text, elsewhere: text, protect: ['Rome'] }
  const time: string[] = []
  const t = (n: string, f: () => unknown) => { const s = performance.now(); f(); const d = performance.now() - s; if (d > S / 2000) time.push(`${n} ${Math.round(d)}`) }
  t('normalise', () => normalise(text)); t('read', () => read(text)); t('mentions', () => mentions(text))
  t('H', () => { const o = hallucination.inject(m, site); if (o) { hallucination.effect({ before: m, after: o }, site) } })
  t('CIL', () => { const o = criticalInformationLoss.inject(m, site); if (o) { criticalInformationLoss.effect({ before: m, after: o }, site) } })
  t('ILC', () => contradictions(text, { protect: [], rng: rng(1), count: 1 }))
  console.log(name, time.join(' | '))
}
