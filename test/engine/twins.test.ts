import { AIMessage } from '@langchain/core/messages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judge } from '../../analysis/judge.js'
import { stoppedClock } from '../../core/clock.js'
import { textOf, withText } from '../../core/messages.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { Stopping } from '../../core/stopping.js'
import type { System } from '../../core/system.js'
import { expand } from '../../engine/plan.js'
import { cutSeams } from '../../engine/session.js'
import { executeUntilDecided } from '../../engine/until-decided.js'
import type { Execution } from '../../engine/work.js'
import { decide, isHopeless, resultOf, shortLooks } from './rules.js'
import { ask, modelOf, oneNode, planOf, responseFault, systemOf, task } from './stage.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await cutSeams([import.meta.dirname])
})
afterAll(() => uninstall())

const shout = responseFault('shout', { inject: (said) => withText(said, `${textOf(said)}!`) })
const idle = responseFault('idle', {})
const stopping: Stopping = {
  ...{ questionsOf: ({ fault }) => [fault], resultOf, decide, isHopeless: () => false },
  looks: new Map(['shout', 'idle'].map((id) => [id, shortLooks])),
}
const tasksOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ ...task, id: `t${at}` }))

type More = Partial<Execution> &
  Readonly<{ tasks?: number; answer?: string; system?: System; rule?: Stopping }>

/** Executes a plan of two faults until both are decided. */
async function performed({ tasks = 10, answer = '4', system, rule = stopping, ...more }: More) {
  const lines: TrialLine[] = []
  const plan = planOf({
    ...{ system: system ?? systemOf(oneNode(ask)), faults: [shout, idle] },
    ...{ model: modelOf(() => answer), tasks: tasksOf(tasks) },
  })
  const notNeeded = await executeUntilDecided(
    {
      ...{ plan, groups: expand(plan), done: new Map(), concurrency: 1, judge },
      ...{ clock: stoppedClock, signal: new AbortController().signal },
      ...{ onTrial: ({ line }) => lines.push(line), ...more },
    },
    rule,
  )
  return { lines, notNeeded, of: (arm: string) => lines.filter(({ fault }) => fault === arm) }
}

test('a decided fault is asked no more, one that never counts is asked to the end of the plan', async () => {
  const { of, notNeeded } = await performed({})
  expect(of('shout').map(({ verdict }) => verdict)).toEqual(Array(4).fill('broke'))
  expect(of('idle').map(({ verdict }) => verdict)).toEqual(Array(10).fill('dormant'))
  expect([of('baseline'), of('placebo-response')].map(({ length }) => length)).toEqual([10, 10])
  expect(notNeeded).toBe(6)
})

test('a fault of which none of many trials counts is given up', async () => {
  const { of, notNeeded, lines } = await performed({ rule: { ...stopping, isHopeless } })
  expect(of('idle').map(({ verdict }) => verdict)).toEqual(Array(5).fill('dormant'))
  expect(of('shout')).toHaveLength(4)
  expect(notNeeded).toBe(4 * 10 - lines.length)
})

test('trials of a task that is not solved unharmed are not run and do not count', async () => {
  const { of, notNeeded, lines } = await performed({ answer: '5' })
  expect(of('shout').map(({ outcome }) => outcome)).toEqual(
    Array(10).fill({ kind: 'not-run', reason: 'ineligible' }),
  )
  expect(of('placebo-response')).toHaveLength(10)
  expect({ notNeeded, lines: lines.length }).toEqual({ notNeeded: 0, lines: 40 })
})

describe('a baseline', () => {
  const counting = (seen: () => void, say: () => string = () => '4') =>
    systemOf(
      oneNode(() => {
        seen()
        return { messages: [new AIMessage(say())] }
      }),
    )

  test('is executed once for all of its twins', async () => {
    let built = 0
    const { lines } = await performed({ system: counting(() => built++), concurrency: 8 })
    expect(built).toBe(lines.filter(({ outcome }) => outcome.kind !== 'not-run').length)
  })

  test('is executed again when so many others were used since, and stored once', async () => {
    let built = 0
    const { of, lines } = await performed({ system: counting(() => built++), tasks: 520 })
    expect(built).toBeGreaterThan(lines.filter(({ outcome }) => outcome.kind !== 'not-run').length)
    expect(of('baseline')).toHaveLength(520)
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length)
  })

  test('that is stored and comes to something else ends the run, and what is in flight is kept', async () => {
    const first = await performed({ tasks: 3 })
    const done = new Map(first.of('baseline').map((line) => [line.key, line]))
    const kept: TrialLine[] = []
    const system = counting(
      () => undefined,
      () => '4 ',
    )
    const again = performed({ tasks: 3, system, done, onTrial: ({ line }) => kept.push(line) })
    await expect(again).rejects.toMatchObject({ code: 'internal' })
    expect(kept).toEqual([])
  })
})
