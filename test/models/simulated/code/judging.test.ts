import { describe, expect, test } from 'vitest'
import { simStrong } from '../../../../models/sim-strong.js'
import {
  ask,
  isRight,
  namesStep,
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

const seeds = Array.from({ length: 30 }, (_, at) => at)
const trial = (seed: number) => ({ model: simStrong, seed })
const mostly = (holds: readonly boolean[]) => expect(share(holds)).toBeGreaterThanOrEqual(0.7)

const task = person(parking)
const judge = { id: 'judge', job: 'review' } as const
const critic = { id: 'critic', job: 'review', channel: namesStep } as const
const refiner = { id: 'refiner', job: 'revise' } as const
const router = { id: 'router', job: 'route' } as const

const written = (await words(trial(5), { id: 'generator', job: 'produce' }, [task])) ?? ''
const draft = (change: (text: string) => string = (text) => text, from = 'generator') =>
  relayed(from, change(written))
const wrongNumber = draft((text) => text.replaceAll(/3( for each unit| \* hours)/g, '6$1'))
const missing = draft((text) =>
  text.replace(/\n5\. .*/, '').replace('\n  if (days >= 11) r *= 1.25;', ''),
)
const allOf = <Value>(each: (seed: number) => Promise<Value>) => Promise.all(seeds.map(each))

describe('to review', () => {
  test('is to approve what is right', async () => {
    const said = await allOf((seed) => words(trial(seed), judge, [task, draft()]))
    mostly(
      said.map((text) =>
        text.startsWith('APPROVE\n- I find the program right.\n- It meets: Start from'),
      ),
    )
    expect(said.filter((text) => text.startsWith('REJECT')).length).toBeLessThan(3)
  })

  test('is to reject a wrong number with the examples and the rule as evidence', async () => {
    const said = await allOf((seed) => words(trial(seed), judge, [task, wrongNumber]))
    mostly(said.map((text) => text.startsWith('REJECT\n- parkingFee(3, 2) returns 23, but')))
    mostly(said.map((text) => text.includes('\n- Step 2 should be: Add 3 for each unit of hours.')))
  })

  test('is to name a rule that is missing', async () => {
    const said = await allOf((seed) => words(trial(seed), judge, [task, missing]))
    mostly(
      said.map((text) =>
        text.includes('- A rule is missing: Multiply the result by 1.25 if days is at least 11.'),
      ),
    )
  })

  test('is to see a slip in the code beside the right requirements', async () => {
    const slipped = draft((text) => text.replace('days > 12', 'days >= 12'))
    const said = await allOf((seed) => words(trial(seed), judge, [task, slipped]))
    mostly(said.map((text) => text.includes('Step 3 should be: Add 7 once if days is above 12.')))
  })

  test('without the task is to run the examples that the author passed on, and no more', async () => {
    const said = await allOf((seed) => words(trial(seed), judge, [wrongNumber]))
    for (const text of said) expect(text).not.toContain('should be')
    const bare = relayed('generator', wrongNumber.text.replace(/## Examples(?:\n- .*)+/, ''))
    const blind = await allOf((seed) => words(trial(seed), judge, [bare]))
    expect(blind.every((text) => text.startsWith('APPROVE'))).toBe(true)
  })

  test.each([
    ['a wrong number', wrongNumber, 2],
    ['a missing rule', missing, 6],
  ])('is to name the first wrong step when that is asked for: %s', async (_, text, step) => {
    const said = await allOf((seed) => words(trial(seed), critic, [task, text]))
    mostly(said.map((one) => one.endsWith(`\nConclusion: step ${step}`)))
    expect(said.every((one) => /\nConclusion: step \d$/.test(one))).toBe(true)
  })

  test('cannot be done on a program that cannot be read, but on the requirements beside it', async () => {
    const foreign = draft((text) =>
      text.replace(/```js[\s\S]*```/, '```js\nconst parkingFee = (h, d) => 14 + 3 * h\n```'),
    )
    const said = await ask(trial(1), judge, [task, foreign])
    expect(said.text).toMatch(/^APPROVE/)
    expect(notesOf(said).events).toContain('cannot read a program')
  })
})

test.each([
  ['wrong number', wrongNumber],
  ['missing rule', missing],
])('to route is to name the kind of error: %s', async (kind, text) => {
  const verdict = await words(trial(1), judge, [task, text])
  const said = await ask(trial(1), router, [task, text, relayed('judge', verdict)])
  expect(said.text).toBe(`The kind of error is: ${kind}.`)
  expect(notesOf(said).unread).toEqual([])
})

describe('to route among colleagues is to name who goes next', () => {
  const channel = 'Your colleagues are planner (plan), builder (produce), checker (review).'
  const leader = { id: 'leader', job: 'route', channel } as const
  const plan = relayed('planner', '```ops\n1. Start from a base of 14.\n```')
  const made = draft((text) => text, 'builder')
  test.each([
    ['planner', [task]],
    ['builder', [task, plan]],
    ['checker', [task, plan, made]],
    ['finish', [task, plan, made, relayed('checker', 'APPROVE')]],
    ['builder', [task, plan, made, relayed('checker', 'REJECT\n- It is wrong.')]],
    ['checker', [task, plan, made, relayed('checker', 'REJECT\n- It is wrong.'), made]],
  ])('%s', async (next, inbox) => {
    const said = await words(trial(2), leader, inbox)
    expect(said.endsWith(`NEXT: ${next}`)).toBe(true)
  })

  test('with the rules and examples for those who read nobody else', async () => {
    const said = await allOf((seed) => words(trial(seed), leader, [task]))
    mostly(said.map((text) => text.includes('- Add 3 for each unit of hours.')))
    mostly(said.map((text) => text.includes('- parkingFee(3, 2) returns 23')))
  })
})

describe('to revise', () => {
  test('is to go by the critique where the rejected work says something else', async () => {
    const said = await allOf(async (seed) => {
      const verdict = await words(trial(seed), judge, [task, wrongNumber])
      return words(trial(seed), refiner, [task, wrongNumber, relayed('judge', verdict)])
    })
    mostly(said.map((text) => programIn(text) === parkingProgram))
  })

  test('without the rules is to take the one correction and keep the rest', async () => {
    const critique = 'REJECT\n- Step 2 should be: Add 3 for each unit of hours.'
    const kept = relayed('generator', wrongNumber.text.replace(/```js[\s\S]*```/, ''))
    const said = await words(trial(2), refiner, [kept, relayed('critic', critique)])
    expect(programIn(said)).toBe(parkingProgram)
  })

  test('is to weigh what peers wrote when nobody has rejected it', async () => {
    const said = await allOf((seed) => words(trial(seed), refiner, [task, wrongNumber]))
    mostly(said.map((text) => programIn(text) === parkingProgram))
  })
})

describe('to decide', () => {
  const reviewer = { id: 'reviewer', job: 'decide' } as const
  const peers = (...texts: readonly (typeof task)[]) =>
    texts.map(({ text }, at) => relayed(`peer-${at + 1}`, text.replace(/^From: .*\n/, '')))

  test('is to take the program that fails fewest examples, even against a majority', async () => {
    const said = await allOf((seed) =>
      words(trial(seed), reviewer, [task, ...peers(wrongNumber, wrongNumber, draft())]),
    )
    mostly(said.map((text) => programIn(text) === parkingProgram))
  })

  test('is to take the most frequent one where no example tells them apart', async () => {
    const bare = person(parking.split('\n## Examples')[0] ?? '')
    const mute = ({ text }: typeof task) =>
      relayed('x', text.replace(/^From: .*\n/, '').replace(/## Examples(?:\n- .*)+/, ''))
    const said = await words(trial(1), reviewer, [
      bare,
      ...peers(mute(wrongNumber), mute(draft()), mute(draft())),
    ])
    expect(programIn(said)).toBe(parkingProgram)
    const tied = await words(trial(1), reviewer, [bare, ...peers(mute(wrongNumber), mute(draft()))])
    expect(programIn(tied)).toContain('r += 6 * hours;')
  })

  test('is to write a program when none passes and the rules are known', async () => {
    const said = await allOf((seed) => words(trial(seed), reviewer, [task, wrongNumber]))
    mostly(said.map((text) => programIn(text) === parkingProgram))
  })

  test('is to say when no program could be confirmed', async () => {
    const examples = person(
      'Write a JavaScript function `parkingFee(hours, days)`.\n- parkingFee(3, 2) returns 1000',
    )
    const said = await allOf((seed) => words(trial(seed), reviewer, [examples, draft()]))
    mostly(said.map((text) => text.includes('I cannot confirm that this program is right.')))
  })
})

describe('to instruct and to act', () => {
  const user = { id: 'user', job: 'instruct' } as const
  const assistant = { id: 'assistant', job: 'act' } as const

  /** Lets two agents take turns until the first one is done; returns the last words of the second one. */
  async function inTurns(seed: number, text: string, alter = (said: string) => said) {
    const said: { from: 'user' | 'assistant'; text: string }[] = []
    const seenBy = (id: string) =>
      said.map(({ from, text }) =>
        from === id ? { role: 'assistant', content: text } : relayed(from, text),
      )
    for (let turn = 0; turn < 8; turn++) {
      const instruction = await words(trial(seed), user, [person(text), ...(seenBy('user') as [])])
      if (/^TASK_DONE$/m.test(instruction)) break
      said.push({ from: 'user', text: turn === 2 ? alter(instruction) : instruction })
      const reply = await words(trial(seed), assistant, seenBy('assistant') as [])
      said.push({ from: 'assistant', text: reply })
    }
    return { turns: said.length / 2, text: said.at(-1)?.text ?? '' }
  }

  test('is to build the function rule by rule, one in each turn', async () => {
    const ends = await Promise.all(
      someTasks.slice(0, 30).map(async (one, seed) => {
        const { text, turns } = await inTurns(seed, one.text)
        return { isRight: isRight(one, text), turns: turns - one.facts.length }
      }),
    )
    expect(share(ends.map(({ isRight }) => isRight))).toBeGreaterThanOrEqual(0.9)
    mostly(ends.map(({ turns }) => turns === 0))
  })

  test('is to give a requirement again that was not met', async () => {
    const alter = (text: string) => text.replace(/Add \d+/, 'Add 99')
    const ends = await Promise.all(
      someTasks.slice(0, 20).map(async (one, seed) => ({
        ...(await inTurns(seed, one.text, alter)),
        one,
      })),
    )
    const right = ends.filter(({ one, text }) => isRight(one, text))
    expect(right.length).toBeGreaterThan(10)
    expect(right.every(({ turns, one }) => turns > one.facts.length)).toBe(true)
  })

  test('without the function so far is to go by the instructions so far', async () => {
    const said = await words(trial(1), assistant, [
      relayed('user', 'Function: `f(a, b)`.\n\nInstruction: Start from a base of 14.'),
      relayed('user', 'Instruction: Add 3 for each unit of b.'),
    ])
    expect(programIn(said)).toBe('function f(a, b) {\n  let r = 14;\n  r += 3 * b;\n  return r;\n}')
  })

  test('to do something that is no rule is not possible, and the function stays as it was', async () => {
    const said = await ask(trial(1), assistant, [
      relayed('user', 'Function: `f(a, b)`.\n\nInstruction: Start from a base of 14.'),
      relayed('user', 'Instruction: Paint it green.'),
    ])
    expect(said.text).toContain('I cannot carry out: Paint it green.')
    expect(programIn(said.text)).toContain('let r = 14;')
  })
})

test('of two jobs in one briefing one is done: mostly the own one, now and then the other', async () => {
  const channel =
    'You also hold this role: You are the analyst. Your job is to plan: restate every rule of the task as a list of requirements.'
  const said = await allOf((seed) =>
    words(trial(seed), { id: 'engineer', job: 'produce', channel }, [task]),
  )
  const planned = said.filter((text) => programIn(text) === null)
  expect(planned.length).toBeGreaterThan(3)
  expect(planned.length).toBeLessThan(20)
})
