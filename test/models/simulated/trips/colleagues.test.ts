import type { BaseMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { textOf, toolCallsOf } from '../../../../core/messages.js'
import { simStrong } from '../../../../models/sim-strong.js'
import { handOver, oneCall } from '../one-call.js'
import { person, relayed, trialOn, wordsOf, work } from './little-agency.js'
import { offered } from './little-world.js'
import { cases, taskText } from './random-request.js'

const [one] = cases(1)
if (!one) throw new Error('There is no case.')
const task = person(taskText(one.sentences))
const trial = trialOn(one.world, simStrong, one.number)
const said = async (id: string, job: 'plan' | 'produce', inbox: readonly BaseMessage[]) =>
  wordsOf(await work(trial, { id, job, ...(job === 'produce' ? { tools: offered } : {}) }, inbox))

const route =
  'Your job is to route the work: say what is missing or wrong (an error of flight, hotel, date or number).'
const supervisor = {
  id: 'supervisor',
  system: `${route} Your colleagues are planner (plan), builder (produce), checker (review). End with one last line NEXT: NAME.`,
}
const order = async (...inbox: readonly BaseMessage[]) =>
  textOf(await oneCall({ model: simStrong, seed: 1 }, supervisor, [task, ...inbox]))

describe('to route with colleagues', () => {
  test('is to go from the plan to the bookings to the review to the end', async () => {
    const plan = relayed('planner', await said('planner', 'plan', [task]))
    const bookings = relayed('builder', await said('builder', 'produce', [task, plan]))
    const first = await order()
    expect(first).toMatch(/NEXT: planner$/)
    for (const sentence of one.sentences.slice(0, 3)) expect(first).toContain(sentence)
    expect(await order(plan)).toMatch(/```ops\n1\. Search[\s\S]*NEXT: builder$/)
    expect(await order(plan, bookings)).toMatch(/```answer\nBooking [\s\S]*NEXT: checker$/)
    const approval = relayed('checker', 'APPROVE\n- I find what is booked right.')
    expect(await order(plan, bookings, approval)).toMatch(/NEXT: finish$/)
    const critique = relayed('checker', 'REJECT\n- Booking B1 is one too many: hotel H1')
    const back = await order(plan, bookings, critique)
    expect(back).toMatch(/^REJECT\nThe kind of error is: hotel\.[\s\S]*NEXT: builder$/)
  })
})

test('whoever routes hands the request over where a tool is there for it', async () => {
  const triage = {
    id: 'triage',
    system: `${route} Your colleagues are builder (produce), checker (review).`,
    tools: [handOver('builder', 'produce'), handOver('checker', 'review')],
  }
  const [call] = toolCallsOf(await oneCall({ model: simStrong, seed: 1 }, triage, [task]))
  expect(call?.name).toBe('transfer_to_builder')
  expect(call?.args['reason']).toContain(one.sentences[0])
})
