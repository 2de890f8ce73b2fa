import { dirname, relative, resolve } from 'node:path'
import yargs from 'yargs'
import type { Config } from '../core/schemas/config.js'
import { type Configuration, type ConfigWish, readConfig } from '../engine/config.js'
import { everywhereOptions, type Given, type Group, variableOf, wordsIn } from './options.js'

/** The configuration that a command was given, and how it was asked for. */
export type Setting = Readonly<{ wish: ConfigWish; found: Configuration | null }>

/** Reads the configuration that a command line asks for; throws `bad-config` when it is not usable. */
export async function settingOf(args: readonly string[], folder: string): Promise<Setting> {
  const wish = wishOf(args)
  return { wish, found: await configurationIn(wish, folder) }
}

/** Reads a configuration; one that is code may import `firedrill`, wherever it is and whatever is installed there. */
export const configurationIn = (wish: ConfigWish, folder: string): Promise<Configuration | null> =>
  readConfig(wish, folder, async () => ({ firedrill: await import('../index.js') }))

/** The rest of the command line can only be understood when the defaults are known, so this one option is read before. */
function wishOf(args: readonly string[]): ConfigWish {
  const { alias, default: fallback } = everywhereOptions()['config'] ?? {}
  const { config } = yargs([...args])
    .options({ config: { type: 'string', alias: alias ?? [] } })
    .help(false)
    .version(false)
    .exitProcess(false)
    .parseSync() as Readonly<{ config?: unknown }>
  const asked = Array.isArray(config) ? config.at(-1) : config
  if (asked === false) return { kind: 'none' }
  const path = asked || fallback
  return path ? { kind: 'file', path: String(path) } : { kind: 'nearest' }
}

/** Options with what the configuration says as their defaults; what the environment says comes before it. */
export function configured(options: Group, { found }: Setting): Group {
  if (!found) return options
  const values = optionsIn(found)
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const value = values[name]
      const isSet = value === undefined || process.env[variableOf(name)]
      return [name, isSet || ofSystems.has(name) ? option : { ...option, default: value }]
    }),
  )
}

/** These go together: who names other systems on the command line wants neither tasks nor defences of the old ones. */
const ofSystems = new Set(['systems', 'system', 'tasks-file', 'oracle', 'without'])

/** Arguments with the systems of the configuration, unless others were named. */
export function withSystems(given: Given, { found }: Setting): Given {
  if (!found) return given
  const values = optionsIn(found)
  const namesSystems = values['system'] !== undefined || values['systems'] !== undefined
  const isNamed = given['system'] !== undefined || wordsIn(given, 'systems').length > 0
  if (isNamed && namesSystems) return given
  const missing = [...ofSystems].filter(
    (name) => values[name] !== undefined && wordsIn(given, name).length === 0,
  )
  return { ...given, ...Object.fromEntries(missing.map((name) => [name, values[name]])) }
}

/** What a configuration says, by the names of options; paths are relative to its folder, so they are translated. */
function optionsIn({ path, values }: Configuration): Readonly<Record<string, unknown>> {
  const here = (text: string) => relative(process.cwd(), resolve(dirname(path), text)) || '.'
  const { ownFaults: _, limits = {}, ...rest } = values
  const { system, tasksFile, oracle, out, report, baseline } = rest
  const wishes = typeof report === 'string' ? [report] : report
  return renamed({
    ...rest,
    ...Object.fromEntries(Object.entries(limits).map(([name, most]) => [`max-${name}`, most])),
    ...(system === undefined ? {} : { system: here(system) }),
    ...(tasksFile === undefined ? {} : { tasksFile: here(tasksFile) }),
    ...(oracle === undefined ? {} : { oracle: here(oracle) }),
    ...(out === undefined ? {} : { out: here(out) }),
    ...(baseline === undefined ? {} : { baseline: here(baseline) }),
    ...(wishes === undefined ? {} : { report: wishes.map((wish) => placed(wish, here)) }),
  })
}

function placed(wish: string, here: (text: string) => string): string {
  const [name = '', path] = wish.split(/:(.*)/s)
  return path ? `${name}:${here(path)}` : wish
}

/** Options are written tasks-file on the command line and tasksFile in a configuration. */
const renamed = (values: Omit<Config, 'ownFaults' | 'limits'>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      typeof value === 'number' ? String(value) : value,
    ]),
  )
