import { judge } from '../../analysis/judge.js'
import { unfitBecause } from '../../core/fit.js'
import { type Looked, lookForSites } from '../../engine/applicability.js'
import { expand } from '../../engine/plan.js'
import { cutSeams } from '../../engine/session.js'
import { counted } from '../../reports/text/numbers.js'
import { scenarios } from '../../scenarios/catalogue.js'
import { systems } from '../../systems/catalogue.js'
import type { Setting } from '../config.js'
import { type Display, log, print, printJson } from '../console.js'
import { catalogueOf } from '../faults.js'
import { type Cell, cellsOf, matrixText } from '../matrix-view.js'
import type { Given } from '../options.js'
import { planOf } from '../plan-of.js'
import { realClock } from '../real-clock.js'
import { packageFolder } from '../version.js'

/** A fault has a site in a cell when it finds one in any of so many baselines. */
const tasks = 3

/** Prints which fault can be set in which system at which work, and why not. */
export async function matrix(given: Given, display: Display, { found }: Setting): Promise<void> {
  const catalogue = catalogueOf(found)
  const possible = scenarios.filter(({ realOnly }) => !realOnly)
  const looks = possible.flatMap((scenario) => {
    const fitting = systems.filter((system) => unfitBecause(system, scenario) === null)
    return fitting.length > 0 ? [{ scenario, fitting }] : []
  })
  const cells: Cell[] = scenarios.flatMap((scenario) =>
    systems.flatMap((system): readonly Cell[] => {
      const because =
        unfitBecause(system, scenario) ??
        (scenario.realOnly ? 'only real models can do it, and they cost something' : null)
      if (because === null) return []
      const at = { system: system.id, scenario: scenario.id, stands: 'left-out', because } as const
      return catalogue.map(({ id }) => ({ ...at, fault: id }))
    }),
  )
  const uninstall = await cutSeams([packageFolder()])
  try {
    for (const { scenario, fitting } of looks) {
      log(
        `${scenario.id}: ${counted(tasks, 'baseline')} of each of ${counted(fitting.length, 'system')}`,
      )
      const { plan } = await planOf(
        asked(
          scenario.id,
          fitting.map(({ id }) => id),
        ),
        process.cwd(),
        catalogue,
      )
      const looked: Looked[] = []
      await lookForSites(
        {
          ...{
            plan,
            groups: expand(plan),
            done: new Map(),
            concurrency: 1,
            clock: realClock,
            judge,
          },
          signal: new AbortController().signal,
          onTrial: () => undefined,
        },
        (one) => looked.push(one),
      )
      cells.push(...cellsOf(looked, catalogue))
    }
  } finally {
    uninstall()
  }
  if (given['json']) printJson({ tasks, model: 'sim-strong', cells })
  else print(matrixText(cells, { faults: catalogue, systems, scenarios, tasks }, display))
}

const asked = (scenario: string, names: readonly string[]) => ({
  ...{ systems: names, system: null, tasksFile: null, scenario: [scenario], faults: [] },
  ...{ tasks: String(tasks), seeds: '1', model: 'simulated', site: 'default', without: [] },
})
