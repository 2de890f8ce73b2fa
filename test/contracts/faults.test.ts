import { readdirSync, readFileSync } from 'node:fs'
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changed } from '../../core/changed.js'
import type { Rng } from '../../core/draw.js'
import { defaultsOf, siteOfExample } from '../../core/example.js'
import type { BehaviourRule, Delivery, Fault } from '../../core/fault.js'
import { isMessage, plain, textOf } from '../../core/messages.js'
import type { Site, SiteFacts } from '../../core/site.js'
import { byPublishedOrder, scopeOfCategory } from '../../core/taxonomy.js'
import { faults } from '../../faults/catalogue.js'
import { siteWith } from '../faults/site.js'

type Payload = BaseMessage | readonly BaseMessage[] | readonly Delivery[]
/** A fault whose payload is of any kind: the example of a fault always fits the fault. */
type AnyFault = Readonly<{
  example: Readonly<{ payload: Payload; site?: Partial<SiteFacts> }>
  inject: (payload: Payload, site: Site) => Payload | null
  effect: (change: Readonly<{ before: Payload; after: Payload }>, site: Site) => boolean
}>
const any = (fault: Fault) => fault as unknown as AnyFault

const onExample = (fault: Fault, seed = 1) =>
  any(fault).inject(any(fault).example.payload, siteOfExample(fault, seed))

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

/** A payload as text, for comparing two of them to the letter. */
const shown = (payload: Payload | null) => {
  const parts = payload === null ? [] : isMessage(payload) ? [payload] : payload
  return JSON.stringify(
    parts.map((part) => (isMessage(part) ? plain(part) : { ...part, message: part.message?.id })),
  )
}

type Published = Readonly<{
  id: string
  abbreviation: string
  scope: string
  category: string
  injector: string
  behaviours: readonly Readonly<{
    id: string
    tiers: BehaviourRule['tiers']
    decidable: string
    detects: boolean | null
  }>[]
}>
const taxonomy = JSON.parse(
  readFileSync(new URL('../../data/masfire/taxonomy.json', import.meta.url), 'utf8'),
) as Readonly<{ faults: readonly Published[] }>
const published = (id: string) => taxonomy.faults.find((fault) => fault.id === id)

const folder = new URL('../../faults/', import.meta.url)
const camel = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

test('the catalogue has every fault of the folder, in published order', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const ids = files.flatMap((path) => /^int[a-z]+-agent[\\/](.+)\.ts$/.exec(path)?.[1] ?? [])
  expect(faults.map(({ id }) => id).sort()).toEqual(ids.sort())
  expect([...faults].sort(byPublishedOrder)).toEqual(faults)
})

test('abbreviations are unique', () => {
  expect(new Set(faults.map(({ abbreviation }) => abbreviation)).size).toBe(faults.length)
})

test('the published faults are all there, first and in their order', () => {
  const ids = taxonomy.faults.map(({ id }) => id)
  expect(faults.slice(0, ids.length).map(({ id }) => id)).toEqual(ids)
})

describe.each(faults)('$id', (fault) => {
  test('is the export of the file that is named after it, in the folder of its scope', () => {
    const path = `${scopeOfCategory[fault.category]}/${fault.id}.ts`
    const source = readFileSync(new URL(path, folder), 'utf8')
    expect(source).toContain(`export const ${camel(fault.id)}: `)
  })

  test('has a rule for every behaviour, other than those that only a judge can tell', () => {
    for (const { id: behaviour, by, find } of fault.behaviours) {
      expect(find !== undefined, behaviour).toBe(by !== 'judge')
    }
  })

  test('is described in one sentence, and so are its parameters and behaviours', () => {
    expect(fault.summary).toMatch(/^\p{Lu}[^.!?\n]+\.$/u)
    for (const { summary } of fault.behaviours) expect(summary).toMatch(/^\p{Lu}[^.!?\n]+\.$/u)
    for (const { summary } of Object.values(fault.parameters ?? {})) {
      expect(summary).toMatch(/^\p{Lu}[^.!?\n]+$/u)
    }
  })

  test('has parameters whose defaults are within their bounds', () => {
    for (const { default: value, min, max, integer } of Object.values(fault.parameters ?? {})) {
      expect(min).toBeLessThan(max)
      expect(value).toBeGreaterThanOrEqual(min)
      expect(value).toBeLessThanOrEqual(max)
      if (integer) expect([value, min, max].every(Number.isInteger)).toBe(true)
    }
  })

  test.skipIf(!published(fault.id))(
    'is what was published, with its behaviours in their order (skipped for faults that were not published)',
    () => {
      const { id, abbreviation, category, injector } = fault
      expect({
        ...{ id, abbreviation, category, injector, scope: scopeOfCategory[category] },
        behaviours: fault.behaviours.map((rule) => ({
          id: rule.id,
          tiers: rule.tiers,
          decidable: rule.by,
          detects: rule.detects,
        })),
      }).toEqual(plainOf(published(id)))
    },
  )

  test('bites on its example, and that matters', () => {
    const { payload } = any(fault).example
    const after = onExample(fault)
    if (after === null) expect.fail('The example has nothing to bite on.')
    expect(changed(payload, after)).toBe(true)
    expect(any(fault).effect({ before: payload, after }, siteOfExample(fault))).toBe(true)
  })

  test('does not matter when nothing has changed', () => {
    const { payload } = any(fault).example
    expect(any(fault).effect({ before: payload, after: payload }, siteOfExample(fault))).toBe(false)
  })

  test('leaves its payload and its site untouched', () => {
    const { payload } = any(fault).example
    const before = shown(payload)
    expect(shown(any(fault).inject(frozen(payload), frozen(siteOfExample(fault))))).not.toBe(before)
    expect(shown(payload)).toBe(before)
  })

  test('does the same with the same seed', () => {
    expect(shown(onExample(fault, 7))).toBe(shown(onExample(fault, 7)))
  })

  // Who repeats a delivery or forgets the oldest message has nothing to choose.
  test.skipIf(!drawsOn(fault))(
    'does something else with another seed (skipped for faults that draw nothing)',
    () => {
      const found = Array.from({ length: 20 }, (_, seed) => shown(onExample(fault, seed)))
      expect(new Set(found).size).toBeGreaterThan(1)
    },
  )

  test('takes any text, and never passes off what it was given as changed', () => {
    fc.assert(
      fc.property(anything, (given) => {
        const payload = payloadFor(fault, given)
        const site = siteWith(given, { ...defaultsOf(fault), seed: given.seed })
        const after = any(fault).inject(payload, { ...site, to: 'b' })
        if (after === null) return
        expect(changed(payload, after)).toBe(true)
        any(fault).effect({ before: payload, after }, site)
        ;(fault.recoverable as (change: unknown, site: Site) => boolean)(
          { before: payload, after },
          site,
        )
        for (const string of given.protect) {
          expect(count(after, string)).toBeGreaterThanOrEqual(count(payload, string))
        }
      }),
      { numRuns: 300 },
    )
  })
})

/** What the taxonomy says of a fault, without the words that are not repeated here. */
function plainOf(fault: Published | undefined) {
  if (!fault) return undefined
  const { id, abbreviation, scope, category, injector } = fault
  return {
    ...{ id, abbreviation, scope, category, injector },
    behaviours: fault.behaviours.map(({ id: behaviour, tiers, decidable, detects }) => ({
      ...{ id: behaviour, tiers, decidable, detects },
    })),
  }
}

/** Whether a fault draws on chance when it acts on its example. */
function drawsOn(fault: Fault): boolean {
  let draws = 0
  const watched = (chance: Rng): Rng => ({
    ...chance,
    next: () => {
      draws++
      return chance.next()
    },
    integer: (low, high) => {
      draws++
      return chance.integer(low, high)
    },
    pick: (items) => {
      draws += items.length > 1 ? 1 : 0
      return chance.pick(items)
    },
    shuffle: (items) => {
      draws += items.length > 1 ? 1 : 0
      return chance.shuffle(items)
    },
    fork: (...key) => watched(chance.fork(...key)),
  })
  const site = siteOfExample(fault)
  any(fault).inject(any(fault).example.payload, {
    ...site,
    rng: watched(site.rng),
    shared: watched(site.shared),
  })
  return draws > 0 && fault.injector !== 'routing'
}

const part = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['12', '40 EUR', 'Italy', '"Gold"', 'the highest', 'is', '1996', 'keep me'],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[' | ', '\n', '. ', '- ', '1. ', '```\n', ': ', '{"a":', '}', '[', ']', ',', '?'],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
)
const text = fc.array(part, { maxLength: 25 }).map((parts) => parts.join(' '))
const anything = fc.record({
  seed: fc.integer(),
  text: fc.oneof(text, fc.json()),
  taskText: text,
  later: text,
  elsewhere: text,
  protect: fc.subarray(['keep me', 'Gold', '40', 'It']),
  canAsk: fc.constantFrom('nobody' as const, 'peer' as const, 'person' as const),
})

function payloadFor(
  { injector }: Fault,
  { text, taskText, seed }: { text: string; taskText: string; seed: number },
): Payload {
  switch (injector) {
    case 'response':
      return seed % 2 ? new AIMessage(text) : new ToolMessage({ content: text, tool_call_id: '1' })
    case 'prompt':
      return [new AIMessage(text), new HumanMessage(`${text}${taskText}${text}`)]
    case 'routing':
      return [
        { from: text, to: 'b', message: new HumanMessage(text) },
        { from: 'a', to: text },
      ]
    default:
      return injector satisfies never
  }
}

/** How often a string stands in a payload as a whole word. */
function count(payload: Payload, string: string): number {
  const parts = isMessage(payload) ? [payload] : payload
  const texts = parts.map((part) => (isMessage(part) ? textOf(part) : ''))
  const whole = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_])${string}(?![\\p{L}\\p{M}\\p{N}_])`, 'gu')
  return texts.join('\n').match(whole)?.length ?? 0
}
