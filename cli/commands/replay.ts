import { resolve } from 'node:path'
import chalk from 'chalk'
import { observer } from '../../analysis/detect.js'
import { judge } from '../../analysis/judge.js'
import { canonicalJson } from '../../core/canonical-json.js'
import { FiredrillError } from '../../core/errors.js'
import { simulatedNotice } from '../../core/report.js'
import type { VerificationLine } from '../../core/schemas/verification.js'
import { baselineArm, faultsIn, parseTrialId } from '../../core/trial-id.js'
import { textsOf } from '../../engine/injector/texts.js'
import type { Lines } from '../../engine/line.js'
import { expand, faultsOf, type Plan, type TrialGroup } from '../../engine/plan.js'
import { trialWithout } from '../../engine/removed-trial.js'
import { execute } from '../../engine/run.js'
import {
  cutSeams,
  readInjections,
  readRunFile,
  readTrace,
  readTrials,
} from '../../engine/session.js'
import { readVerifications } from '../../engine/verification-session.js'
import { outcomeOf } from '../../engine/verify.js'
import { silentModel } from '../asked-models.js'
import type { Setting } from '../config.js'
import { type Display, print, printJson } from '../console.js'
import { type Dealing, dealingView } from '../dealing-view.js'
import { decidedTrials } from '../decided-trials.js'
import { exitCodes } from '../exit-codes.js'
import { storedCatalogue } from '../faults.js'
import { flowMermaid } from '../flow-mermaid.js'
import { type Given, wordIn } from '../options.js'
import { type PlanArguments, planOf, type ReadyPlan } from '../plan-of.js'
import { readyToAnswer } from '../provider.js'
import { realClock } from '../real-clock.js'
import { replayedFlow } from '../replayed-flow.js'
import { labelled } from '../rows.js'
import { findRun, requireExecutable } from '../runs.js'
import { besideBaseline } from '../trace-view.js'
import { packageFolder } from '../version.js'

/** Executes one trial of a run again and shows it step by step, beside its baseline. */
export async function replay(given: Given, display: Display, setting: Setting): Promise<number> {
  const id = String(given['trial'])
  const { fault } = parseTrialId(id)
  const folder = findRun(
    wordIn(given, 'run') ?? 'latest',
    resolve(wordIn(given, 'out') ?? '.firedrill/runs'),
  )
  const file = readRunFile(folder)
  requireExecutable(file)
  const { catalogue, changed } = await storedCatalogue(file, setting)
  const planned = await planOf(file.arguments as PlanArguments, process.cwd(), catalogue)
  const ready = await readyToAnswer(planned, { env: process.env })
  const again = await executedAgain(ready, groupOf(ready.plan, id, folder), folder)
  const trial = again.find(({ line }) => line.id === id)
  const baseline = again.find(({ line }) => line.fault === baselineArm)
  if (!trial || !baseline) throw new Error(`${id} was not executed`)
  const isOther = faultsIn(fault).some((one) => changed.includes(one))
  const same = isOther ? 'changed' : sameAsStored(trial, folder)
  const isSimulated = ready.plan.model?.kind === 'simulated'
  const twin = fault === baselineArm ? null : baseline
  const flow = replayedFlow(trial, baseline)
  const dealing = { ...decided(trial, folder), flow, faults: faultsOf(ready.plan) }
  const how = { same, isSimulated }
  if (given['json']) printJson(documentOf(trial, dealing, how))
  else if (given['mermaid']) print(diagramOf(dealing, how))
  else print(shown(dealing, twin, how, display))
  return same === 'differs' && isSimulated ? exitCodes.bug : exitCodes.done
}

type How = Readonly<{ same: Same; isSimulated: boolean }>

const documentOf = (
  trial: Lines,
  { line: { behaviours }, flow, verification }: Dealing,
  { same, isSimulated }: How,
) => ({
  evidence: isSimulated ? 'simulated' : 'measured',
  ...{ same, ...trial, behaviours, verification, flow },
})

function diagramOf({ line, flow }: Dealing, { isSimulated }: How): string {
  if (flow) return flowMermaid(flow, { title: line.id, isSimulated })
  throw new FiredrillError('unsupported', `Nobody read anything in ${line.id}.`, {
    hint: `There is nothing to draw: it ended as ${line.outcome.kind}.`,
  })
}

function shown(
  dealing: Dealing,
  baseline: Lines | null,
  { same, isSimulated }: How,
  display: Display,
): string {
  const { line, trace, flow } = dealing
  const label = isSimulated ? [labelled('SIMULATED', simulatedNotice, display)] : []
  const did = line.arm === 'fault' && trace ? [dealingView(dealing, display), ''] : []
  const beside = besideBaseline({ line, trace }, { baseline, flow }, display)
  return [beside, '', ...did, ` ${sentences[same]}`, ...label].join('\n')
}

/** A trial with all that the run knows of its behaviours: a judge model's answers, and what taking defences out proved. */
function decided({ line, trace }: Lines, folder: string): Omit<Dealing, 'flow' | 'faults'> {
  const stored = readTrials(folder).lines.find(({ key }) => key === line.key)
  const { attempt } = stored ?? line
  const { lines, verifications } = decidedTrials(folder, [{ ...line, attempt }])
  const isOf = (one: VerificationLine) => one.key === line.key && one.attempt === attempt
  return { line: lines[0] ?? line, trace, verification: verifications.find(isOf) ?? null }
}

async function executedAgain(
  { plan, packageFolders }: ReadyPlan,
  group: TrialGroup,
  folder: string,
): Promise<readonly Lines[]> {
  const uninstall = await cutSeams([packageFolder(), ...packageFolders])
  const again: Lines[] = []
  const { injector } = plan
  const texts = injector && {
    texts: textsOf({
      model: silentModel(injector.id),
      stored: readInjections(folder).lines,
      keep: () => undefined,
    }),
  }
  try {
    await execute({
      plan,
      groups: [group],
      done: new Map(),
      concurrency: 1,
      clock: realClock,
      judge,
      observe: observer(faultsOf(plan)),
      ...texts,
      signal: new AbortController().signal,
      onTrial: (lines) => again.push(lines),
    })
    return again
  } finally {
    uninstall()
  }
}

type Same = 'same' | 'as verified' | 'differs' | 'changed' | 'not stored'

const sentences: Readonly<Record<Same, string>> = {
  same: chalk.dim('Same as stored, byte for byte.'),
  'as verified': chalk.dim('Comes to what the verification of the run says.'),
  differs:
    'This is not what the run stored: the system, its model or its code is not the same any more.',
  changed: 'The code of this fault has changed since it was run, so this is another trial.',
  'not stored': chalk.dim('The run has not stored this trial.'),
}

function sameAsStored({ line, trace }: Lines, folder: string): Same {
  const stored = readTrials(folder).lines.find(({ id }) => id === line.id)
  if (!stored) return sameAsVerified(line, folder)
  const storedTrace = readTrace(folder, line.id)
  const timeless = (value: unknown) =>
    canonicalJson({ ...(value as object), duration: null, attempt: 1 })
  if (timeless(line) !== timeless(stored)) return 'differs'
  return storedTrace === null || canonicalJson(storedTrace) === canonicalJson(trace)
    ? 'same'
    : 'differs'
}

/** Of trials without defences a run keeps what they came to. */
function sameAsVerified(line: Lines['line'], folder: string): Same {
  const known = readVerifications(folder)
    .lines.flatMap(({ defences }) => defences)
    .find(({ trial }) => trial === line.id)
  if (!known) return 'not stored'
  const { outcome, because } = outcomeOf(line)
  const isSame = outcome === known.outcome && because === known.because
  return isSame && line.tokens === known.tokens ? 'as verified' : 'differs'
}

/** The group of a trial, with the baseline and this trial only; it may be one that a verification repeated. */
function groupOf(plan: Plan, id: string, folder: string): TrialGroup {
  const groups = expand(plan)
  const group = groups.find(({ trials }) => trials.some((trial) => trial.id === id))
  if (!group) {
    const without = trialWithout({ plan, groups }, id, readTrials(folder).lines)
    if (without) return without
    throw new FiredrillError('bad-trial-id', `The run in ${folder} has no trial ${id}.`, {
      hint: `It has, for example, ${groups[0]?.trials.at(-1)?.id ?? 'none'}.`,
    })
  }
  const trials = group.trials.filter((trial) => trial.arm === 'baseline' || trial.id === id)
  return { ...group, trials }
}
