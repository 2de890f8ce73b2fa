import { draw } from '../core/draw.js'
import { groupBy } from '../core/lists.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { baselineArm, faultWithoutParameters } from '../core/trial-id.js'
import { armKey, byArm, distinct, eligibleOf, standing } from './trials.js'

/** The counted trials of a run that held: those whose right answer can be owed to a defence. */
export function heldTrials(lines: readonly TrialLine[]): readonly TrialLine[] {
  const trials = distinct(lines)
  const baselines = byArm(trials.filter(({ arm }) => arm === 'baseline'))
  const eligible = new Map([...baselines].map(([key, own]) => [key, eligibleOf(own)] as const))
  const isCounted = (line: TrialLine) => {
    const unharmed = eligible.get(armKey(line.system, line.scenario, baselineArm))
    return unharmed !== undefined && standing(line, unharmed) === 'counted'
  }
  return trials.filter((line) => line.arm === 'fault' && line.verdict === 'held' && isCounted(line))
}

/**
 * A sample of trials that is spread over cells: one of each cell in turn, in an order that is drawn from the trials'
 * keys. A larger sample holds every smaller one.
 */
export function sampleOf(trials: readonly TrialLine[], size: number): readonly TrialLine[] {
  const cellOf = ({ system, scenario, fault }: TrialLine) =>
    armKey(system, scenario, faultWithoutParameters(fault))
  const cells = [...groupBy(trials, cellOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => drawn(own))
  const rounds = Math.max(0, ...cells.map(({ length }) => length))
  return [...Array(rounds).keys()]
    .flatMap((round) => cells.flatMap(({ [round]: trial }) => (trial ? [trial] : [])))
    .slice(0, size)
}

const drawn = (trials: readonly TrialLine[]): readonly TrialLine[] =>
  trials
    .map((trial) => ({ trial, rank: draw('verification', trial.key) }))
    .sort((a, b) => a.rank - b.rank || (a.trial.key < b.trial.key ? -1 : 1))
    .map(({ trial }) => trial)
