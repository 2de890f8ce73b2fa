import events from 'node:events'
import type { AskedModel } from '../core/asked-model.js'
import type { Clock } from '../core/clock.js'
import { FiredrillError } from '../core/errors.js'
import { injectionLineSchema } from '../core/schemas/injection-line.js'
import { type RunFile, runFileSchema } from '../core/schemas/run-file.js'
import { type TraceLine, traceLineSchema } from '../core/schemas/trace-line.js'
import { type TrialLine, trialLineSchema } from '../core/schemas/trial-line.js'
import type { Stopping } from '../core/stopping.js'
import { type Texts, textsOf } from './injector/texts.js'
import { planId } from './keys.js'
import type { Judge, Lines, Observe } from './line.js'
import { expand, type Plan, type TrialGroup } from './plan.js'
import { execute } from './run.js'
import { findCopies, libraryOf, type PackageCopy, prototypesOf } from './seams/copies.js'
import { install } from './seams/install.js'
import { type Fact, requireFacts, selfTest } from './seams/self-test.js'
import { openLines, readLines, readWhole, runFiles, writeWhole } from './store.js'
import { executeUntilDecided } from './until-decided.js'

/** How far a run is. */
export type Progress = Readonly<{ done: number; total: number; line: TrialLine }>

/** How a plan is executed and where the run is kept. */
export type Session = Readonly<{
  plan: Plan
  folder: string
  /** What `run.json` shall say; its plan id is put in here. */
  file: Omit<RunFile, 'planId'>
  resume: boolean
  concurrency: number
  traces: 'all' | 'broke' | 'none'
  clock: Clock
  judge: Judge
  /** Absent: behaviours are not looked for. */
  observe?: Observe | undefined
  /** Writes injections; needed when the plan has an injector model that writes any. */
  injectorModel?: AskedModel | null
  /** Ends the run early: trials that no open question needs are not begun. Absent: all are. */
  stopping?: Stopping | null
  signal: AbortSignal
  /** Folders whose packages may hold copies of LangGraph: ours and those of the user's systems. */
  packageFolders: readonly string[]
  onProgress: (progress: Progress) => void
}>

/** What a session leaves: the lines of the run, those of earlier sessions included. */
export type SessionResult = Readonly<{
  lines: readonly TrialLine[]
  total: number
  /** Trials that were not begun since all they would tell is decided. */
  notNeeded: number
  interrupted: boolean
}>

/** Executes a plan into a run's folder; what is already stored there is not executed again. */
export async function runSession(session: Session): Promise<SessionResult> {
  const { plan, folder, file, resume } = session
  const groups = expand(plan)
  const id = planId(keysOf(groups))
  const files = runFiles(folder)
  if (resume) requireSamePlan(readRunFile(folder), id, groups)
  else writeWhole(files.run, json({ ...file, planId: id }))
  const done = resume ? doneOf(folder, groups) : new Map<string, TrialLine>()
  const uninstall = await cutSeams(session.packageFolders)
  const total = keysOf(groups).length
  const writer = writerOf(session, done, total)
  const texts = keptTexts(session)
  try {
    const { concurrency, clock, judge, observe, signal, stopping } = session
    const execution = {
      ...{ plan, groups, done, concurrency, clock, judge, observe, signal, onTrial: writer.add },
      ...(texts ? { texts: texts.texts } : {}),
    }
    const notNeeded = stopping
      ? await executeUntilDecided(execution, stopping)
      : await execute(execution).then(() => 0)
    const lines = writer.lines()
    return { lines, total, notNeeded, interrupted: lines.length + notNeeded < total }
  } finally {
    writer.close()
    texts?.close()
    uninstall()
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** The keys of all trials of a plan. */
export const keysOf = (groups: readonly TrialGroup[]): readonly string[] =>
  groups.flatMap(({ trials }) => trials.map(({ key }) => key))

/** Cuts the seams in every copy of LangGraph in reach and tries them; returns what takes them off again. */
export async function cutSeams(folders: readonly string[]): Promise<() => void> {
  const copies = findCopies(folders)
  const unpatch = install(await prototypesOf([], copies))
  // More than ten executions of one trial share an abort signal; Node would warn of a leak.
  const listeners = events.defaultMaxListeners
  events.setMaxListeners(0)
  const uninstall = () => {
    events.setMaxListeners(listeners)
    unpatch()
  }
  try {
    requireFacts(await testCopies(copies), versionsOf(copies))
    return uninstall
  } catch (error) {
    uninstall()
    throw error
  }
}

/** What the seams rely on, tried in every copy of LangGraph; the seams must be installed. */
export async function testCopies(copies: readonly PackageCopy[]): Promise<readonly Fact[]> {
  const facts: Fact[] = []
  for (const copy of copies.filter(({ name }) => name === '@langchain/langgraph')) {
    const library = await libraryOf(copy)
    if (library) facts.push(...(await selfTest(library)))
  }
  return facts
}

/** The versions of some packages in one line. */
const versionsOf = (copies: readonly PackageCopy[]): string =>
  copies.map(({ name, version }) => `${name} ${version}`).join(', ')

/** Reads `run.json` of a run's folder. */
export const readRunFile = (folder: string): RunFile =>
  readWhole(runFiles(folder).run, runFileSchema)

/** The stored trials of a run, each once, and how many lines could not be read. */
export const readTrials = (folder: string) => readLines(runFiles(folder).trials, trialLineSchema)

/** The texts that the injector model of a run has written so far. */
export const readInjections = (folder: string) =>
  readLines(runFiles(folder).injections, injectionLineSchema)

/** The stored trace of a trial; null when it was not kept. */
export function readTrace(folder: string, id: string): TraceLine | null {
  const { lines } = readLines(runFiles(folder).traces, traceLineSchema)
  return lines.find((line) => line.id === id) ?? null
}

/** Throws `plan-changed` when a stored run has another plan than these groups, whose id is given. */
export function requireSamePlan(stored: RunFile, id: string, groups: readonly TrialGroup[]): void {
  if (stored.planId === id) return
  const first = groups[0]?.trials[0]?.id ?? 'nothing'
  throw new FiredrillError(
    'plan-changed',
    `Run ${stored.id} has another plan than what would be executed now (which begins with ${first}).`,
    {
      hint: 'Code, tasks, model or tool version have changed since: start a new run without --resume.',
    },
  )
}

function doneOf(folder: string, groups: readonly TrialGroup[]): ReadonlyMap<string, TrialLine> {
  const planned = new Set(keysOf(groups))
  const lines = readTrials(folder).lines.filter(({ key }) => planned.has(key))
  return new Map(lines.map((line) => [line.key, line]))
}

/** The texts of a run's injector model, saved one by one: each has been paid for. */
export function keptTexts({
  injectorModel: model,
  folder,
}: Pick<Session, 'injectorModel' | 'folder'>): Readonly<{
  texts: Texts
  close: () => void
}> | null {
  if (!model) return null
  const stored = readInjections(folder).lines
  const file = openLines(runFiles(folder).injections)
  const keep = (line: unknown) => {
    file.append(line)
    file.flush()
  }
  return { texts: textsOf({ model, stored, keep }), close: file.close }
}

function writerOf(session: Session, done: ReadonlyMap<string, TrialLine>, total: number) {
  const { clock, traces, onProgress } = session
  const files = runFiles(session.folder)
  // The trace goes first: a trial that is saved has its trace, whenever the process ends.
  const [traceFile, trialFile] = [openLines(files.traces), openLines(files.trials)]
  const lines: TrialLine[] = [...done.values()]
  let flushed = clock.now()
  const flush = () => {
    traceFile.flush()
    trialFile.flush()
    flushed = clock.now()
  }
  return {
    lines: () => lines,
    add({ line, trace }: Lines) {
      if (trace && isKept(line, traces)) traceFile.append(trace)
      trialFile.append(line)
      lines.push(line)
      if (clock.now() - flushed > 1000) flush()
      onProgress({ done: lines.length, total, line })
    },
    close() {
      flush()
      traceFile.close()
      trialFile.close()
    },
  }
}

const isKept = ({ arm, verdict }: TrialLine, traces: Session['traces']): boolean =>
  traces === 'all' || (traces === 'broke' && (arm === 'baseline' || verdict === 'broke'))
