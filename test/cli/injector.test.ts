import { describe, expect, test } from 'vitest'
import { isLoopback, keyVariable } from '../../cli/asked-models.js'
import { plannedInjector } from '../../cli/injector.js'

describe('the URL of an injector model', () => {
  test('is that of OpenAI unless another one is given, without a slash at its end', () => {
    expect(plannedInjector('gpt-5-mini', null)?.url).toBe('https://api.openai.com/v1')
    expect(plannedInjector('x', 'http://127.0.0.1:8000/v1/')?.url).toBe('http://127.0.0.1:8000/v1')
    expect(plannedInjector(null, 'http://127.0.0.1:8000/v1')).toBeNull()
  })

  test.each([
    'localhost:8000',
    'file:///etc/passwd',
    'https://user:word@example.org/v1',
    'https://example.org/v1?key=secret',
    '',
  ])('is not %s, and is not repeated', (url) => {
    expect(() => plannedInjector('x', url)).toThrow(
      expect.objectContaining({
        code: 'bad-argument',
        message: '--injector-url is no plain http or https URL.',
      }),
    )
  })

  test('and its model are in the hash: another server may have another model of that name', () => {
    const hashes = [
      plannedInjector('a', null),
      plannedInjector('b', null),
      plannedInjector('a', 'http://127.0.0.1/v1'),
    ].map((one) => one?.hash)
    expect(new Set(hashes).size).toBe(3)
  })
})

describe('the key of an injector model', () => {
  const openai = 'https://api.openai.com/v1'
  const both = { FIREDRILL_INJECTOR_KEY: 'a', OPENAI_API_KEY: 'b' }

  test('is its own before that of OpenAI', () => {
    expect(keyVariable('injector', openai, both)).toBe('FIREDRILL_INJECTOR_KEY')
    expect(keyVariable('injector', openai, { OPENAI_API_KEY: 'b' })).toBe('OPENAI_API_KEY')
    expect(keyVariable('injector', openai, { FIREDRILL_INJECTOR_KEY: '' })).toBeNull()
  })

  test.each([
    'https://example.org/v1',
    'http://api.openai.com/v1',
    'https://api.openai.com.example.org/v1',
    'http://127.0.0.1:8000/v1',
  ])('of OpenAI is not for %s', (url) => {
    expect(keyVariable('injector', url, { OPENAI_API_KEY: 'b' })).toBeNull()
    expect(keyVariable('injector', url, both)).toBe('FIREDRILL_INJECTOR_KEY')
  })

  test('is not needed on this machine', () => {
    const own = ['http://127.0.0.1:8000/v1', 'http://localhost/v1', 'http://[::1]:8000/v1']
    expect(own.map(isLoopback)).toEqual([true, true, true])
    const others = ['https://api.openai.com/v1', 'http://127.0.0.1.example.org/v1']
    expect(others.map(isLoopback)).toEqual([false, false])
  })
})
