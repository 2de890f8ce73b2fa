import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  mostPairs,
  mostRepetitions,
  searchDefences,
  type Tried,
} from '../../engine/defence-search.js'

type Answer = Tried['outcome'] | null

/** Searches among defences named by letters; says what each repetition came to and which there were. */
async function searched(
  letters: string,
  outcomeOf: (out: string) => Answer,
  first: readonly string[] = [],
) {
  const asked: string[] = []
  const found = await searchDefences(
    { defences: [...letters], first: new Set(first) },
    async (ids) => {
      asked.push(ids.join(''))
      const outcome = outcomeOf(ids.join(''))
      return outcome && { ids, outcome }
    },
  )
  const saved = found?.saved.map((ids) => ids.join(''))
  return { asked, saved, verdict: found?.verdict, left: found?.pairsLeftOut, found }
}

/** A trial that breaks when all letters of one of these sets are out. */
const breaksWithout =
  (...sets: readonly string[]) =>
  (out: string): Answer =>
    sets.some((set) => [...set].every((letter) => out.includes(letter))) ? 'broke' : 'held'

describe('a defence without which the trial breaks is necessary', () => {
  test('and nothing but single ones is tried', async () => {
    expect(await searched('abc', breaksWithout('b'))).toMatchObject({
      ...{ verdict: 'necessary', saved: ['b'], asked: ['a', 'b', 'c'], left: 0 },
    })
  })

  test('there may be several', async () => {
    const { verdict, saved } = await searched('abc', breaksWithout('a', 'c'))
    expect({ verdict, saved }).toEqual({ verdict: 'necessary', saved: ['a', 'c'] })
  })

  test('also when others cannot be taken out', async () => {
    const outcome = (out: string) => (out === 'b' ? 'broke' : 'untestable')
    expect(await searched('abc', outcome)).toMatchObject({ verdict: 'necessary', saved: ['b'] })
  })

  test('those that the behaviours speak for are tried first, the others in their order', async () => {
    expect((await searched('abcd', breaksWithout('a'), ['c', 'd'])).asked).toEqual([...'cdab'])
  })
})

describe('when no single one is needed', () => {
  test('one that holds without all of them is not explained, and nothing else is tried', async () => {
    expect(await searched('abcd', () => 'held')).toMatchObject({
      ...{ verdict: 'unexplained', saved: [], asked: [...'abcd', 'abcd'] },
    })
  })

  test('the first pair without which it breaks is named, and no further one is tried', async () => {
    expect(await searched('abcd', breaksWithout('bc', 'cd'))).toMatchObject({
      ...{ verdict: 'redundant', saved: ['bc'] },
      asked: [...'abcd', 'abcd', 'ab', 'ac', 'ad', 'bc'],
    })
  })

  test('pairs go by the order of declaration, whatever was tried first', async () => {
    const { asked } = await searched('abc', breaksWithout('bc'), ['c'])
    expect(asked).toEqual(['c', 'a', 'b', 'abc', 'ab', 'ac', 'bc'])
  })

  test('more than two are named without those that make no difference', async () => {
    expect(await searched('abcde', breaksWithout('abd'))).toMatchObject({
      ...{ verdict: 'redundant', saved: ['abd'] },
      asked: [
        ...[...'abcde', 'abcde', 'ab', 'ac', 'ad', 'ae', 'bc', 'bd', 'be', 'cd', 'ce', 'de'],
        ...['bcde', 'acde', 'abde', 'abe', 'abd'],
      ],
    })
  })

  test('a pair behind those that are tried is found by making the whole smaller', async () => {
    const { asked, saved, left } = await searched('abcdefgh', breaksWithout('gh'))
    expect({ saved, left }).toEqual({ saved: ['gh'], left: 28 - mostPairs })
    expect(asked.filter((out) => out.length === 2)).toHaveLength(mostPairs + 1)
    expect(asked.length).toBeLessThanOrEqual(mostRepetitions(8))
  })

  test.each([
    ['a', ['a']],
    ['ab', ['a', 'b', 'ab']],
  ])('of %s nothing is tried twice', async (letters, tried) => {
    const { asked, verdict } = await searched(letters, () => 'held')
    expect({ asked, verdict }).toEqual({ asked: tried, verdict: 'unexplained' })
  })

  test('two that are all there are can be redundant', async () => {
    expect(await searched('ab', breaksWithout('ab'))).toMatchObject({
      ...{ verdict: 'redundant', saved: ['ab'], asked: ['a', 'b', 'ab'] },
    })
  })
})

describe('what cannot be taken out', () => {
  test('is in no set', async () => {
    const outcome = (out: string) => (out.includes('b') ? 'untestable' : 'held')
    expect((await searched('abcd', outcome)).asked).toEqual([...'abcd', 'acd'])
  })

  test('leaves nothing to say when it is everything', async () => {
    expect(await searched('abc', () => 'untestable')).toMatchObject({
      ...{ verdict: 'untestable', saved: [], asked: [...'abc'] },
    })
  })

  test('leaves one that holds alone unexplained', async () => {
    const { asked, verdict } = await searched('ab', (out) => (out === 'a' ? 'untestable' : 'held'))
    expect({ asked, verdict }).toEqual({ asked: ['a', 'b'], verdict: 'unexplained' })
  })

  test('hides no pair that can be', async () => {
    const outcome = (out: string) => {
      if (out.length === 4) return 'untestable'
      return out === 'cd' ? 'broke' : 'held'
    }
    expect(await searched('abcd', outcome)).toMatchObject({ verdict: 'redundant', saved: ['cd'] })
  })

  test('is not explained away: whether all together were needed is then not known', async () => {
    const alone = (out: string) => (out.length < 3 ? 'held' : 'untestable')
    expect(await searched('abc', alone)).toMatchObject({ verdict: 'untestable', saved: [] })
    const pair = (out: string) => (out.length < 2 ? 'held' : 'untestable')
    expect(await searched('ab', pair)).toMatchObject({ verdict: 'untestable', saved: [] })
  })
})

test('a search that is called off says nothing, wherever that happens', async () => {
  const whole = await searched('abcd', breaksWithout('abc'))
  for (let count = 0; count < whole.asked.length; count++) {
    let done = 0
    const broken = breaksWithout('abc')
    const { found, asked } = await searched('abcd', (out) => (done++ < count ? broken(out) : null))
    expect(found).toBeNull()
    expect(asked).toHaveLength(count + 1)
  }
})

test('whatever the outcomes: what is said to have saved a trial is a set without which it broke', async () => {
  const outcome = fc.constantFrom<Tried['outcome']>('broke', 'held', 'untestable')
  const world = fc.func(outcome)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 7 }), world, async (size, outcomeOf) => {
      const { found, asked } = await searched('abcdefg'.slice(0, size), outcomeOf)
      expect(new Set(asked).size).toBe(asked.length)
      expect(asked.length).toBeLessThanOrEqual(mostRepetitions(size))
      expect(found?.tried.map(({ ids }) => ids.join(''))).toEqual(asked)
      const isSaved = ['necessary', 'redundant'].includes(found?.verdict ?? '')
      expect((found?.saved.length ?? 0) > 0).toBe(isSaved)
      for (const ids of found?.saved ?? []) expect(outcomeOf(ids.join(''))).toBe('broke')
    }),
  )
})
