import { existsSync } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import { FiredrillError, messageOf } from '../core/errors.js'
import type { Config } from '../core/schemas/config.js'
import { checkedConfig } from './checked-config.js'
import { importModule } from './user-module.js'

/** Which configuration is wanted: the nearest one, a certain one, or none. */
export type ConfigWish =
  | Readonly<{ kind: 'nearest' }>
  | Readonly<{ kind: 'file'; path: string }>
  | Readonly<{ kind: 'none' }>

/** A configuration that was read and checked. `name` is its path as people see it, from the working folder. */
export type Configuration = Readonly<{ path: string; name: string; values: Config }>

/** Modules that a configuration may import without having them installed; made when it is code. */
export type KnownModules = () => Promise<Readonly<Record<string, unknown>>>

const extensions = ['ts', 'js', 'mjs', 'cjs', 'json', 'yaml', 'yml'] as const

// Of several in one folder the first counts.
const configFiles: readonly string[] = extensions.map((one) => `firedrill.config.${one}`)

/** Finds and reads the configuration of a working folder; null when there is none. Throws `bad-config`. */
export async function readConfig(
  wish: ConfigWish,
  folder: string,
  known: KnownModules,
): Promise<Configuration | null> {
  if (wish.kind === 'none') return null
  const { lilconfig } = await import('lilconfig')
  const loaders = Object.fromEntries(
    extensions.map((one) => [`.${one}`, (path: string, text: string) => loaded(path, text, known)]),
  )
  const reader = lilconfig('firedrill', {
    searchPlaces: [...configFiles],
    stopDir: repositoryOf(folder),
    ignoreEmptySearchPlaces: false,
    loaders,
  })
  const found =
    wish.kind === 'file'
      ? await reader.load(readable(resolve(folder, wish.path)))
      : await reader.search(folder)
  if (!found) return null
  const name = relative(folder, found.filepath)
  return { path: found.filepath, name, values: checkedConfig(found.config, name) }
}

/** The folder of the repository around a folder; the folder itself when there is none: nothing foreign is executed. */
function repositoryOf(folder: string): string {
  let above = folder
  while (!existsSync(join(above, '.git'))) {
    if (dirname(above) === above) return folder
    above = dirname(above)
  }
  return above
}

function readable(path: string): string {
  if (!existsSync(path)) {
    throw new FiredrillError('bad-config', `There is no configuration ${path}.`, {
      hint: 'Name one that is there with --config FILE, or leave it out with --no-config.',
    })
  }
  if (extensions.some((one) => extname(path) === `.${one}`)) return path
  throw new FiredrillError('bad-config', `${basename(path)} is no configuration.`, {
    hint: `Its name must end in .${extensions.join(', .')}.`,
  })
}

/** The default export; of a CommonJS module that is the whole of it. */
function exportOf(module: Readonly<Record<string, unknown>>): unknown {
  if ('default' in module) return module['default']
  const isModule =
    '__esModule' in module || Object.prototype.toString.call(module) === '[object Module]'
  return isModule ? undefined : module
}

async function loaded(path: string, text: string, known: KnownModules): Promise<unknown> {
  try {
    if (path.endsWith('.json')) return JSON.parse(text)
    if (/\.ya?ml$/.test(path)) return (await import('yaml')).parse(text)
    return exportOf(await importModule(path, await known()))
  } catch (cause) {
    throw new FiredrillError(
      'bad-config',
      `${path} cannot be loaded: ${messageOf(cause).split('\n')[0]?.replace(/\.$/, '')}.`,
      {
        hint: 'Put it right, name another one with --config FILE, or leave it out with --no-config.',
        cause,
      },
    )
  }
}
