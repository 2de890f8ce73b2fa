import { describe, expect, test } from 'vitest'
import type { AskedMessage, AskedModel, AskedReply } from '../../../core/asked-model.js'
import type { InjectionLine } from '../../../core/schemas/injection-line.js'
import { textsOf, type Wanted } from '../../../engine/injector/texts.js'

type Asked = Readonly<{ messages: readonly AskedMessage[]; seed: number }>

const changed = (text: string): AskedReply => ({
  ...{ kind: 'text', text: JSON.stringify({ changed: text, edits: [] }) },
  ...{ answeredBy: 'scripted-1', calls: 1, tokens: 10 },
})
const failure: AskedReply = {
  kind: 'failed',
  failure: 'http',
  because: 'HTTP 500',
  calls: 3,
  tokens: 0,
}

/** An injector model that gives one reply after the other, and what it was asked. */
function scripted(...replies: readonly AskedReply[]) {
  const asked: Asked[] = []
  const model: AskedModel = {
    id: 'scripted',
    async ask(messages, seed) {
      asked.push({ messages: [...messages], seed })
      return replies[asked.length - 1] ?? failure
    },
  }
  const kept: InjectionLine[] = []
  const texts = textsOf({ model, stored: [], keep: (line) => kept.push(line) })
  return { asked, kept, texts }
}

const wanted = (key = 'k', refuse: Wanted['refuse'] = () => null): Wanted => ({
  ...{ key, fault: 'hallucination', prompt: () => 'the prompt', refuse },
})

describe('a text', () => {
  test('that is right is kept with what it took', async () => {
    const { asked, kept, texts } = scripted(changed('x'))
    const line = await texts.obtain(wanted(), 'trial')
    expect(line).toEqual({
      ...{ schema: 1, key: 'k', attempt: 1, fault: 'hallucination', injector: 'scripted' },
      ...{ answeredBy: 'scripted-1', trial: 'trial', text: 'x', edits: [], because: null },
      ...{ calls: 1, tokens: 10 },
    })
    expect(kept).toEqual([line])
    expect(asked).toEqual([{ messages: [{ role: 'user', content: 'the prompt' }], seed: 1 }])
  })

  test('that cannot be used is asked for once more, with the reason', async () => {
    const { asked, texts } = scripted(changed('bad'), changed('good'))
    const refuse = (text: string) => (text === 'bad' ? 'the text is too long' : null)
    const line = await texts.obtain(wanted('k', refuse), 'trial')
    expect(line).toMatchObject({ text: 'good', calls: 2, tokens: 20 })
    expect(asked[1]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
    expect(asked[1]?.messages[2]?.content).toContain('the text is too long')
  })

  test('that cannot be used twice is given up', async () => {
    const { asked, kept, texts } = scripted(changed('a'), changed('b'), changed('c'))
    const line = await texts.obtain(
      wanted('k', (text) => `no ${text}`),
      'trial',
    )
    expect(line).toMatchObject({ text: null, because: 'no b (2 tries)', calls: 2 })
    expect(asked).toHaveLength(2)
    expect(kept).toEqual([line])
  })

  test('is given up at once when the server fails: the client has tried again', async () => {
    const { asked, texts } = scripted(failure)
    const line = await texts.obtain(wanted(), 'trial')
    expect(line).toMatchObject({ text: null, because: 'HTTP 500', calls: 3, tokens: 0 })
    expect(asked).toHaveLength(1)
  })

  test('that looks like a key is masked before it is used', async () => {
    const { texts } = scripted(changed('sk-abcdefghijklmnopqrstuv'))
    expect(await texts.obtain(wanted(), 'trial')).toMatchObject({ text: '[secret]' })
  })
})

describe('the same text', () => {
  test('is asked for once, at the same time or later', async () => {
    const { asked, kept, texts } = scripted(changed('x'))
    const both = [texts.obtain(wanted(), 'a'), texts.obtain(wanted(), 'b')]
    const [first, second] = await Promise.all(both)
    expect(second).toBe(first)
    expect(await texts.obtain(wanted(), 'c')).toBe(first)
    expect(asked).toHaveLength(1)
    expect(kept).toHaveLength(1)
  })

  test('is not asked for again when an earlier session has kept it, right or wrong', async () => {
    const { kept, texts } = scripted(changed('x'))
    await texts.obtain(wanted('right'), 'a')
    await texts.obtain(wanted('wrong'), 'a')
    const silent: AskedModel = {
      id: 'scripted',
      ask: () => Promise.reject(new Error('Nobody is to be asked.')),
    }
    const later = textsOf({ model: silent, stored: kept, keep: () => undefined })
    expect(await later.obtain(wanted('right'), 'b')).toEqual(kept[0])
    expect(await later.obtain(wanted('wrong'), 'b')).toMatchObject({ text: null })
    expect(later.usageOf('a')).toEqual(texts.usageOf('a'))
  })
})

describe('usage', () => {
  test('is that of the trial that asked first, whoever uses the text', async () => {
    const { texts } = scripted(changed('x'), changed('y'))
    await texts.obtain(wanted('k1'), 'a')
    await texts.obtain(wanted('k2'), 'a')
    await texts.obtain(wanted('k1'), 'b')
    expect(texts.usageOf('a')).toEqual({ calls: 2, tokens: 20, costUsd: null })
    expect(texts.usageOf('b')).toEqual({ calls: 0, tokens: 0, costUsd: 0 })
  })

  test('is not known when the server does not count', async () => {
    const { texts } = scripted({ ...changed('x'), tokens: null }, changed('y'))
    await texts.obtain(wanted('k1'), 'a')
    await texts.obtain(wanted('k2'), 'a')
    expect(texts.usageOf('a')).toEqual({ calls: 2, tokens: null, costUsd: null })
  })
})
