import { describe, expect, it } from 'vitest'
import { publishedFaults } from '../core/taxonomy.js'
import { faults } from '../faults/catalogue.js'
import { sourceFiles } from './source-code.js'

type Layer = Readonly<{
  /** Folders of ours that it may import besides itself; `all` is every one but the cli. */
  ours: readonly string[] | 'all'
  /** Packages and Node modules that it may import; `@langchain/*` allows all that begin so. */
  packages: readonly string[]
  because: string
}>

/** Who may import whom. The file index.ts is a layer of its own. */
const layers: Readonly<Record<string, Layer>> = {
  core: {
    ours: [],
    packages: ['@langchain/core', 'zod', 'node:crypto'],
    because: 'core holds the words that all others speak; it knows none of them',
  },
  faults: {
    ours: ['core'],
    packages: ['@langchain/core'],
    because: 'a fault speaks to a site; it knows no system, no scenario, no engine',
  },
  systems: {
    ours: ['core'],
    packages: ['@langchain/core', '@langchain/langgraph'],
    because: 'a system reads like production code; it never knows that it is watched',
  },
  scenarios: {
    ours: ['core'],
    packages: [
      ...['@langchain/core', 'zod', 'node:fs', 'node:path', 'node:url'],
      // The sandbox: programs that nobody trusts run in an interpreter of their own, in a thread of its own.
      ...['quickjs-emscripten-core', '@jitl/quickjs-wasmfile-release-sync'],
      ...['node:worker_threads', 'node:module'],
    ],
    because: 'a scenario is the work; it knows neither who does it nor what goes wrong',
  },
  models: {
    ours: ['core'],
    packages: ['@langchain/core'],
    because: 'a model answers from the messages that it is given and from nothing else',
  },
  engine: {
    ours: ['core'],
    packages: ['@langchain/*', 'jiti', 'lilconfig', 'yaml', 'zod', 'node:*'],
    because: 'the engine makes trials happen; it is handed faults, systems and verdicts',
  },
  analysis: {
    ours: ['core'],
    packages: ['jstat'],
    because: 'the analysis sees only what a run has stored, so that old runs can be judged again',
  },
  reports: {
    ours: ['core'],
    packages: ['chalk'],
    because: 'reports show numbers, they do not compute them',
  },
  'index.ts': {
    ours: 'all',
    packages: [],
    because: 'the public API is a table of contents; the command line is not part of it',
  },
  cli: {
    ours: 'all',
    packages: ['yargs', 'chalk', 'log-update', 'node:*'],
    because: 'the command line ties the others together and does nothing else',
  },
  scripts: {
    ours: ['core', 'faults'],
    packages: ['zod', 'node:*'],
    because: 'scripts write down what the catalogues hold; they run nothing',
  },
  examples: {
    ours: [],
    packages: ['@langchain/*', 'zod', 'firedrill'],
    because: 'an example is what users already have; it works in a repository without Firedrill',
  },
}

/** Chance, time and the process are handed down: these are at home in the cli and in scripts. */
const reachedFor: Readonly<Record<string, string>> = {
  'Math.random': 'draw with core/draw.ts',
  'Date.now': 'take a Clock',
  'new Date': 'take a Clock',
  performance: 'take a Clock',
  setTimeout: 'take a Clock',
  process: 'let the cli read the process and hand down what it found',
  console: 'return a text and let the cli print it',
}

/** What a file may use all the same, and why. */
const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'scenarios/sandbox/pool.ts': {
    setTimeout: 'a thread that hangs in a program can only be ended from outside, by time',
  },
}

/** Faults may be named here although nothing depends on which there are. */
const namedFaults: Readonly<Record<string, string>> = {
  'engine/select.ts': 'the hint of an error shows by example how a parameter is written',
}

const files = sourceFiles(Object.keys(layers))
const inLayer = (...names: readonly string[]) => files.filter(({ layer }) => names.includes(layer))

const layerOf = (path: string): string => path.split('/', 1)[0] ?? ''
const isWithin = (imported: string, allowed: string): boolean =>
  allowed.endsWith('*')
    ? imported.startsWith(allowed.slice(0, -1))
    : imported === allowed || imported.startsWith(`${allowed}/`)

function isAllowed(own: string, imported: string): boolean {
  const layer = layers[own]
  if (!layer) return false
  const { ours, packages } = layer
  const target = layerOf(imported)
  if (!(target in layers)) return packages.some((allowed) => isWithin(imported, allowed))
  return target === own || (ours === 'all' ? target !== 'cli' : ours.includes(target))
}

const idsOfFaults = [...new Set([...publishedFaults, ...faults.map(({ id }) => id)])]
const faultsNamedIn = (text: string): readonly string[] =>
  idsOfFaults.filter((id) => new RegExp(`\\b${id}\\b`).test(text))

describe('the layers', () => {
  it('are checked on every file that there is', () => {
    expect(files.length).toBeGreaterThan(150)
    for (const layer of Object.keys(layers)) expect(inLayer(layer), layer).not.toEqual([])
    expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(400)
    expect(files.flatMap(({ loads }) => loads).length).toBeGreaterThan(300)
  })

  it.each(files)('$path imports only what its layer may import', ({ path, layer, imports }) => {
    const wrong = imports.filter((imported) => !isAllowed(layer, imported))
    const because = layers[layer]?.because
    expect(wrong.map((imported) => `${path} cannot import ${imported}: ${because}.`)).toEqual([])
  })

  it('load each other in one direction only', () => {
    expect(files.flatMap(({ path }) => wayBack(path) ?? [])).toEqual([])
  })
})

describe('chance, time and the process', () => {
  it.each(files.filter(({ layer }) => layer !== 'cli' && layer !== 'scripts'))(
    '$path reaches for none of them',
    ({ path, uses }) => {
      const reached = Object.keys(reachedFor).filter(
        (name) => uses.has(name) && !exceptions[path]?.[name],
      )
      expect(reached.map((name) => `${path} uses ${name}: ${reachedFor[name]}.`)).toEqual([])
    },
  )

  it('are used where that is excused', () => {
    for (const [path, excused] of Object.entries(exceptions)) {
      const uses = files.find((file) => file.path === path)?.uses
      expect(Object.keys(excused).filter((name) => !uses?.has(name))).toEqual([])
    }
  })

  it('would be found where they are at home', () => {
    const used = inLayer('cli', 'scripts').flatMap(({ uses }) => [...uses])
    expect(used).toEqual(expect.arrayContaining(['process', 'new Date', 'setTimeout', 'console']))
  })
})

describe('what a layer may not know', () => {
  it.each(inLayer('faults').filter(({ path }) => !path.endsWith('catalogue.ts')))(
    '$path stands alone: it imports no other fault',
    ({ imports }) => {
      expect(imports.filter((one) => layerOf(one) === 'faults')).toEqual([])
    },
  )

  // A configuration is the one file of a user's that is about Firedrill.
  const isConfig = ({ path }: Readonly<{ path: string }>) => path.endsWith('/firedrill.config.ts')

  it('finds configurations in examples only', () => {
    expect(files.filter(isConfig).map(({ layer }) => layer)).toEqual(['examples'])
  })

  it.each(inLayer('systems', 'examples').filter((file) => !isConfig(file)))(
    '$path does not know that it is tested',
    ({ text }) => {
      const strange = /\b(faults?|inject\w*|trials?|testbed|placebo|chaos|firedrill)\b/gi
      expect([...(text.match(strange) ?? []), ...faultsNamedIn(text)]).toEqual([])
    },
  )

  it.each(inLayer('models'))('$path sees neither tasks, oracles nor faults', ({ imports }) => {
    const hidden = /^core\/(fault|site|scenario|taxonomy|example|trial-id|report|schemas\/.*)\.ts$/
    expect(imports.filter((one) => hidden.test(one))).toEqual([])
  })

  it.each(inLayer('engine', 'analysis', 'reports').filter(({ path }) => !(path in namedFaults)))(
    '$path names no fault: it works for faults that nobody has written yet',
    ({ text }) => {
      expect(faultsNamedIn(text)).toEqual([])
    },
  )
})

/** The first way by which loading a file comes back to it. Types may point both ways: they are gone by then. */
function wayBack(start: string): string | null {
  const loads = new Map(files.map((file) => [file.path, file.loads]))
  const seen = new Set<string>()
  const search = (way: readonly string[]): string | null => {
    for (const next of loads.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return [...way, next].join(' -> ')
      if (seen.has(next)) continue
      seen.add(next)
      const found = search([...way, next])
      if (found) return found
    }
    return null
  }
  return search([start])
}
