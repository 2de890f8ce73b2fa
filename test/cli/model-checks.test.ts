import { describe, expect, test } from 'vitest'
import { askedChecks, clientCheck, keyCheck } from '../../cli/model-checks.js'

const secret = 'sk-very-secret'

describe('doctor says which variable has a key for real models', () => {
  test.each([
    [{}, /^none: .* openai:NAME needs FIREDRILL_MODEL_KEY or OPENAI_API_KEY$/],
    [{ FIREDRILL_MODEL_KEY: '', OPENAI_API_KEY: '' }, /^none: /],
    [{ FIREDRILL_MODEL_KEY: secret }, /^FIREDRILL_MODEL_KEY is set$/],
    [{ OPENAI_API_KEY: secret }, /^OPENAI_API_KEY is set; it is shown to OpenAI only$/],
    [
      { FIREDRILL_MODEL_KEY: secret, OPENAI_API_KEY: secret },
      /^FIREDRILL_MODEL_KEY and OPENAI_API_KEY are set; the first one is used$/,
    ],
  ])('with %o, never the key, and misses none', (env, found) => {
    const check = keyCheck(env)
    expect(check).toMatchObject({ name: 'model key', ok: true })
    expect(check.found).toMatch(found)
    expect(JSON.stringify(check)).not.toContain(secret)
  })
})

test('doctor says whether the client of real models is installed, and does not miss it', () => {
  expect(clientCheck({ version: '1.2.3' })).toMatchObject({ ok: true, found: '1.2.3' })
  expect(clientCheck(null)).toMatchObject({
    ...{ name: '@langchain/openai', ok: true },
    found: expect.stringContaining('not installed; only openai:NAME needs it: npm install'),
  })
})

test('a model that is asked and has no key is missed, unless its server is on this machine', () => {
  const env = { FIREDRILL_INJECTOR_MODEL: 'a', FIREDRILL_JUDGE_URL: 'http://127.0.0.1:1/v1' }
  expect(askedChecks(env)).toMatchObject([
    {
      name: 'injector model',
      ok: false,
      remedy: expect.stringContaining('FIREDRILL_INJECTOR_KEY'),
    },
    { name: 'judge model', ok: true, found: expect.stringContaining('no key needed') },
  ])
  expect(askedChecks({}).every(({ ok }) => ok)).toBe(true)
})
