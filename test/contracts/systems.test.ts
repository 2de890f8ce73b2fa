import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { publishedFaults } from '../../core/taxonomy.js'
import { systems } from '../../systems/catalogue.js'
import type { Provocation, Situations } from '../systems/provocation.js'
import { calling, diligent } from '../systems/scripted-model.js'
import { played, task } from '../systems/setting.js'

const folder = join(import.meta.dirname, '../../systems')

/** The name under which a thing of an id is exported. */
const exportOf = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** Situations that are the same in every system. */
const shared: Readonly<Record<string, Provocation>> = {
  'tool-retry': {
    script: (call) => {
      const failed = call.results.some((result) => result.includes('no column'))
      const isFirst = call.results.length === 0
      if (call.job !== 'produce' || (!failed && !isFirst)) return diligent(call)
      return calling('total', { column: isFirst ? 'Golds' : 'Gold' })
    },
  },
  'block-retry': {
    script: (call) =>
      call.job === 'produce' && !call.prompt.includes('human: Reply with exactly one')
        ? 'The total is 46.'
        : diligent(call),
  },
}

describe.each(systems)('system $id', (system) => {
  const own = join(folder, system.id)
  const defences = system.defences ?? []
  const base = systems.find(({ id }) => id === system.variantOf)
  const situations = async (): Promise<Situations> =>
    (await import(`../systems/${system.id}/situations.ts`)).situations

  test('lies in the folder of its id and is exported under it', async () => {
    const module: Readonly<Record<string, unknown>> = await import(`${own}/index.ts`)
    expect(module[exportOf(system.id)]).toBe(system)
  })

  test('has a summary of one sentence, as have its defences', () => {
    for (const { summary } of [system, ...defences]) expect(summary).toMatch(/^[A-Z][^.]*\.$/)
  })

  test('names no defence twice', () => {
    const ids = defences.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('has a graph that fits on one screen', () => {
    // A variant has the graph of the system that it is one of.
    const lines = readFileSync(join(folder, (base ?? system).id, 'graph.ts'), 'utf8')
      .trimEnd()
      .split('\n')
    expect(lines.length).toBeGreaterThan(10)
    expect(lines.length).toBeLessThanOrEqual(60)
  })

  test('has a README that lists every defence of its own with its tier', () => {
    const readme = readFileSync(join(own, 'README.md'), 'utf8')
    const shared = new Set(base?.defences)
    for (const defence of defences.filter((one) => !shared.has(one))) {
      const { id, tier } = defence
      expect(readme).toMatch(new RegExp(`^\\| \`${id}\` +\\| ${tier} +\\|`, 'm'))
    }
  })

  test('is a variant of a system that is there, with one defence more', () => {
    expect(base?.id).toBe(system.variantOf)
    if (base) expect(defences.slice(1)).toEqual(base.defences)
  })

  test('answers a task', async () => {
    const { answer, ids } = await played(system)
    expect(answer).toBe('46')
    expect(ids).not.toContain(undefined)
  })

  test('does the same twice', async () => {
    expect(await played(system)).toEqual(await played(system))
  })

  test('gives the task to the agents with the words it has', async () => {
    expect((await played(system)).prompts[0]).toContain(task.text)
  })

  test('has no answer when nobody writes a block', async () => {
    const { answer } = await played(system, { script: () => 'I cannot say.' })
    expect(answer).toBeNull()
  })

  test('ends when a model never stops calling tools', async () => {
    const { producer, restless = 21 } = await situations()
    const { callers } = await played(system, {
      script: (call) =>
        call.agent === producer ? calling('total', { column: 'Gold' }) : diligent(call),
    })
    expect(callers.filter((caller) => caller === producer)).toHaveLength(restless)
  })

  test('ends at its own limits when a model never gives in', async () => {
    const { script, turns } = (await situations()).stubborn
    const { callers } = await played(system, { script })
    for (const [agent, count] of Object.entries(turns)) {
      expect(callers.filter((caller) => caller === agent).length, agent).toBe(count)
    }
  })

  test('runs without any of its defences', async () => {
    const { answer } = await played(system, { without: defences.map(({ id }) => id) })
    expect(answer).toBe('46')
  })

  describe.each(defences)('without $id', ({ id }) => {
    test('still answers', async () => {
      expect((await played(system, { without: [id] })).answer).toBe('46')
    })

    test('behaves otherwise where the defence would act', async () => {
      const provocation = (await situations()).provocations[id] ?? shared[id]
      expect(provocation, `no situation is known in which ${id} acts`).toBeDefined()
      const watch = (without: readonly string[]) =>
        played(system, { ...provocation, without }).catch(({ name }: Error) => name)
      const usual = await watch([])
      expect(await watch([])).toEqual(usual)
      expect(await watch([id])).not.toEqual(usual)
    })
  })
})

describe('systems', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(ts|md)$/.test(file),
  )

  test('know nothing of faults', () => {
    expect(files.length).toBeGreaterThan(12)
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8')
      for (const fault of publishedFaults) expect(text, file).not.toContain(fault)
    }
  })
})
