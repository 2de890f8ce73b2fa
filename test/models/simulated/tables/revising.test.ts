import { describe, expect, test } from 'vitest'
import { simStrong } from '../../../../models/sim-strong.js'
import { nations, offered, taskText } from './little-tables.js'
import { person, relayed, work } from './little-team.js'

const asked = person(taskText(nations, 'Which "Nation" has the highest "Gold"?'))
const answering = (answer: string) => `\`\`\`answer\n${answer}\n\`\`\``
const seeds = Array.from({ length: 20 }, (_, at) => at + 1)

/** What somebody makes of what colleagues said, whose job is to revise. */
const revised = (...said: readonly (readonly [from: string, text: string])[]) =>
  Promise.all(
    seeds.map((seed) =>
      work(
        { model: simStrong, seed, table: nations },
        { id: 'refiner', job: 'revise', tools: offered },
        [asked, ...said.map(([from, text]) => relayed(from, text))],
      ),
    ),
  )
const answers = (all: Awaited<ReturnType<typeof revised>>) =>
  all.map((said) => /```answer\n(.*)\n```/.exec(said.at(-1)?.text ?? '')?.[1])

describe('whoever is to revise', () => {
  test('hands on a draft that nobody speaks against, without doing it again', async () => {
    for (const verdict of [[], [['verifier', 'APPROVE\n- I found nothing against it.']]] as const) {
      const all = await revised(['generator', answering('Atlantis')], ...verdict)
      expect(answers(all)).toEqual(seeds.map(() => 'Atlantis'))
      for (const said of all) expect(said).toHaveLength(1)
    }
  })

  test('does a rejected draft again', async () => {
    const all = await revised(['generator', answering('Atlantis')], ['verifier', 'REJECT'])
    expect(answers(all)).not.toContain('Atlantis')
  })

  test('does it again where answers differ, or goes with most of them', async () => {
    const lies = ['debater-1', 'debater-2'].map((id) => [id, answering('Atlantis')] as const)
    const given = answers(await revised(...lies, ['debater-3', answering('Lemuria')]))
    const misled = given.filter((answer) => answer === 'Atlantis').length
    expect(given).not.toContain('Lemuria')
    expect(misled).toBeGreaterThan(0)
    expect(misled).toBeLessThan(seeds.length / 2)
  })
})
