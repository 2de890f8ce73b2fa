import { canonicalJson } from '../core/canonical-json.js'
import type { BehavioursLine } from '../core/schemas/behaviours-line.js'
import type { TraceLine } from '../core/schemas/trace-line.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { Observe } from './line.js'
import { tracesOf } from './stored.js'

/** A stored run whose traces are looked at again. */
export type StoredRun = Readonly<{
  folder: string
  lines: readonly TrialLine[]
  observe: Observe
  /** The version whose rules decide. */
  tool: string
}>

/** What was seen where it is not what the trial's own line says, and how many trials were looked at. */
export type Redetected = Readonly<{
  changed: readonly BehavioursLine[]
  trials: number
  /** Trials in which a fault acted and whose trace, or that of their baseline, was not kept. */
  withoutTrace: number
}>

/** Decides again, from the stored traces, how the system dealt with the faults of a run. */
export function redetect({ folder, lines, observe, tool }: StoredRun): Redetected {
  const baselines = baselineTraces(folder, lines)
  const faulted = new Map(
    lines.filter(({ arm }) => arm === 'fault').map((line) => [line.key, line]),
  )
  const changed: BehavioursLine[] = []
  const seen = new Set<string>()
  for (const trace of tracesOf(folder, faulted)) {
    const line = faulted.get(trace.key)
    const baseline = line && baselines.get(twinOf(line))
    if (!line || !baseline || line.attempt !== trace.attempt) continue
    seen.add(line.key)
    const { injections, key, attempt } = line
    const again = observe({ trace, baseline, injections, faults: line.fault.split('+') })
    if (!isSame(again, line)) changed.push({ schema: 1, key, attempt, tool, ...again })
  }
  const acted = [...faulted.values()].filter(
    ({ verdict }) => verdict === 'held' || verdict === 'broke',
  )
  const withoutTrace = acted.filter(({ key }) => !seen.has(key)).length
  return { changed, trials: seen.size, withoutTrace }
}

function baselineTraces(
  folder: string,
  lines: readonly TrialLine[],
): ReadonlyMap<string, TraceLine> {
  const baselines = new Map(
    lines.filter(({ arm }) => arm === 'baseline').map((line) => [line.key, line]),
  )
  const traces = new Map<string, TraceLine>()
  for (const trace of tracesOf(folder, baselines)) {
    const line = baselines.get(trace.key)
    if (line?.attempt === trace.attempt) traces.set(twinOf(line), trace)
  }
  return traces
}

/** The name that a trial shares with its baseline. */
const twinOf = ({ system, scenario, task, seed }: TrialLine): string =>
  canonicalJson([system, scenario, task, seed])

type Seen = ReturnType<Observe>

const isSame = (a: Seen, b: Seen): boolean => canonicalJson(seenIn(a)) === canonicalJson(seenIn(b))

const seenIn = ({ behaviours, noticed, spread }: Seen): Seen => ({ behaviours, noticed, spread })
