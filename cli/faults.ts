import { FiredrillError, messageOf } from '../core/errors.js'
import type { Fault } from '../core/fault.js'
import type { FaultFacts } from '../core/report.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { Injector } from '../core/taxonomy.js'
import type { Configuration } from '../engine/config.js'
import { checkedFaults } from '../engine/own-faults.js'
import { faults } from '../faults/catalogue.js'
import { configurationIn, type Setting } from './config.js'

/** The catalogue: the faults of Firedrill and, behind them, those of a configuration, checked. */
export function catalogueOf(found: Configuration | null): readonly Fault[] {
  const own = found?.values.ownFaults ?? []
  return found ? [...faults, ...checkedFaults(own, faults, found.name)] : faults
}

/** Whether a fault came from a configuration. */
export const isOwn = ({ codeHash }: Fault): boolean => codeHash !== undefined

/** What `run.json` keeps of the faults that a configuration added. */
export function ownFaultsOf(
  catalogue: readonly Fault[],
  found: Configuration | null,
): Pick<RunFile, 'ownFaults'> {
  const own = catalogue.filter(isOwn)
  if (!found || own.length === 0) return {}
  return {
    ownFaults: {
      config: found.name,
      faults: own.map(({ id, abbreviation, category, injector, summary }) => ({
        ...{ id, abbreviation, category, injector, summary },
      })),
    },
  }
}

/** What reports say about the faults of a run; its own file knows those that are the user's. */
export const factsOf = ({
  ownFaults,
}: Pick<RunFile, 'ownFaults'>): readonly (FaultFacts & Readonly<{ injector: Injector }>)[] => [
  ...faults,
  ...(ownFaults?.faults ?? []),
]

/** The injector of a fault by its name, parameters or not. */
export const injectorIn =
  (faults: ReturnType<typeof factsOf>) =>
  (name: string): Injector =>
    faults.find(({ id }) => id === name.split(':')[0])?.injector ?? 'response'

/** The catalogue of a stored run, and which of the user's faults in it are not what they were. */
export type StoredCatalogue = Readonly<{ catalogue: readonly Fault[]; changed: readonly string[] }>

/**
 * Finds the faults of a stored run again. Faults that joined the configuration later are left out: `-f action` shall
 * mean what it meant. Throws `bad-config` when a fault that the run used is gone.
 */
export async function storedCatalogue(file: RunFile, setting: Setting): Promise<StoredCatalogue> {
  const { ownFaults } = file
  if (!ownFaults) return { catalogue: faults, changed: [] }
  const names = new Set(ownFaults.faults.map(({ id }) => id))
  const planned = file.plan.faults.flatMap(({ also = [], ...first }) => [first, ...also])
  const used = planned.filter(({ codeHash }) => codeHash !== undefined)
  const found = await configurationOf(ownFaults.config, setting).catch((cause: unknown) => {
    const [first] = used
    if (!first) return null
    throw goneFault(file, first.id, messageOf(cause).replace(/\.$/, ''))
  })
  const own = catalogueOf(found).filter((fault) => isOwn(fault) && names.has(fault.id))
  const hashes = new Map(own.map(({ id, codeHash }) => [id, codeHash]))
  const gone = used.find(({ id }) => !hashes.has(id))
  if (gone) throw goneFault(file, gone.id, whyGone(found))
  const changed = used.filter(({ id, codeHash }) => hashes.get(id) !== codeHash)
  return { catalogue: [...faults, ...own], changed: [...new Set(changed.map(({ id }) => id))] }
}

async function configurationOf(
  config: string,
  { wish, found }: Setting,
): Promise<Configuration | null> {
  if (wish.kind !== 'nearest' || found?.name === config) return found
  return configurationIn({ kind: 'file', path: config }, process.cwd())
}

const whyGone = (found: Configuration | null): string =>
  found ? `${found.name} has no such fault` : '--no-config leaves it out'

function goneFault({ id, ownFaults }: RunFile, fault: string, why: string): FiredrillError {
  const message = `Run ${id} used "${fault}" from ${ownFaults?.config}, which cannot be found: ${why}.`
  return new FiredrillError('bad-config', message, {
    hint: 'Put the fault back, or name the configuration that has it now with --config FILE.',
  })
}

/** The error for going on with a run whose own faults have another code now. */
export function changedFaults({ id }: RunFile, changed: readonly string[]): FiredrillError {
  const message = `The code of ${changed.join(', ')} has changed since run ${id} began.`
  return new FiredrillError('plan-changed', message, {
    hint: 'Start a new run without --resume: trials of two different faults do not belong together.',
  })
}
