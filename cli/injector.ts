import type { AskedModel, ModelAddress } from '../core/asked-model.js'
import { promptVersion } from '../engine/injector/prompt.js'
import { expand, type Plan } from '../engine/plan.js'
import { addressOf, type Environment, readyModel } from './asked-models.js'

/** The injector model of a plan, from what was asked for; null when programs write all changes. */
export const plannedInjector = (model: string | null, asked: string | null): ModelAddress | null =>
  model === null ? null : addressOf('injector', { model, asked, version: promptVersion })

/** Whether any fault of a plan is written by its injector model. */
export const isWritten = ({ injector, faults }: Plan): boolean =>
  Boolean(injector) && faults.some((set) => partsOf(set).some(({ fault }) => fault.written))

/** The faults of a plan that its injector model writes, and those that only a program can set. */
export function writers({ faults }: Plan): Readonly<{ writes: string[]; leaves: string[] }> {
  const all = [...new Set(faults.flatMap(partsOf).map(({ fault }) => fault))]
  const ids = (isTheirs: boolean) =>
    all.filter(({ written }) => Boolean(written) === isTheirs).map(({ id }) => id)
  return { writes: ids(true), leaves: ids(false) }
}

const partsOf = ({ fault, also = [] }: Plan['faults'][number]) => [{ fault }, ...also]

/** The injector model of a plan; null when there is none, or nothing is left for it to write. */
export async function injectorFor(
  plan: Plan,
  {
    done,
    env,
    seconds,
  }: Readonly<{ done: ReadonlySet<string>; env: Environment; seconds: number }>,
): Promise<AskedModel | null> {
  if (!plan.injector || !isWritten(plan)) return null
  const isDone = expand(plan).every(({ trials }) => trials.every(({ key }) => done.has(key)))
  return isDone ? null : readyModel('injector', plan.injector, { env, seconds })
}
