import { wilson } from '../../analysis/interval.js'
import { expand, systemName } from '../../engine/plan.js'
import type { Setting } from '../config.js'
import { type Display, print, printJson } from '../console.js'
import { catalogueOf } from '../faults.js'
import { type Given, planArguments } from '../options.js'
import { planOf } from '../plan-of.js'
import { labelled } from '../rows.js'

/** Says what `run` would do, and runs nothing. */
export async function plan(given: Given, display: Display, { found }: Setting): Promise<void> {
  const catalogue = catalogueOf(found)
  const { plan: planned, stored } = await planOf(planArguments(given), process.cwd(), catalogue)
  const groups = expand(planned)
  const trials = groups.flatMap((group) => group.trials)
  const tasks = planned.scenarios.reduce((sum, scenario) => sum + scenario.tasks.length, 0)
  const perCell = tasks * planned.seeds.length
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
  }
  if (given['json']) {
    printJson({ counts, plan: stored })
    return
  }
  const names = (items: readonly string[]) => items.join(', ')
  const { trials: all, baselines, placebos, faulted } = counts
  print(
    [
      labelled('systems', names(planned.systems.map(systemName)), display),
      labelled('faults', names(planned.faults.map(({ fault }) => fault.id)), display),
      labelled('scenarios', names(planned.scenarios.map(({ scenario }) => scenario.id)), display),
      labelled(
        'trials',
        `${all} at most: ${baselines} baselines, ${placebos} placebos, ${faulted} faulted. A fault is only set on tasks that a system solves unharmed, at a place that its baseline passes.`,
        display,
      ),
      labelled(
        'precision',
        `A cell has at most ${perCell} trials: at 80% held, the interval reaches about ${Math.round(100 * counts.halfWidth)} points to either side. More tasks say more than more seeds.`,
        display,
      ),
      labelled(
        'cost',
        planned.model?.kind === 'simulated'
          ? 'None: agents are answered by the simulated model, without key and network.'
          : 'Whatever your own models cost; calls are known once a baseline has been executed.',
        display,
      ),
      '',
      ' Nothing was run. To do it: firedrill run with the same arguments.',
    ].join('\n'),
  )
}

function halfWidthAt(n: number): number {
  const { low, high } = wilson(Math.round(0.8 * n), n)
  return (high - low) / 2
}
