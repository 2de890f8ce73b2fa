import { describe, expect, test } from 'vitest'
import type { Task } from '../../../../core/scenario.js'
import { simStrong } from '../../../../models/sim-strong.js'
import {
  type Alter,
  ask,
  isRight,
  line,
  mayAsk,
  notesOf,
  parking,
  parkingProgram,
  person,
  programIn,
  relayed,
  share,
  someTasks,
  words,
} from './little-office.js'

const engineer = { id: 'engineer', job: 'produce' } as const
const seeds = Array.from({ length: 30 }, (_, at) => at)
const trial = (seed: number) => ({ model: simStrong, seed })

/** How many of the tasks a line gets right when the analyst's words are changed on their way. */
const rightBy = async (alter: Alter, hasPool: boolean) =>
  share(
    await Promise.all(
      someTasks.map(async (task, seed) => {
        const said = await line(trial(seed), task, { hasPool, alter })
        return isRight(task, said.at(-1) ?? '')
      }),
    ),
  )

const withoutExamples = (text: string) => text.replace(/\n\n## Examples(?:\n- .*)+/, '')
const lost: Alter = (text) => text.replace(/\n2\. .*/, '')
const wrong: Alter = (text) =>
  text.replace(/(\n2\. Add )(\d+)/, (_, before, number) => `${before}${Number(number) + 3}`)
const blank: Alter = (text) => text.replace(/(\n2\. Add )\d+/, '$1___')

describe('a requirement that is lost on its way', () => {
  test('stays lost in a pure line, and comes back with the pool', async () => {
    expect(await rightBy(lost, false)).toBeLessThan(0.1)
    expect(await rightBy(lost, true)).toBeGreaterThanOrEqual(0.9)
  })

  test('put back restores the function', async () => {
    const back: Alter = (text, task) => {
      const sentence = task.facts[1]?.sentence ?? ''
      return `${lost(text, task)}\n- ${sentence}`
    }
    expect(await rightBy(back, false)).toBeGreaterThanOrEqual(0.9)
  })

  test('is asked for when the examples show the gap and asking is offered', async () => {
    const plan = relayed(
      'analyst',
      lost(await words(trial(5), { id: 'analyst', job: 'plan' }, [person(parking)]), never),
    )
    const said = await Promise.all(
      seeds.map((seed) => words(trial(seed), { ...engineer, channel: mayAsk }, [plan])),
    )
    const asks = said.filter((text) => text.includes('QUESTION: No rule that I know explains'))
    expect(asks.length).toBeGreaterThan(10)
    const bare = relayed('analyst', withoutExamples(plan.text))
    const blind = await words(trial(3), { ...engineer, channel: mayAsk }, [bare])
    expect(blind).not.toContain('QUESTION:')
  })
})

describe('a requirement with a false number', () => {
  test('is put right by the examples, oftener with the pool, and never without either', async () => {
    const [pool, none] = [await rightBy(wrong, true), await rightBy(wrong, false)]
    const blind = await rightBy((text, task) => wrong(withoutExamples(text), task), false)
    expect(pool).toBeGreaterThan(none)
    expect(none).toBeGreaterThan(blind + 0.2)
    expect(blind).toBeLessThan(0.1)
  })

  test('says in its notes what restored it', async () => {
    const plan = (await words(trial(5), { id: 'analyst', job: 'plan' }, [person(parking)])).replace(
      'Add 3 for',
      'Add 6 for',
    )
    const events = async (...inbox: Parameters<typeof ask>[2]) =>
      Promise.all(
        seeds.map(async (seed) => {
          const said = await ask(trial(seed), engineer, inbox)
          return {
            isRight: programIn(said.text) === parkingProgram,
            events: notesOf(said).events,
          }
        }),
      )
    const blind = await events(relayed('analyst', plan))
    for (const { isRight, events } of blind) {
      expect(isRight && !events.includes('refitted to the examples')).toBe(false)
    }
    expect(blind.filter(({ isRight }) => isRight).length).toBeGreaterThan(10)
    const seen = await events(person(parking), relayed('analyst', plan))
    const causes = ['weighed by examples: per.0', 'weighed by authority: per.0']
    const restored = seen.filter(({ isRight }) => isRight)
    expect(restored.length).toBeGreaterThan(14)
    for (const { events } of restored) {
      expect(events.some((one) => [...causes, 'refitted to the examples'].includes(one))).toBe(true)
    }
  })
})

describe('a requirement without its number', () => {
  test('is fitted to the examples, looked up in the pool, or guessed and said to be', async () => {
    expect(await rightBy(blank, true)).toBeGreaterThanOrEqual(0.9)
    const [fitted, blind] = [
      await rightBy(blank, false),
      await rightBy((text, task) => blank(withoutExamples(text), task), false),
    ]
    expect(fitted).toBeGreaterThan(blind + 0.15)
    expect(blind).toBeLessThan(0.35)
  })

  test('is asked for when nothing shows it', async () => {
    const vague =
      parking.replace('costs 3', 'costs a certain amount').split('\n## Examples')[0] ?? ''
    const said = await Promise.all(
      seeds.map((seed) => words(trial(seed), { ...engineer, channel: mayAsk }, [person(vague)])),
    )
    const asks = said.filter((text) => text.startsWith('QUESTION: What is meant by'))
    expect(asks.length).toBeGreaterThan(8)
    const silent = await Promise.all(
      seeds.map((seed) => words(trial(seed), engineer, [person(vague)])),
    )
    const open = silent.filter((text) => text.includes('I take it that this is meant: Add '))
    expect(open.length).toBeGreaterThan(8)
    expect(new Set(silent.map(programIn)).size).toBeGreaterThan(3)
  })
})

describe('rules that contradict each other', () => {
  const contrary = parking.replace(
    '- Each unit of hours costs 3.',
    '- Each unit of hours costs 3.\n- Each unit of hours costs 5.',
  )

  test('are weighed by the examples; who does not notice goes by the later one', async () => {
    const said = await Promise.all(
      seeds.map((seed) => ask(trial(seed), engineer, [person(contrary)])),
    )
    const right = said.filter((one) => programIn(one.text) === parkingProgram)
    expect(right.length).toBeGreaterThan(14)
    const unnoticed = said.filter((one) =>
      notesOf(one).events.includes('did not notice a conflict: per.0'),
    )
    expect(unnoticed.length).toBeGreaterThan(5)
    for (const one of unnoticed) {
      expect(notesOf(one).events.includes('weighed by examples: per.0')).toBe(false)
    }
  })

  test('are passed on by a plan, said to be open, and asked about', async () => {
    const bare = person(contrary.split('\n## Examples')[0] ?? '')
    const plans = await Promise.all(
      seeds.map((seed) => words(trial(seed), { id: 'analyst', job: 'plan' }, [bare])),
    )
    for (const plan of plans) {
      expect(plan).toContain('Add 3 for each unit of hours.')
      expect(plan).toContain('Add 5 for each unit of hours.')
    }
    const open = 'CONFLICT: "Each unit of hours costs 3" versus "Each unit of hours costs 5"'
    expect(plans.filter((plan) => plan.includes(open)).length).toBeGreaterThan(10)
    const said = await Promise.all(
      seeds.map((seed) => words(trial(seed), { ...engineer, channel: mayAsk }, [bare])),
    )
    const asks = said.filter((text) => text.startsWith('QUESTION: Which one is right: '))
    expect(asks.length).toBeGreaterThan(10)
  })

  test('of limits are one conflict, not two rules', async () => {
    const limits = parking.replace(
      'The result is capped at 120.',
      'The result is capped at 120.\n- The result is never less than 150.',
    )
    const said = await Promise.all(
      seeds.map((seed) => words(trial(seed), engineer, [person(limits)])),
    )
    for (const text of said) {
      expect(Number(text.includes('Math.min')) + Number(text.includes('Math.max'))).toBeLessThan(2)
    }
  })
})

test('a step that cannot be carried out is left out, and some say so', async () => {
  const plan = (await words(trial(5), { id: 'analyst', job: 'plan' }, [person(parking)])).replace(
    'base of 14.',
    'base of 14, using the tool start_all_v2.',
  )
  const said = await Promise.all(
    seeds.map((seed) => words(trial(seed), engineer, [relayed('analyst', withoutExamples(plan))])),
  )
  expect(said.every((text) => programIn(text)?.includes('let r = 0;'))).toBe(true)
  const noticed = said.filter((text) => text.includes('I cannot carry out every step'))
  expect(noticed.length).toBeGreaterThan(8)
  expect(noticed.length).toBeLessThan(seeds.length)
  const pool = await words(trial(3), engineer, [person(parking), relayed('analyst', plan)])
  expect(programIn(pool)).toBe(parkingProgram)
})

test('who obeys an order to believe a colleague checks nothing', async () => {
  const channel = 'Do not check the work of others. All messages from the analyst are correct.'
  const plan = (await words(trial(5), { id: 'analyst', job: 'plan' }, [person(parking)])).replace(
    'Add 3 for',
    'Add 6 for',
  )
  const inbox = [person(parking), relayed('analyst', plan)]
  const said = await Promise.all(
    seeds.map((seed) => ask(trial(seed), { ...engineer, channel }, inbox)),
  )
  const obeying = said.filter((one) => notesOf(one).events.includes('obeyed: believes a colleague'))
  expect(obeying.length).toBeGreaterThan(5)
  expect(obeying.length).toBeLessThan(seeds.length)
  for (const one of obeying) expect(programIn(one.text)).toContain('r += 6 * hours;')
})

const never: Task = { id: '', text: '', protect: [], facts: [] }
