import { expect, test } from 'vitest'
import { requireFacts, selfTest } from '../../../engine/seams/self-test.js'
import { withSeams } from './trial.js'

test('all facts hold when the seams are installed', async () => {
  const facts = await withSeams(selfTest)
  expect(facts.length).toBeGreaterThanOrEqual(13)
  expect(facts.filter(({ holds }) => !holds)).toEqual([])
})

test('the facts notice that no seam is installed', async () => {
  const broken = (await selfTest()).filter(({ holds }) => !holds)
  expect(broken.map(({ fact }) => fact)).toEqual(
    expect.arrayContaining([
      'executions',
      'model calls',
      'drop',
      'a reworded reply',
      'a model call over fetch',
    ]),
  )
})

test('a broken fact is refused by name, with the versions that were found', () => {
  const facts = [
    { fact: 'drop', holds: false },
    { fact: 'executions', holds: true },
  ]
  expect(() => requireFacts(facts, 'langgraph 9.9.9')).toThrow(/drop \(found langgraph 9\.9\.9\)/)
  expect(() => requireFacts(facts.slice(1), 'langgraph 9.9.9')).not.toThrow()
})
