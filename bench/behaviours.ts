import { readFileSync, writeFileSync } from 'node:fs'
import { decidedFaults } from '../analysis/decided-faults.js'
import { observer } from '../analysis/detect.js'
import { judge } from '../analysis/judge.js'
import { flawIn } from '../analysis/proof.js'
import { stoppedClock } from '../core/clock.js'
import type { Score } from '../core/schemas/summary.js'
import type { TraceLine } from '../core/schemas/trace-line.js'
import { expand, type Plan } from '../engine/plan.js'
import { execute } from '../engine/run.js'
import { selectFaults } from '../engine/select-faults.js'
import { cutSeams } from '../engine/session.js'
import { faults } from '../faults/catalogue.js'
import { simStrong } from '../models/sim-strong.js'
import { scenarios } from '../scenarios/catalogue.js'
import { systems } from '../systems/catalogue.js'

/** How the behaviours of a whole offline run are decided, and whether all of their proofs hold; `--write` puts it into the docs. */

const tasks = 10
const plan: Plan = {
  systems: systems.map((system) => ({ system, without: [] })),
  scenarios: await Promise.all(
    scenarios.map(async (scenario) => ({
      scenario,
      tasks: await scenario.tasks({ count: tasks, seed: 1 }),
    })),
  ),
  faults: selectFaults(faults, []),
  ...{ seeds: [1], site: { kind: 'default' }, model: simStrong, engine: 'bench' },
}

const lines: Parameters<Parameters<typeof execute>[0]['onTrial']>[0][] = []
const uninstall = await cutSeams([import.meta.dirname])
await execute({
  ...{ plan, groups: expand(plan), done: new Map(), concurrency: 4, clock: stoppedClock, judge },
  observe: observer(faults),
  signal: new AbortController().signal,
  onTrial: (line) => lines.push(line),
}).finally(uninstall)

const twins = new Map<string, TraceLine>()
const twinKey = ({ system, scenario, task }: (typeof lines)[number]['line']) =>
  [system, scenario, task].join(' ')
for (const { line, trace } of lines) {
  if (line.arm === 'baseline' && trace) twins.set(twinKey(line), trace)
}
const proofs = lines.flatMap(({ line, trace }) =>
  line.behaviours.flatMap(({ proof }) => proof.map((one) => ({ one, line, trace }))),
)
const flaws = proofs.flatMap(({ one, line, trace }) => {
  const twin = twins.get(twinKey(line))
  return trace && twin ? (flawIn(one, trace, twin) ?? []) : ['no trace']
})

const percent = ({ mean, low, high }: Score): string =>
  mean === null
    ? 'none'
    : `${Math.round(mean * 100)}% [${Math.round(low * 100)}, ${Math.round(high * 100)}]`
const abbreviations = new Map(faults.map(({ id, abbreviation }) => [id, abbreviation]))
const rows = decidedFaults(
  lines.map(({ line }) => line),
  faults.map(({ id }) => id),
).map(
  ({ fault, n, program, heuristic, undetermined, unclassified }) =>
    `| ${abbreviations.get(fault)} | ${n} | ${percent(program)} | ${percent(heuristic)} | ${percent(undetermined)} | ${percent(unclassified)} |`,
)
const text = [
  `SIMULATED, ${systems.length} systems on ${scenarios.length} scenarios with ${tasks} tasks, one seed, no judge model; 95% intervals on these trials.`,
  `${proofs.length} proofs were read again, ${flaws.length} of them did not hold.`,
  '',
  '| fault | trials | by program | by heuristic | undetermined | none that is known |',
  '| --- | --- | --- | --- | --- | --- |',
  ...rows,
].join('\n')
console.log(text)
if (process.argv.includes('--write')) {
  const file = new URL('../docs/behaviours.md', import.meta.url)
  const page = readFileSync(file, 'utf8')
  const put = page.replace(
    /<!-- shares -->[\s\S]*<!-- \/shares -->/,
    () => `<!-- shares -->\n\n${text}\n\n<!-- /shares -->`,
  )
  writeFileSync(file, put)
}
process.exitCode = flaws.length === 0 ? 0 : 1
