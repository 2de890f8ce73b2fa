import { FiredrillError } from '../core/errors.js'
import { unfitBecause } from '../core/fit.js'
import type { Model } from '../core/model.js'
import type { Scenario } from '../core/scenario.js'
import type { PlannedSystem } from '../engine/plan.js'
import { scenarios } from '../scenarios/catalogue.js'
import { systems } from '../systems/catalogue.js'

/** Those of the systems that fit some of the work. One that was named and fits none is refused, not left out. */
export function fitting(
  chosen: readonly PlannedSystem[],
  work: readonly Scenario[],
  words: readonly string[],
): readonly PlannedSystem[] {
  const fits = ({ system }: PlannedSystem) => work.some((one) => !unfitBecause(system, one))
  const names = words.map((word) => word.split('~')[0])
  const strange = chosen.find((one) => !fits(one) && names.includes(one.system.id))
  const kept = chosen.filter(fits)
  const refused = strange ?? (kept.length === 0 ? chosen[0] : undefined)
  if (!refused) return kept
  const { system } = refused
  const ids = (items: readonly Readonly<{ id: string }>[]) => items.map(({ id }) => id).join(', ')
  const others = systems.filter((one) => work.some((some) => !unfitBecause(one, some)))
  const works = scenarios.filter((one) => !unfitBecause(system, one))
  const because = work.map((one) => unfitBecause(system, one))[0]
  throw new FiredrillError('bad-argument', `${system.id} does not do ${ids(work)}. ${because}`, {
    hint: `Systems that do: ${ids(others)}. Work that ${system.id} does: ${ids(works)}.`,
  })
}

/**
 * The work that a model can do. What only real models can do is refused to a simulated one that was asked for it by name;
 * a pattern such as `all` means all that can be done.
 */
export function doable(
  chosen: readonly Scenario[],
  words: readonly string[],
  { kind }: Model,
): readonly Scenario[] {
  const isDoable = ({ realOnly }: Scenario) => kind !== 'simulated' || !realOnly
  const left = chosen.filter(isDoable)
  const refused = chosen.find(
    (one) => !isDoable(one) && (left.length === 0 || words.includes(one.id)),
  )
  if (!refused) return left
  throw new FiredrillError(
    'unsupported',
    `The simulated model cannot do ${refused.id}: it reads generated sentences only.`,
    {
      hint: `Choose --model openai:NAME or one of: ${scenarios
        .filter(isDoable)
        .map(({ id }) => id)
        .join(', ')}.`,
    },
  )
}
