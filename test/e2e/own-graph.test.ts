import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { command, type Ended, foreignFolder, onlyRun, repository, sortedLines } from './command.js'
import { own } from './own-graph.js'

const trialsIn = (folder: string): readonly TrialLine[] =>
  sortedLines(join(onlyRun(folder), 'trials.jsonl')).map((line) => JSON.parse(line))

/** Packages with all that they need, each in the folder where npm would put it. */
function copyPackages(names: readonly string[], folder: string): void {
  const todo = [...names]
  const done = new Set<string>()
  for (let name = todo.pop(); name; name = todo.pop()) {
    const from = join(repository, 'node_modules', name)
    if (done.has(name) || !existsSync(from)) continue
    done.add(name)
    const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'))
    todo.push(...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }))
    cpSync(from, join(folder, 'node_modules', name), {
      recursive: true,
      filter: (path) => !/\.(map|d\.c?ts|md)$/.test(path),
    })
  }
}

function copyExample(): string {
  const folder = foreignFolder()
  cpSync(join(repository, 'examples/supervisor'), folder, { recursive: true })
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  copyPackages(Object.keys(dependencies), folder)
  return folder
}

/** How every trial ended, by place: which copy of LangGraph executes a graph must not matter. */
const endings = new Map<string, readonly string[]>()

describe.each(['in its place', 'copied to where it has packages of its own'] as const)(
  'the team of somebody else, %s',
  (where) => {
    let folder = ''
    let ended: Ended
    beforeAll(async () => {
      const isCopy = where !== 'in its place'
      folder = isCopy ? copyExample() : foreignFolder()
      const path = isCopy ? 'graph.ts' : join(repository, 'examples/supervisor/graph.ts')
      ended = await command(`run --system ${path} -t 4 -q`, { cwd: folder })
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    test('is run, and the packages that it uses are named', () => {
      expect(ended.code, ended.stderr).toBe(0)
      expect(ended.stdout).not.toContain('SIMULATED')
      const { versions } = JSON.parse(readFileSync(join(onlyRun(folder), 'run.json'), 'utf8'))
      expect(versions['@langchain/langgraph']).toMatch(/^1\./)
    })

    test('solves its tasks unharmed, and as well with injectors that change nothing', () => {
      const arms = trialsIn(folder).filter(({ arm }) => arm !== 'fault')
      expect(arms).toHaveLength(4 * 4)
      for (const { id, outcome } of arms) expect(outcome, id).toMatchObject({ correct: true })
    })

    test('is reached by every fault that applies to it, at its agents', () => {
      const faulted = trialsIn(folder).filter(({ arm }) => arm === 'fault')
      const reached = faulted.filter(({ verdict }) => verdict === 'held' || verdict === 'broke')
      const faults = new Set(faulted.map(({ fault }) => fault))
      expect(faults.size).toBe(15)
      expect(faulted.filter(({ verdict }) => verdict === 'void')).toEqual([])
      // Its agents write no plans, and of its tools no other one takes what a call has.
      const others = [...faults].filter(
        (id) => !/^(inexecutable-plan|tool-selection-error)$/.test(id),
      )
      expect(new Set(reached.map(({ fault }) => fault))).toEqual(new Set(others))
      for (const { injections, id } of reached) {
        expect(
          injections.some(({ delivered }) => delivered),
          id,
        ).toBe(true)
        for (const { agent } of injections) expect(agent, id).toMatch(/^(supervisor|stock|billing)/)
      }
    })

    test('has traces that name its agents', () => {
      endings.set(
        where,
        trialsIn(folder)
          .map(({ fault, task, outcome, verdict, calls }) =>
            JSON.stringify({ fault, task, outcome, verdict, calls }),
          )
          .sort(),
      )
      const calls = sortedLines(join(onlyRun(folder), 'traces.jsonl'))
        .map((line) => JSON.parse(line) as { steps: { kind: string; agent: string }[] })
        .flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'call'))
      expect([...new Set(calls.map(({ agent }) => agent))].sort()).toEqual([
        ...['billing/agent', 'stock/agent', 'supervisor/agent'],
      ])
    })
  },
)

test('the team of somebody else ends alike, whichever copy of LangGraph it has', () => {
  const [here, there] = [...endings.values()]
  expect(here).toHaveLength(4 * 19)
  expect(there).toEqual(here)
})

describe('a graph', () => {
  const folders: string[] = []
  const run = async (code: string, args = 'run --system graph.mjs -q -f H') => {
    const cwd = own(code)
    folders.push(cwd)
    return { cwd, ended: await command(args, { cwd }) }
  }
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true })
  })
  const node = (work: string) =>
    `export const graph = builder.addNode('a', ${work}).addEdge(START, 'a')`

  test('that throws is crashed in every trial, which are all kept, and there is no verdict', async () => {
    const { cwd, ended } = await run(node('() => { throw new Error("no such tool") }'))
    expect(ended.code).toBe(3)
    expect(ended.stderr).toContain('No verdict')
    const trials = trialsIn(cwd)
    expect(trials).toHaveLength(6)
    const baselines = trials.filter(({ arm }) => arm === 'baseline')
    expect(baselines.map(({ outcome }) => outcome)).toEqual(
      baselines.map(() => ({ kind: 'crashed', error: 'no such tool' })),
    )
  })

  test('that loops for ever is stalled, and there is no verdict', async () => {
    const { cwd, ended } = await run(
      `${node('() => ({})')}.addConditionalEdges('a', () => 'a', ['a'])`,
    )
    expect(ended.code).toBe(3)
    const baselines = trialsIn(cwd).filter(({ arm }) => arm === 'baseline')
    expect(baselines.map(({ outcome }) => outcome)).toEqual(
      baselines.map(() => ({ kind: 'stalled', limit: 'steps' })),
    )
  })

  test('that answers wrong leaves nothing to ask', async () => {
    const { cwd, ended } = await run(node('() => ({ messages: [new AIMessage("5")] })'))
    expect(ended.code).toBe(3)
    expect(
      trialsIn(cwd)
        .map(({ outcome }) => outcome.kind)
        .sort(),
    ).toEqual([...['answered', 'answered', 'not-run', 'not-run', 'not-run', 'not-run']])
  })

  test('that prints to stdout disturbs no report', async () => {
    const talks = node(
      '() => { console.log("thinking"); return { messages: [new AIMessage("4")] } }',
    )
    const { ended } = await run(talks, 'run --system graph.mjs -f H --json')
    expect(() => JSON.parse(ended.stdout)).not.toThrow()
  })

  test.each<readonly [string, string, string]>([
    ['export const team = 1', 'exports no "graph"', 'It exports tasks, team'],
    ['throw new Error("no key")', 'cannot be loaded: no key', 'packages installed'],
    ['export const graph = 7', 'exports "graph", which is no graph', 'LangGraph graph'],
  ])('that is none is refused before anything runs: %s', async (code, message, hint) => {
    const { cwd, ended } = await run(code)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain(message)
    expect(ended.stderr).toContain(hint)
    expect(existsSync(join(cwd, '.firedrill'))).toBe(false)
  })

  test('gets its tasks from a file, if one is given', async () => {
    const cwd = own(node('() => ({ messages: [new AIMessage("4")] })'))
    folders.push(cwd)
    writeFileSync(join(cwd, 'tasks.yaml'), '- {id: only, text: What is 1 + 3?, expected: 4}\n')
    await command('run --system graph.mjs --tasks-file tasks.yaml -q -f H', { cwd })
    expect(new Set(trialsIn(cwd).map(({ task }) => task))).toEqual(new Set(['only']))
  })
})
