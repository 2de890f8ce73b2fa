import { observer } from '../../analysis/detect.js'
import { judge } from '../../analysis/judge.js'
import { flawIn } from '../../analysis/proof.js'
import { stoppedClock } from '../../core/clock.js'
import type { Task } from '../../core/scenario.js'
import type { VerificationLine } from '../../core/schemas/verification.js'
import type { CompiledGraph, Defence, System } from '../../core/system.js'
import type { Lines } from '../../engine/line.js'
import { expand, type Plan } from '../../engine/plan.js'
import { execute } from '../../engine/run.js'
import { selectFaults } from '../../engine/select-faults.js'
import { verify } from '../../engine/verify.js'
import { faults } from '../../faults/catalogue.js'
import { type Cast, ferries, finalAnswer, played, task } from './office.js'

/** A graph of which it is known what it does with a fault. */
export type Case = Readonly<{
  name: string
  /** As the command line names it. */
  fault: string
  defences?: readonly Defence[]
  agents?: readonly string[]
  task?: Task
  /** The agent that it is set at; absent: as the fault prefers. */
  site?: string
  build: System['build'] | ((context: Parameters<System['build']>[0]) => unknown)
  answer?: System['answer']
  cast: Cast
  expected: Readonly<{
    verdict: 'held' | 'broke'
    behaviour: string | null
    tiers: Readonly<Record<string, 'success' | 'failure'>>
    /** Who stopped it; null when nobody did. */
    containedBy: string | null
    /** What taking the defences out proves; absent when the trial broke or none is declared. */
    verified?: Readonly<{ verdict: string; by: readonly string[] }>
  }>
}>

/** The plan of a case. */
export function planOf({
  fault,
  defences,
  agents,
  build,
  answer,
  cast,
  site,
  task: own = task,
}: Case): Plan {
  const system: System = {
    id: 'office',
    summary: 'A small office.',
    build: build as (context: Parameters<System['build']>[0]) => CompiledGraph,
    answer: answer ?? finalAnswer,
    ...(defences ? { defences } : {}),
    ...(agents ? { agents } : {}),
  }
  return {
    systems: [{ system, without: [] }],
    scenarios: [{ scenario: ferries, tasks: [own] }],
    faults: selectFaults(faults, [fault]),
    seeds: [1],
    site: site ? { kind: 'agent', agent: site, number: null } : { kind: 'default' },
    model: played(cast),
    injector: null,
    engine: 'test',
  }
}

/** Executes a case; the lines of its baseline and of its faulted trial. */
export async function performed(plan: Plan) {
  const lines: Lines[] = []
  await execute({
    ...{ plan, groups: expand(plan), done: new Map(), concurrency: 1, clock: stoppedClock, judge },
    observe: observer(faults),
    signal: new AbortController().signal,
    onTrial: (line) => lines.push(line),
  })
  const [baseline, trial] = [lines[0], lines.at(-1)]
  if (!baseline || !trial) throw new Error('Nothing was executed.')
  return { baseline, trial }
}

/** What taking the defences of a case out proves of its held trial. */
export async function verifiedIn(plan: Plan, { line }: Lines) {
  const found: VerificationLine[] = []
  await verify({
    ...{ plan, groups: expand(plan), held: [line], concurrency: 1, clock: stoppedClock, judge },
    observe: observer(faults),
    signal: new AbortController().signal,
    onTrial: () => undefined,
    onVerified: (one) => found.push(one),
  })
  const [only] = found
  return only
    ? { verdict: only.verdict, by: only.verified.flatMap(({ defences }) => defences) }
    : undefined
}

/** The agent that acts at a step of a trace; null for no step. */
export function agentAt({ trace }: Lines, step: number | null): string | null {
  const agent = step === null ? undefined : trace?.steps[step]?.agent
  return agent === undefined ? null : (agent.split('/')[0] ?? agent)
}

/** Proofs of a trial that a second reading does not confirm. */
export function falseProofs({ baseline, trial }: Readonly<{ baseline: Lines; trial: Lines }>) {
  const [trace, before] = [trial.trace, baseline.trace]
  if (!trace || !before) return ['no trace']
  return trial.line.behaviours.flatMap(({ proof }) =>
    proof.flatMap((one) => flawIn(one, trace, before) ?? []),
  )
}
