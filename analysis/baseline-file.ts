import { canonicalJson, hashOf } from '../core/canonical-json.js'
import { FiredrillError } from '../core/errors.js'
import type { BaselineFile } from '../core/schemas/baseline-file.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { evidenceOf } from './run-cells.js'
import { standing } from './trials.js'

type Run = Omit<RunFile, 'planId'>

/** The counts of a run as a baseline file: what the run's counted trials held, task by task. */
export function baselineFileOf(
  run: Run,
  lines: readonly TrialLine[],
  eligible: (line: TrialLine) => ReadonlySet<string>,
): BaselineFile {
  const { plan } = run
  const cells = new Map<string, Map<string, [number, number]>>()
  for (const line of lines.filter(({ arm }) => arm === 'fault')) {
    if (standing(line, eligible(line)) !== 'counted') continue
    const name = cellName(line)
    const tasks = cells.get(name) ?? new Map<string, [number, number]>()
    cells.set(name, tasks)
    const [held, n] = tasks.get(line.task) ?? [0, 0]
    tasks.set(line.task, [held + (line.verdict === 'held' ? 1 : 0), n + 1])
  }
  return {
    schema: 1,
    run: run.id,
    tool: run.tool.version,
    created: run.created,
    evidence: evidenceOf(run.plan),
    models: [{ id: plan.model.id, hash: plan.model.hash }],
    configHash: configHash(run),
    scenarios: Object.fromEntries(plan.scenarios.map((one) => [one.id, hashesOf(one)])),
    cells: Object.fromEntries([...cells].map(([name, tasks]) => [name, Object.fromEntries(tasks)])),
  }
}

/** The name of a cell in a baseline file; a fault with other parameters is another one. */
const cellName = ({
  system,
  scenario,
  fault,
}: Pick<TrialLine, 'system' | 'scenario' | 'fault'>): string => `${system}/${scenario}/${fault}`

const hashesOf = ({ tasks, tasksHash }: RunFile['plan']['scenarios'][number]) => ({
  names: hashOf(canonicalJson([...tasks].sort())),
  tasks: tasksHash,
})

const configHash = ({ plan }: Run): string =>
  hashOf(
    canonicalJson({
      site: plan.site,
      injector: plan.injector?.hash ?? null,
      // Absent where nothing was given, so that older files stay comparable.
      ...(plan.trialCalls ? { trialCalls: plan.trialCalls } : {}),
    }),
  )

const day = 86_400_000
const old = 30 * day

/**
 * What has to be said about comparing a run with a baseline file; throws `bad-argument` when the two say nothing about
 * each other: simulated and measured, other models, other work, faults set elsewhere.
 */
export function comparedWith(run: Run, file: BaselineFile, now: number): readonly string[] {
  const { plan } = run
  const refuse = (what: string): never => {
    throw new FiredrillError('bad-argument', `The baseline file is of ${file.run}: ${what}.`, {
      hint: 'Compare like with like, or make a new one: firedrill baseline set <run>.',
    })
  }
  const evidence = evidenceOf(run.plan)
  if (evidence !== file.evidence) refuse(`it was ${file.evidence}, this run is ${evidence}`)
  const ids = file.models.map(({ id }) => id)
  if (!ids.includes(plan.model.id)) {
    refuse(`its agents were answered by ${ids.join(', ')}, those of this run by ${plan.model.id}`)
  }
  if (configHash(run) !== file.configHash) {
    refuse(
      'its faults were set at other sites or written by another injector model, or its trials had another limit of calls',
    )
  }
  const scenarios = plan.scenarios.flatMap((one) => {
    const then = file.scenarios[one.id]
    return then ? [{ id: one.id, now: hashesOf(one), then }] : []
  })
  if (scenarios.length === 0) refuse(`its work was ${Object.keys(file.scenarios).join(', ')}`)
  const changed = scenarios.find(
    (one) => one.now.names === one.then.names && one.now.tasks !== one.then.tasks,
  )
  if (changed) refuse(`the tasks of ${changed.id} have the same names and another content`)
  const known = file.models.find(({ id }) => id === plan.model.id)
  return [
    ...(known && known.hash !== plan.model.hash
      ? [`The profile of ${plan.model.id} has changed since.`]
      : []),
    ...scenarios
      .filter((one) => one.now.names !== one.then.names)
      .map(({ id }) => `The task list of ${id} has changed: what both have is compared.`),
    ...(now - Date.parse(file.created) > old
      ? [`The baseline file is ${Math.floor((now - Date.parse(file.created)) / day)} days old.`]
      : []),
  ]
}
