import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { summarise } from '../analysis/summarise.js'
import { readTrials } from '../engine/session.js'
import { openLines, runFiles } from '../engine/store.js'
import { faults } from '../faults/catalogue.js'
import { plan, storedTrials } from './stored-trials.js'

// How long it takes from a stored run to its summary, and how much memory. npx tsx bench/analysis.ts ends with 1 when a
// target is missed.

const targets = { trials: 100_000, seconds: 5, megabytes: 600 }

function measured(run: string): boolean {
  write(run)
  const size = statSync(runFiles(run).trials).size
  const before = megabytes()
  const reading = timed(() => readTrials(run))
  const { lines } = reading.result
  const summing = timed(() =>
    summarise({
      run: {
        ...{ schema: 1, tool: { name: 'firedrill', version: 'bench' }, id: 'bench', planId: '' },
        ...{ plan, arguments: {}, versions: {}, commit: null, created: '2026-01-01T00:00:00Z' },
        gates: ['robustness >= 0.7', 'detection >= 0.2', 'tier.rule >= 0.5'],
      },
      lines,
      faults,
      injectorOf: (fault) => faults.find(({ id }) => id === fault)?.injector ?? 'response',
    }),
  )
  const { cells, gates } = summing.result
  const seconds = reading.seconds + summing.seconds
  const peak = megabytes()
  console.log(`${lines.length} lines, ${(size / 1e6).toFixed(0)} MB, ${cells.length} cells`)
  console.log(`read       ${shown(reading)}`)
  console.log(`summarise  ${shown(summing)}, ${gates.length} gates`)
  console.log(`together   ${seconds.toFixed(2)} s of CPU, target ${targets.seconds}`)
  console.log(`peak RSS   ${peak} MB, ${before} MB before reading, target ${targets.megabytes}`)
  const isWhole = lines.length === targets.trials && cells.every(({ n }) => n > 0)
  return isWhole && seconds <= targets.seconds && peak <= targets.megabytes
}

function write(run: string): void {
  const file = openLines(runFiles(run).trials)
  for (const line of storedTrials()) file.append(line)
  file.close()
}

type Timed<Result> = Readonly<{ result: Result; seconds: number; wall: number }>

/** CPU time, which other programs disturb least, beside the time by the clock. */
function timed<Result>(work: () => Result): Timed<Result> {
  const [cpu, start] = [process.cpuUsage(), performance.now()]
  const result = work()
  const { user, system } = process.cpuUsage(cpu)
  return { result, seconds: (user + system) / 1e6, wall: (performance.now() - start) / 1000 }
}

const shown = ({ seconds, wall }: Timed<unknown>): string =>
  `${seconds.toFixed(2)} s of CPU, ${wall.toFixed(2)} s by the clock`

const megabytes = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

const folder = mkdtempSync(join(tmpdir(), 'firedrill-analysis-'))
try {
  process.exitCode = measured(folder) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}
