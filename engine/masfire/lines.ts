import { hashOf } from '../../core/canonical-json.js'
import type { Behaviour } from '../../core/schemas/behaviour.js'
import { noInjectorUsage } from '../../core/schemas/injection-line.js'
import type { Outcome } from '../../core/schemas/outcome.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { baselineArm, trialId } from '../../core/trial-id.js'
import type { PublishedTrial } from './trials.js'

/** The study tried everything once; the seed only has to be the same for a trial and its baseline. */
export const onlySeed = 1

/**
 * Stored lines of published trials: one for each, and a right baseline for each system and task, because only what was
 * solved with no fault set was published.
 */
export function linesOf(trials: readonly PublishedTrial[]): readonly TrialLine[] {
  const solved = new Map(trials.map((trial) => [`${trial.system}\u0000${trial.task}`, trial]))
  return [...[...solved.values()].map(baselineOf), ...trials.map(faultedOf)]
}

type Identity = Pick<TrialLine, 'arm' | 'system' | 'scenario' | 'fault' | 'task'>

const baselineOf = ({ system, scenario, task }: PublishedTrial): TrialLine => ({
  ...unknown({ arm: 'baseline', system, scenario, fault: baselineArm, task }),
  outcome: outcomeOf(true, 'imported: solved with no fault set, else it would not be published'),
})

function faultedOf(trial: PublishedTrial): TrialLine {
  const { system, scenario, fault, task, passed } = trial
  return {
    ...unknown({ arm: 'fault', system, scenario, fault: fault.id, task }),
    outcome: outcomeOf(passed, 'imported: as published'),
    verdict: passed ? 'held' : 'broke',
    injections: [
      {
        fault: fault.id,
        ...{ site: 'not published', agent: 'not published' },
        ...{ changed: true, delivered: true, effective: true, recoverable: true },
        by: fault.injector === 'routing' ? 'program' : 'model',
        note: 'imported: the study counts every trial; what the injection did was not checked',
      },
    ],
    behaviours: [behaviourOf(trial)],
  }
}

/** The published label was given by a judge model, which named no steps. */
function behaviourOf({ fault, meaning }: PublishedTrial): Behaviour {
  const same = { fault: fault.id, proof: [], undecided: [] }
  if (meaning.behaviour === null) return { ...same, id: null, by: null, tiers: {}, detects: null }
  const { behaviour: id, tiers, detects } = meaning
  return { ...same, id, by: 'judge', tiers, detects }
}

const outcomeOf = (correct: boolean, note: string): Outcome => ({
  kind: 'answered',
  answer: 'not published',
  correct,
  mark: { correct, result: correct ? 'PASS' : 'FAIL', note },
})

/** A line with all that the release does not say left open; counts have no way to say so and are 0. */
function unknown(identity: Identity): Omit<TrialLine, 'outcome'> {
  const id = trialId({ ...identity, seed: onlySeed })
  return {
    schema: 1,
    key: hashOf(`imported/1|${id}`),
    ...{ attempt: 1, id, ...identity, seed: onlySeed },
    ...{ verdict: null, dormantBecause: null, sameAsBaseline: null },
    ...{ injections: [], behaviours: [], noticed: null, spread: null },
    ...{ supersteps: 0, calls: 0, tokens: 0, costUsd: null, injector: noInjectorUsage },
    ...{ unread: 0, duration: null },
  }
}
