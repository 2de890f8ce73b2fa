import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import chalk from 'chalk'
import { messageOf } from '../../core/errors.js'
import type { Configuration } from '../../engine/config.js'
import {
  findCopies,
  findPackage,
  type PackageCopy,
  prototypesOf,
} from '../../engine/seams/copies.js'
import { install } from '../../engine/seams/install.js'
import { testCopies } from '../../engine/session.js'
import { openaiClient } from '../../models/openai-chat.js'
import { run } from '../../scenarios/sandbox/pool.js'
import type { Setting } from '../config.js'
import { type Display, print, printJson } from '../console.js'
import { exitCodes } from '../exit-codes.js'
import { catalogueOf, isOwn } from '../faults.js'
import { askedChecks, type Check, clientCheck, keyCheck } from '../model-checks.js'
import { type Given, wordIn } from '../options.js'
import { tracingFound } from '../tracing.js'
import { packageFolder, version } from '../version.js'

/** Looks at everything that a run needs and says what to do about what is missing. */
export async function doctor(given: Given, display: Display, { found }: Setting): Promise<number> {
  const copies = findCopies([packageFolder(), process.cwd()])
  const checks: readonly Check[] = [
    nodeCheck(),
    copiesCheck(copies),
    await factsCheck(copies),
    await sandboxCheck(),
    folderCheck(resolve(wordIn(given, 'out') ?? '.firedrill/runs')),
    tracingCheck(),
    configCheck(found),
    keyCheck(process.env),
    // The copy that Firedrill itself would load.
    clientCheck(findPackage(openaiClient, packageFolder())),
    ...askedChecks(process.env),
    {
      name: 'terminal',
      ok: true,
      found: `${display.width} columns, ${display.colour ? 'colours' : 'no colours'}`,
      remedy: '',
    },
  ]
  if (given['json']) printJson({ version: version(), checks })
  else print(checks.map(shown).join('\n'))
  return checks.every(({ ok }) => ok) ? exitCodes.done : exitCodes.noVerdict
}

const shown = ({ name, ok, found, remedy }: Check): string =>
  `${ok ? chalk.green('ok     ') : chalk.red('missing')}  ${name.padEnd(20)}  ${found}${ok ? '' : `\n${' '.repeat(31)}${remedy}`}`

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > 20 || (major === 20 && minor >= 19)
  return { name: 'Node.js', ok, found: process.version, remedy: 'Install Node.js 20.19 or newer.' }
}

function copiesCheck(copies: readonly PackageCopy[]): Check {
  const graphs = copies.filter(({ name }) => name === '@langchain/langgraph')
  const ok = graphs.length > 0 && graphs.every(({ version: found }) => found.startsWith('1.'))
  return {
    name: 'LangGraph.js',
    ok,
    found: copies.map(({ name, version: found }) => `${name} ${found}`).join(', ') || 'none',
    remedy:
      'Install a version that is tested: npm install @langchain/langgraph@^1 @langchain/core@^1.4.',
  }
}

async function factsCheck(copies: readonly PackageCopy[]): Promise<Check> {
  const name = 'seams'
  const remedy = 'Report the versions above; until then pin the LangGraph version of the lock file.'
  try {
    const uninstall = install(await prototypesOf([], copies))
    try {
      const facts = await testCopies(copies)
      const broken = facts.filter(({ holds }) => !holds).map(({ fact }) => fact)
      const found =
        broken.length === 0
          ? `${facts.length} of ${facts.length} facts hold`
          : `no longer true: ${broken.join(', ')}`
      return { name, ok: broken.length === 0, found, remedy }
    } finally {
      uninstall()
    }
  } catch (error) {
    return { name, ok: false, found: messageOf(error), remedy }
  }
}

async function sandboxCheck(): Promise<Check> {
  const name = 'sandbox'
  const remedy = 'Install again: npm install. Until then code-rules and humaneval-js mark nothing.'
  try {
    const ended = await run({ code: 'const twice = (n) => 2 * n', calls: ['twice(21)'] })
    const [value] = ended.how === 'returned' ? ended.values : []
    const ok = value?.kind === 'number' && value.number === 42
    return { name, ok, found: ok ? 'QuickJS runs a program' : 'QuickJS gives false values', remedy }
  } catch (error) {
    return { name, ok: false, found: messageOf(error), remedy }
  }
}

function folderCheck(folder: string): Check {
  let existing = folder
  while (!existsSync(existing)) existing = dirname(existing)
  try {
    accessSync(existing, constants.W_OK)
    return { name: 'folder of runs', ok: true, found: folder, remedy: '' }
  } catch {
    return {
      name: 'folder of runs',
      ok: false,
      found: `${existing} is not writable`,
      remedy: 'Choose another one with --out DIR.',
    }
  }
}

function configCheck(found: Configuration | null): Check {
  const own = catalogueOf(found).filter(isOwn).length
  const text = found ? `${found.name}, faults of your own: ${own}` : 'none'
  return { name: 'configuration', ok: true, found: text, remedy: '' }
}

function tracingCheck(): Check {
  const found =
    tracingFound.length > 0 ? `${tracingFound.join(', ')} is on; it is switched off in here` : 'off'
  return { name: 'LangSmith tracing', ok: true, found, remedy: '' }
}
