import { unknownSite } from '../core/site.js'
import type { Action } from './action.js'
import { type Aim, aimAt } from './aim.js'
import { arm, together } from './arm.js'
import { chooseTarget, siteOf, type TrialSeed } from './choose-site.js'
import { createPause, type Pause } from './injector/pause.js'
import { modelWriter, programWriter, type Writer } from './injector/writer.js'
import { settle } from './ledger.js'
import { type Lines, linesOf, lineWithoutTrial } from './line.js'
import { budgetFrom } from './meter.js'
import type { PlannedTrial, TrialGroup } from './plan.js'
import { tokensIn } from './tokens.js'
import { executeTrial } from './trial.js'
import { type Baseline, contextOf, type Execution, safely, setupOf } from './work.js'

/** Executes a twin of a baseline, with all of its actions armed. */
export async function executeArmed(
  {
    group,
    trial,
    execution,
  }: Readonly<{ group: TrialGroup; trial: PlannedTrial; execution: Execution }>,
  { facts, sites, executed: first, trace }: Baseline,
): Promise<Lines> {
  const { judge, plan, clock } = execution
  const seed = { seed: group.seed, task: group.task.id }
  return safely({ group, trial, execution }, async () => {
    const targets = trial.actions.map((action) => ({
      action,
      target: chooseTarget(action, sites, trial.pins?.get(action.label) ?? plan.site, seed),
    }))
    const missing = targets.flatMap(({ target }) =>
      target.kind === 'none' ? [target.because] : [],
    )
    if (missing[0]) {
      const outcome = { kind: 'not-run', reason: missing[0] } as const
      return lineWithoutTrial(group, trial, { outcome, judge })
    }
    const { text, agents: _, ...known } = facts
    const unknown = { ...unknownSite, ...known, taskText: text, handsOver: false }
    const aimed = targets.map(({ action, target }) => ({
      action,
      aim: aimAt(action, target, { sites, unknown }),
    }))
    const pause = createPause(clock)
    const writer = writerOf(trial, execution, pause)
    for (const { action, aim } of aimed) await prepare(writer, { action, aim, seed })
    const swelling = aimed.reduce((sum, one) => sum + swellingOf(one, seed), 0)
    const { trialCalls: limit = null } = plan
    const budget = budgetFrom(first.used, { limit, swelling })
    const setup = { ...setupOf(group, execution, budget), pause }
    const executed = await executeTrial(setup, (recorder) =>
      together(aimed.map(({ action, aim }) => arm(action, aim, { trial: seed, recorder, writer }))),
    )
    return linesOf(
      { group, trial, executed, injections: settle(executed) },
      contextOf(execution, { group, trial }, trace),
    )
  })
}

/** How many tokens a changed prompt is longer than it was: that many are the fault's, not the system's, in every call. */
function swellingOf(
  { action, aim }: Readonly<{ action: Action; aim: Aim }>,
  seed: TrialSeed,
): number {
  for (const { id, agent, payload } of aim.sites) {
    if (payload.injector !== 'prompt') return 0
    const after = action.change(payload, siteOf(action, id, aim.factsAt(id, agent), seed))
    if (after?.injector !== 'prompt') continue
    return Math.max(0, tokensIn(after.value) - tokensIn(payload.value))
  }
  return 0
}

function writerOf(trial: PlannedTrial, { plan, texts }: Execution, pause: Pause): Writer {
  if (!texts || !plan.injector) return programWriter
  const version = `${plan.engine}|${plan.injector.hash}`
  return modelWriter({ texts, trial: trial.key, version, pause })
}

/**
 * Asks for the texts that the trial will need: the one for the first place, and those for tool results, where nobody
 * can wait. All others are asked for when their turn comes, since an earlier change may change them.
 */
async function prepare(
  writer: Writer,
  { action, aim, seed }: Readonly<{ action: Action; aim: Aim; seed: TrialSeed }>,
): Promise<void> {
  if (!action.written) return
  const places = aim.sites.flatMap(({ at, id, agent, payload }) => {
    const site = siteOf(action, id, aim.factsAt(id, agent), seed)
    const program = action.change(payload, site)
    return program === null ? [] : [{ kind: at.kind, place: { before: payload, program, site } }]
  })
  for (const [index, { kind, place }] of places.entries()) {
    if (index === 0 || kind === 'tool') await writer.prepare(action, place)
  }
}
