import type { Reach } from '../../analysis/gates/reach.js'
import { wilson } from '../../analysis/interval.js'
import type { ModelAddress } from '../../core/asked-model.js'
import { trialCallsWords } from '../../core/trial-calls.js'
import { faultsIn } from '../../core/trial-id.js'
import { mostTexts } from '../../engine/injector/writer.js'
import { armName, expand, type Plan, type PlannedTrial, systemName } from '../../engine/plan.js'
import { mostTries } from '../../engine/two-tries.js'
import type { Setting } from '../config.js'
import { type Display, print, printJson } from '../console.js'
import { catalogueOf, ownFaultsOf } from '../faults.js'
import { demandsOf } from '../gates.js'
import { isWritten, writers } from '../injector.js'
import { judgedFaults, plannedJudge } from '../judge.js'
import { type Given, planArguments } from '../options.js'
import { planOf, type ReadyPlan } from '../plan-of.js'
import { reachesOf, reachText } from '../reach.js'
import { now } from '../real-clock.js'
import { labelled } from '../rows.js'
import { looksOf } from '../stopping.js'
import { sampleIn } from '../verification.js'
import { type VerificationCost, verificationCost } from '../verification-cost.js'
import { version } from '../version.js'

/** Says what `run` would do, and runs nothing. */
export async function plan(given: Given, display: Display, { found }: Setting): Promise<void> {
  const catalogue = catalogueOf(found)
  const ready = await planOf(planArguments(given), process.cwd(), catalogue)
  const { plan: planned, stored } = ready
  const groups = expand(planned)
  const trials = groups.flatMap((group) => group.trials)
  const tasks = planned.scenarios.reduce((sum, scenario) => sum + scenario.tasks.length, 0)
  const perCell = tasks * planned.seeds.length
  const { unfit = [] } = stored
  const judge = plannedJudge(given)
  const counts = {
    systems: planned.systems.length,
    faults: planned.faults.length,
    tasks,
    seeds: planned.seeds.length,
    trials: trials.length,
    baselines: trials.filter(({ arm }) => arm === 'baseline').length,
    placebos: trials.filter(({ arm }) => arm === 'placebo').length,
    faulted: trials.filter(({ arm }) => arm === 'fault').length,
    trialsPerCell: perCell,
    halfWidth: halfWidthAt(perCell),
    injectorCalls: injectorCalls(planned, trials),
    judgeCalls: mostTries * questionsAtMost(judge, planned, trials),
  }
  const sample = sampleIn(given, 'verify-tiers')
  const verification = sample && verificationCost(planned, groups, sample)
  const reaches = gatesOfPlan(given, ready, found)
  if (given['json']) {
    printJson({ counts, verification, plan: stored, gates: reaches })
    return
  }
  const names = (items: readonly string[]) => items.join(', ')
  const { trials: all, baselines, placebos, faulted, injectorCalls: most } = counts
  print(
    [
      labelled('systems', names(planned.systems.map(systemName)), display),
      labelled('faults', names(planned.faults.map(armName)), display),
      labelled('scenarios', names(planned.scenarios.map(({ scenario }) => scenario.id)), display),
      ...unfit.map(({ system, scenario, because }) =>
        labelled('not done', `${system} on ${scenario}: ${because}`, display),
      ),
      labelled(
        'trials',
        `${all} at most: ${baselines} baselines, ${placebos} placebos, ${faulted} faulted. A fault is only set on tasks that a system solves unharmed, at a place that its baseline passes.`,
        display,
      ),
      ...(stored.trialCalls ? [labelled('limit', limitText(stored.trialCalls), display)] : []),
      labelled(
        'precision',
        `A cell has at most ${perCell} trials: at 80% held, the interval reaches about ${Math.round(100 * counts.halfWidth)} points to either side. More tasks say more than more seeds.`,
        display,
      ),
      labelled('cost', costText(planned), display),
      ...(planned.injector && isWritten(planned)
        ? [
            labelled(
              'injector',
              `${planned.injector.id} writes ${names(writers(planned).writes)}: at most ${most} calls, retries after failures of the server aside. Equal texts are asked for once.`,
              display,
            ),
          ]
        : []),
      ...(judge && counts.judgeCalls > 0
        ? [
            labelled(
              'judge',
              `${judge.id} is asked what no program can tell of ${names(judgedFaults(planned).map(({ id }) => id))}: at most ${counts.judgeCalls} calls, ${mostTries} for each of ${counts.judgeCalls / mostTries} trials, retries after failures of the server aside.`,
              display,
            ),
          ]
        : []),
      ...(verification ? [labelled('verify', verificationText(verification), display)] : []),
      ...reaches.map((reach) => labelled('gate', reachText(reach), display)),
      '',
      ' Nothing was run. To do it: firedrill run with the same arguments.',
    ].join('\n'),
  )
}

const limitText = (trialCalls: string): string => {
  const words = trialCallsWords(trialCalls)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}. A trial that makes more is stalled and counts as broken.`
}

function costText({ model }: Plan): string {
  if (model?.kind === 'simulated') {
    return 'None: agents are answered by the simulated model, without key and network.'
  }
  const whose = model ? `${model.id} costs, which nobody here knows` : 'your own models cost'
  return `Whatever ${whose}; calls are known once a baseline has been executed. --max-tokens limits it.`
}

function verificationText({ held, most, expected }: VerificationCost): string {
  if (most === 0) return 'Nothing: no system of this plan has a defence that could be taken out.'
  return `${most} more trials at most, for at most ${held} held trials: each without every defence, and without several where one is not enough, with the baselines that this needs. About ${expected} when 80% hold and one in six of them by any of several defences.`
}

/** What the gates of a plan can come to at all; throws when the plan has nothing of what they ask. */
function gatesOfPlan(
  given: Given,
  { stored, plan: planned }: ReadyPlan,
  found: Setting['found'],
): readonly Reach[] {
  const catalogue = catalogueOf(found)
  const run = unnamedRun(stored, ownFaultsOf(catalogue, found))
  const { parsed } = demandsOf(given, run)
  if (given['stop-when-decided']) looksOf(parsed)
  return reachesOf(parsed, planned)
}

/** A text is asked for twice at most, once more where a live model says something else than in its baseline. */
function injectorCalls({ model }: Plan, trials: readonly PlannedTrial[]): number {
  const textsAtOnce = model?.kind === 'simulated' ? 1 : 2
  const texts = trials
    .flatMap(({ actions }) => actions)
    .filter(({ written }) => written)
    .map(({ trigger }) => (trigger === 'once' ? textsAtOnce : mostTexts))
  return mostTries * texts.reduce((sum, count) => sum + count, 0)
}

/** A judge is asked once about each fault of a trial, if it has behaviours that only a judge can tell. */
function questionsAtMost(
  judge: ModelAddress | null,
  planned: Plan,
  trials: readonly PlannedTrial[],
): number {
  if (!judge) return 0
  const judged = new Set(judgedFaults(planned).map(({ id }) => id))
  return trials
    .filter(({ arm }) => arm === 'fault')
    .flatMap(({ label }) => faultsIn(label))
    .filter((fault) => judged.has(fault)).length
}

function halfWidthAt(n: number): number {
  const { low, high } = wilson(Math.round(0.8 * n), n)
  return (high - low) / 2
}

/** A plan as a run that has not begun, which is what gates are checked against. */
const unnamedRun = (
  stored: ReadyPlan['stored'],
  own: ReturnType<typeof ownFaultsOf>,
): Parameters<typeof demandsOf>[1] => ({
  schema: 1,
  tool: { name: 'firedrill', version: version() },
  id: 'this plan',
  plan: stored,
  arguments: {},
  ...own,
  versions: {},
  commit: null,
  created: now().toISOString(),
})
