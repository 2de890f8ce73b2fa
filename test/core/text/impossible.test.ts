import { describe, expect, test } from 'vitest'
import { rng } from '../../../core/draw.js'
import { impossible } from '../../../core/text/impossible.js'
import { occurrences } from '../../../core/text/occurrences.js'

const none = { tools: [], peers: [], taskText: '', protect: [] as readonly string[] }
type Known = Parameters<typeof impossible>[1]

const seeds = Array.from({ length: 60 }, (_, n) => n)
const changes = (text: string, { count = 1, ...known }: Partial<Known> & { count?: number } = {}) =>
  seeds.map((seed) => impossible(text, { ...none, ...known, rng: rng(seed) }, count))
const texts = (...given: Parameters<typeof changes>) =>
  changes(...given).map((one) => one?.text ?? '')

const plan = '1. Find the ferries.\n2. Compare the prices.\n3. Book one.'
const suffixes = ['', '_indexed', '_batch', '_v2', '_cached']
const tools = suffixes.map((end) => ({ name: `find_ferries${end}`, description: '', schema: {} }))
const missing = (text: string, way: RegExp) => [...new Set(text.match(way) ?? [])]

describe('an impossible plan', () => {
  test.each([
    [
      'a tool that nobody has',
      /, using the tool (?:find|compare|book)_all_(?:indexed|strict|batch|v2|cached)\./,
    ],
    ['a result that there is not', /, based on the result of step [456]\./],
    [
      'an agent that does not exist',
      /, once the (?:auditor|archivist|coordinator|translator|scheduler) has approved it\./,
    ],
    ['a step that waits for it', /, after step \d is done\./],
  ])('needs %s', (_, way) => {
    expect(texts(plan).filter((text) => way.test(text)).length).toBeGreaterThan(3)
  })

  test('has one step more to do or two that wait, and keeps the others word for word', () => {
    for (const text of texts(plan)) {
      const lines = text.split('\n')
      const same = lines.filter((line) => plan.split('\n').includes(line))
      expect([lines.length, same.length]).toEqual([3, text.includes('after step') ? 1 : 2])
      for (const line of lines)
        expect(line).toMatch(/^\d\. (?:Find the ferries|Compare the prices|Book one).*\.$/)
    }
  })

  test('waits in a circle, by the numbers that its lines have', () => {
    const text = '3. Find it.\n4. It is large.\n5. Sort it.'
    const waiting = texts(text).filter((one) => one.includes('after step'))
    expect(new Set(waiting)).toEqual(
      new Set([
        '3. Find it, after step 5 is done.\n4. It is large.\n5. Sort it, after step 3 is done.',
      ]),
    )
  })

  test('needs a result beyond the last line, also beyond one that is no step', () => {
    const text = '1. Find it.\n2. Sort it.\n3. It is large.\n4. It is old.'
    const found = texts(text).flatMap((one) => missing(one, /(?<=result of step )\d+/g))
    expect(found.length).toBeGreaterThan(3)
    for (const number of found) expect(Number(number)).toBeGreaterThan(4)
  })

  test('needs a tool that sounds like one on offer, and is none', () => {
    const twice = '1. Find the ferries.\n2. Find more ferries.'
    const found = texts(twice, { tools }).flatMap((one) => missing(one, /(?<=the tool )\w+/g))
    expect(new Set(found)).toEqual(new Set(['find_ferries_strict']))
  })

  test('never needs an agent that is there', () => {
    const peers = [{ id: 'auditor', role: 'You are the scheduler.' }]
    const known = { peers, taskText: 'Ask the translator or the archivist.' }
    const found = texts(plan, known).flatMap((one) => missing(one, /(?<=once the )\w+/g))
    expect(new Set(found)).toEqual(new Set(['coordinator']))
  })

  test('has as many impossible steps as it is told to, or all', () => {
    for (const count of [2, 3, 5]) {
      for (const change of changes(plan, { count })) {
        const waits = change?.text.match(/after step/g)?.length ?? 0
        expect(change?.planted.length).toBe(Math.min(count, 3) + waits / 2)
      }
    }
  })

  test('says what it planted', () => {
    for (const change of changes(plan)) {
      for (const planted of change?.planted ?? [])
        expect(change?.text).toContain(planted.slice(0, 6))
    }
  })

  test('keeps JSON parseable', () => {
    for (const text of texts('{"plan": ["Find it", "Sort it"]}')) {
      expect(JSON.parse(text).plan).toHaveLength(2)
    }
  })

  test.each([['Compare the prices.'], ['Book one'], ['Find the ferries.\n']])(
    'holds what is protected: %s',
    (string) => {
      for (const text of texts(plan, { protect: [string] })) {
        expect(occurrences(text, string)).toHaveLength(1)
      }
    },
  )

  test.each([
    ['there is one step', '1. Find it.', {}],
    ['there is none', 'It is large. It is old.', {}],
    ['only one is free', plan, { protect: ['Find the', 'Book one'] }],
  ])('is none when %s', (_, text, known) => {
    expect(changes(text, known)).toEqual(seeds.map(() => null))
  })
})
