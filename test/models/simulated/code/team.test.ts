import { describe, expect, test } from 'vitest'
import { rng } from '../../../../core/draw.js'
import type { Task } from '../../../../core/scenario.js'
import { simStrong } from '../../../../models/sim-strong.js'
import { simWeak } from '../../../../models/sim-weak.js'
import {
  ask,
  isRight,
  line,
  notesOf,
  person,
  programIn,
  relayed,
  share,
  someTasks,
  words,
} from './little-office.js'

const engineer = { id: 'engineer', job: 'produce' } as const
const numbered = someTasks.map((task, seed) => ({ task, seed }))

type Variation = Readonly<{
  model?: typeof simStrong
  text?: (task: Task, seed: number) => string
  back?: (text: string) => string
}>

/** Which tasks one agent alone gets right. */
const alone = ({
  model = simStrong,
  text = ({ text }) => text,
  back = (said) => said,
}: Variation = {}) =>
  Promise.all(
    numbered.map(async ({ task, seed }) =>
      isRight(task, back(await words({ model, seed }, engineer, [person(text(task, seed))]))),
    ),
  )

/** Lines between two titles in another order. */
const shuffled = (text: string, seed: number) => {
  const lines = text.split('\n')
  const isRule = (row: string) => row.startsWith('- ') && !row.includes(') returns ')
  const order = rng('order', seed).shuffle(lines.filter(isRule))
  let next = 0
  return lines.map((row) => (isRule(row) ? order[next++] : row)).join('\n')
}

describe('functions from rules', () => {
  test('are nearly all written right by a line of three, with a pool and without, and nothing is unread', async () => {
    for (const hasPool of [true, false]) {
      const right = await Promise.all(
        numbered.map(async ({ task, seed }) => {
          const said = await line({ model: simStrong, seed }, task, { hasPool })
          return isRight(task, said.at(-1) ?? '')
        }),
      )
      expect(share(right)).toBeGreaterThanOrEqual(0.9)
    }
  })

  test('are mostly written right by one agent, and by the hasty temper less often', async () => {
    const [careful, hasty] = [share(await alone()), share(await alone({ model: simWeak }))]
    expect(careful).toBeGreaterThanOrEqual(0.9)
    expect(hasty).toBeLessThan(careful)
    expect(hasty).toBeGreaterThan(0.5)
  })

  test('cannot be written without the rules', async () => {
    const bare = ({ text }: Task) =>
      text
        .split('\n')
        .filter((row) => !row.startsWith('- ') || row.includes(') returns '))
        .join('\n')
    expect(share(await alone({ text: bare }))).toBe(0)
  })

  test('are written the same whatever the order of the rules', async () => {
    expect(await alone({ text: ({ text }, seed) => shuffled(text, seed) })).toEqual(await alone())
    expect(await alone({ model: simWeak, text: ({ text }, seed) => shuffled(text, seed) })).toEqual(
      await alone({ model: simWeak }),
    )
  })

  test('are written the same under other names of functions and variables', async () => {
    const signature = /`(\w+)\((\w+), (\w+)\)`/
    const others = ['zz', 'theta', 'alpha']
    const renamed = await Promise.all(
      numbered.map(async ({ task, seed }) => {
        const names = signature.exec(task.text)?.slice(1) ?? []
        const swap = (text: string, from: readonly string[], to: readonly string[]) =>
          from.reduce(
            (now, name, at) => now.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), to[at] ?? ''),
            text,
          )
        const said = await words({ model: simWeak, seed }, engineer, [
          person(swap(task.text, names, others)),
        ])
        return isRight(task, swap(said, others, names))
      }),
    )
    expect(renamed).toEqual(await alone({ model: simWeak }))
  })
})

test('a request of the same identity gets the same bytes', async () => {
  const [one] = someTasks
  const again = () => words({ model: simWeak, seed: 4 }, engineer, [person(one?.text ?? '')])
  expect(await again()).toBe(await again())
})

test('nothing that agents write themselves stays unread by their colleagues', async () => {
  const agents = [
    { id: 'analyst', job: 'plan' },
    { id: 'engineer', job: 'produce' },
    { id: 'judge', job: 'review' },
    { id: 'router', job: 'route' },
    { id: 'critic', job: 'review', channel: 'Conclusion: step N.' },
    { id: 'refiner', job: 'revise' },
    { id: 'leader', job: 'route', channel: 'Your colleagues are builder (produce).' },
    { id: 'user', job: 'instruct' },
    { id: 'assistant', job: 'act' },
    { id: 'reviewer', job: 'decide' },
  ] as const
  for (const { task, seed } of numbered.slice(0, 20)) {
    const contrary =
      seed % 2 ? task.text.replace(/\n- /, '\n- The base value is 1.\n- ') : task.text
    const pool = [person(contrary)]
    for (const agent of agents) {
      const said = await ask({ model: simWeak, seed }, agent, pool)
      expect(notesOf(said).unread).toEqual([])
      pool.push(relayed(agent.id, said.text))
    }
  }
})

test('facts in a foreign form are listed once, and what cannot be read is not guessed', async () => {
  const text = (someTasks[0]?.text ?? '').replace('\n- ', '\n- On Sundays all is free.\n- ')
  const said = await ask({ model: simStrong, seed: 1 }, engineer, [person(text), person(text)])
  expect(notesOf(said).unread).toEqual(['On Sundays all is free.'])
  expect(programIn(said.text)).not.toContain('Sundays')
})

test.each([
  ['a text without rules', 'Write a function.'],
  ['prose', 'Lorem ipsum dolor sit amet.'],
  ['a sum in words', 'Write a program that adds two numbers.'],
])('%s is refused', async (_, text) => {
  const said = await ask({ model: simStrong, seed: 1 }, engineer, [person(text)])
  expect(said.text).toMatch(/^UNSUPPORTED: I can read only functions from rules, /)
  expect(notesOf(said).unsupported).toBe(said.text)
})
