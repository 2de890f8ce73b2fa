import { canonicalJson, hashOf } from '../../core/canonical-json.js'
import { groupBy } from '../../core/lists.js'
import type { Imported } from '../../core/schemas/imported.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { planId } from '../keys.js'
import { openLines, runFiles, writeWhole } from '../store.js'
import { labelsOf } from './labels.js'
import { linesOf, onlySeed } from './lines.js'
import { type Published, readPublished } from './published.js'
import { readTables } from './tables.js'
import { type PublishedTrial, trialsOf } from './trials.js'

/** A release as a run of ours, not yet written. */
export type Release = Readonly<{
  lines: readonly TrialLine[]
  plan: RunFile['plan']
  imported: Imported
  /** What a reader of the release has to know: labels without tiers, and where it is not what was expected. */
  warnings: readonly string[]
}>

/**
 * Reads a clone of the data release of MAS-FIRE. `known` is the folder in which the package keeps what is known of the
 * study. Throws `bad-argument` when the clone is not what it should be.
 */
export function readRelease(folder: string, known: string): Release {
  const published = readPublished(known)
  const tables = readTables(folder)
  const labels = labelsOf(tables.tags, published)
  const trials = trialsOf(tables.results, { published, labels })
  return {
    lines: linesOf(trials),
    plan: planOf(trials, published),
    imported: {
      from: published.source.release,
      cite: published.source.paper,
      hash: hashOf(tables.content),
      says: 'One trial per task and fault, of tasks that were solved with no fault set; no placebo. Behaviours were labelled by a judge model.',
      caveats: caveatsOf(trials, published),
    },
    warnings: [...labels.warnings, ...withoutTiers(trials)],
  }
}

/** Keeps a release as a run; `run.json` comes last, so that half a run is none. */
export function storeRelease(
  { lines, plan, imported }: Release,
  folder: string,
  file: Pick<RunFile, 'id' | 'tool' | 'created'>,
): RunFile {
  const trials = openLines(runFiles(folder).trials)
  try {
    for (const line of lines) trials.append(line)
  } finally {
    trials.close()
  }
  const run: RunFile = {
    schema: 1,
    ...file,
    planId: planId(lines.map(({ key }) => key)),
    ...{ plan, imported, arguments: {}, versions: {}, commit: null },
  }
  writeWhole(runFiles(folder).run, `${JSON.stringify(run, null, 2)}\n`)
  return run
}

function planOf(trials: readonly PublishedTrial[], { faults }: Published): RunFile['plan'] {
  const models = [...new Set(trials.map(({ model }) => model))]
  const tested = new Set(trials.map(({ fault }) => fault.id))
  const hash = 'imported'
  return {
    systems: [...new Set(trials.map(({ system }) => system))].map((id) => ({
      ...{ id, without: [], codeHash: hash, path: null },
    })),
    scenarios: [...groupBy(trials, ({ scenario }) => scenario)].map(([id, some]) => {
      const tasks = [...new Set(some.map(({ task }) => task))]
      return { id, tasks, tasksHash: hashOf(canonicalJson(tasks)) }
    }),
    faults: faults
      .filter(({ id }) => tested.has(id))
      .map(({ id }) => ({ id, parameters: {}, trigger: 'once' as const })),
    site: 'as published',
    seeds: [onlySeed],
    model: { id: `${models.join(', ')} (imported, published data)`, kind: 'provider', hash },
  }
}

function caveatsOf(
  trials: readonly PublishedTrial[],
  { cells, caveats }: Published,
): Imported['caveats'] {
  const imported = new Set(trials.map(({ system, fault }) => `${system}/${fault.id}`))
  return cells.flatMap((cell) => {
    const [system, { fault }] = [`${cell.system}-${cell.model}`, cell]
    if (!imported.has(`${system}/${fault}`)) return []
    return cell.caveats.map((one) => ({ system, fault, says: caveats[one] ?? one }))
  })
}

/** Labels without tiers: their trials are in robustness and in no tier. */
function withoutTiers(published: readonly PublishedTrial[]): readonly string[] {
  const open = published.flatMap(({ fault, label, meaning }) =>
    meaning.behaviour === null ? [{ fault: fault.id, label, because: meaning.because }] : [],
  )
  return [...groupBy(open, ({ fault, label }) => `${fault}\u0000${label}`).values()].flatMap(
    ([first, ...others]) => {
      if (!first) return []
      const { fault, label, because } = first
      const n = others.length + 1
      const trials = n === 1 ? '1 trial' : `${n} trials`
      const why = because ? ` (${because})` : ', and nothing is known of it'
      return [`Without tiers: ${trials} of ${fault} with the label "${label}"${why}.`]
    },
  )
}
