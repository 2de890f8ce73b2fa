import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flowOf, flowWithoutFault } from '../../analysis/flow.js'
import { accountOf } from '../../core/evidence/account.js'
import { evidenceOf } from '../../core/evidence/evidence-of.js'
import type { FlowGraph } from '../../core/flow.js'
import type { TraceLine } from '../../core/schemas/trace-line.js'
import { injection } from './lines.js'
import {
  anyTrace,
  ends,
  heard,
  injected,
  type Part,
  says,
  started,
  trace,
  writes,
} from './made-traces.js'

const task = 'Book the ferry. The fare is 40 EUR.'
const [truth, falsehood] = [
  'I tell you that the fare is 40 EUR.',
  'I tell you that the fare is 52 EUR.',
]
const baseline = trace(
  started(task),
  says('planner#0', [heard(task)], truth),
  says('clerk#0', [heard(`From: planner\n${truth}`)], 'Booked at 40 EUR.'),
  ends('40 EUR'),
)

/** The flow of a trial in which the planner was made to tell the falsehood, and of what came then. */
function flowAfter(...parts: readonly Part[]): FlowGraph {
  return flowIn(
    trace(
      started(task),
      injected('call:planner#0.0', [truth], [falsehood]),
      says('planner#0', [heard(task)], falsehood),
      ...parts,
    ),
    baseline,
    'call:planner#0.0',
  )
}

function flowIn(trial: TraceLine, before: TraceLine, site: string): FlowGraph {
  const injections = [injection({ fault: 'rumour', site, agent: 'planner' })]
  const evidence = evidenceOf({ trace: trial, baseline: before, injections, fault: 'rumour' })
  if (!evidence) throw new Error('The fault did not act.')
  return flowOf('rumour', evidence)
}

const plainFlow = (...parts: readonly Part[]) =>
  flowWithoutFault(accountOf(trace(started(task), ...parts)), 'nobody')
const readBy = ({ edges }: FlowGraph, reader: string) =>
  edges.filter(({ to }) => to === reader).map(({ from, messages }) => [from, messages])
const edge = ({ edges }: FlowGraph, from: string, to: string) =>
  edges.find((one) => one.from === from && one.to === to)
const node = ({ nodes }: FlowGraph, id: string) => nodes.find((one) => one.id === id)

describe('who read whom', () => {
  test.each([
    ['as it was said', heard(truth)],
    ['laid out anew', heard(truth.replaceAll(' ', ' \n '))],
    ['behind a line with a name', heard(`From: planner\n${truth}`)],
    ['within more words', heard(`Here is the news.\n<note>${truth}</note>\nGood luck!`)],
    ['cut short', heard(truth.slice(0, 24))],
  ])('is found by what was said before: %s', (_, message) => {
    const flow = plainFlow(
      says('planner#0', [heard(task)], truth),
      says('clerk#0', [{ role: 'system', text: truth }, message], 'Booked.'),
    )
    expect(readBy(flow, 'clerk')).toEqual([['planner', 1]])
  })

  test('shortened on the way, it is still known by most of its words', () => {
    const long = `${truth} It leaves at noon. Bring a coat and some bread for the long way.`
    const flow = plainFlow(
      says('planner#0', [heard(task)], long),
      says('clerk#0', [heard(long.replace('It leaves at noon. ', ''))], 'Booked.'),
    )
    expect(readBy(flow, 'clerk')).toEqual([['planner', 1]])
  })

  test("what nobody has said is nobody's, and so is what is said later", () => {
    const flow = plainFlow(
      says('clerk#0', [heard('Who is there, at this hour?'), heard(truth)], 'Nobody.'),
      says('planner#0', [heard(task)], truth),
    )
    expect(readBy(flow, 'clerk')).toEqual([])
  })

  test('own words are no reading', () => {
    const flow = plainFlow(
      says('clerk#0', [heard(task)], 'Let me think about this.'),
      says('clerk#1', [heard(task), heard('Let me think about this.', { role: 'ai' })], 'Done.'),
    )
    expect(flow.edges.map(({ from, to }) => [from, to])).toEqual([
      ['task', 'clerk'],
      ['task', 'clerk'],
    ])
  })

  test('of several who said the same each is read once, and who is named before others', () => {
    const flow = plainFlow(
      says('one#0', [heard(task)], 'I vote for the ferry.'),
      says('two#0', [heard(task)], 'I vote for the ferry.'),
      says('clerk#0', [heard('I vote for the ferry.'), heard('I vote for the ferry.')], 'Two.'),
      says('critic#0', [heard('From: one\nI vote for the ferry.')], 'One.'),
    )
    expect(readBy(flow, 'clerk').sort()).toEqual([
      ['one', 1],
      ['two', 1],
    ])
    expect(readBy(flow, 'critic')).toEqual([['one', 1]])
  })

  test("several people's words in one message are read of each of them", () => {
    const flow = plainFlow(
      says('one#0', [heard(task)], 'I vote for the ferry.'),
      says('two#0', [heard(task)], 'I vote against the ferry.'),
      says('clerk#0', [heard('I vote for the ferry.\n---\nI vote against the ferry.')], 'A tie.'),
    )
    expect(readBy(flow, 'clerk').sort()).toEqual([
      ['one', 1],
      ['two', 1],
    ])
  })

  test('a tool is read by its name, code by its node', () => {
    const call = { id: 'c1', name: 'get_fare', args: {} }
    const flow = plainFlow(
      says('clerk#0', [heard(task)], { toolCalls: [call] }),
      writes('tools#0', { role: 'tool', text: '40 EUR', toolCallId: 'c1' }),
      writes('clock#0', heard('It is noon on the clock.')),
      says(
        'clerk#1',
        [{ role: 'tool', text: '40 EUR', toolCallId: 'c1' }, heard('It is noon on the clock.')],
        'Booked.',
      ),
    )
    expect(readBy(flow, 'clerk')).toEqual([
      ['task', 1],
      ['tool:get_fare', 1],
      ['clock', 1],
    ])
    expect(node(flow, 'clock')?.kind).toBe('code')
  })

  test('a person who can be asked is one', () => {
    const trial = trace(
      started(task),
      writes('desk#0', heard('It is for tomorrow, please.')),
      says('clerk#0', [heard('It is for tomorrow, please.')], 'Booked.'),
    )
    const flow = flowWithoutFault(accountOf(trial), 'person')
    expect(node(flow, 'person')?.kind).toBe('person')
    expect(readBy(flow, 'clerk')).toEqual([['person', 1]])
  })
})

describe('the way of a fault', () => {
  test('an agent that stands for the falsehood passes it on', () => {
    const flow = flowAfter(
      says('clerk#0', [heard(`From: planner\n${falsehood}`)], 'Booked at 52 EUR.'),
      ends('52 EUR'),
    )
    expect(edge(flow, 'planner', 'clerk')).toEqual({
      ...{ from: 'planner', to: 'clerk', step: 3, messages: 1, carries: 'planted', what: '52 EUR' },
      became: { how: 'carried', step: 3 },
    })
    expect(node(flow, 'planner')).toMatchObject({ injected: [1], carried: [] })
    expect(node(flow, 'clerk')).toMatchObject({ carried: [3], dropped: [], repeated: 0 })
    expect(flow.spread).toMatchObject({ agents: ['clerk'], lastTainted: 3, contained: null })
  })

  test.each([
    ['states the truth', 'Booked at 40 EUR.', 'corrected'],
    ['doubts', 'The planner says 52 EUR, which is wrong.', 'corrected'],
    ['rejects', 'REJECT\n- Look again.', 'corrected'],
    ['says nothing of it', 'The sea is calm today.', 'dropped'],
  ])('an agent that %s does not', (_, reply, how) => {
    const flow = flowAfter(says('clerk#0', [heard(falsehood)], reply), ends('40 EUR'))
    expect(edge(flow, 'planner', 'clerk')).toMatchObject({ became: { how, step: 3 } })
    expect(node(flow, 'clerk')).toMatchObject({ carried: [], [how]: [3] })
  })

  test('who only asks a tool has not made up its mind', () => {
    const flow = flowAfter(
      says('clerk#0', [heard(falsehood)], {
        toolCalls: [{ id: 'c1', name: 'get_fare', args: {} }],
      }),
      says('clerk#1', [heard(falsehood)], 'The fare is 40 EUR.'),
      ends('40 EUR'),
    )
    expect(flow.edges.filter(({ to }) => to === 'clerk').map(({ became }) => became)).toEqual([
      { how: 'corrected', step: 4 },
      { how: 'corrected', step: 4 },
    ])
  })

  test('who says it again and again has repeated it', () => {
    const flow = flowAfter(
      ...[0, 1, 2].map((at) => says(`clerk#${at}`, [heard(falsehood)], `Booked at 52 EUR, ${at}.`)),
      ends('52 EUR'),
    )
    expect(node(flow, 'clerk')).toMatchObject({ carried: [3, 4, 5], repeated: 2 })
  })

  test('somebody who speaks of the falsehood as wrong carries the truth', () => {
    const flow = flowAfter(
      says('critic#0', [heard(falsehood)], 'REJECT\n- It says 52 EUR, but the task says 40 EUR.'),
      says(
        'clerk#0',
        [heard('From: critic\nREJECT\n- It says 52 EUR, but the task says 40 EUR.')],
        'Booked at 40 EUR.',
      ),
      ends('40 EUR'),
    )
    expect(edge(flow, 'critic', 'clerk')).toMatchObject({ carries: 'truth', what: '40 EUR' })
  })

  test('words that a fault changed on their way are still those of who had said them', () => {
    const before = trace(
      started(task),
      says('planner#0', [heard(task)], truth),
      says('clerk#0', [heard(truth)], 'Booked at 40 EUR.'),
      ends('40 EUR'),
    )
    const trial = trace(
      started(task),
      says('planner#0', [heard(task)], truth),
      injected('input:clerk#0', [truth], [falsehood]),
      says('clerk#0', [heard(falsehood)], 'Booked at 52 EUR.'),
      ends('52 EUR'),
    )
    const flow = flowIn(trial, before, 'input:clerk#0')
    expect(edge(flow, 'planner', 'clerk')).toMatchObject({ carries: 'planted', messages: 1 })
    expect(node(flow, 'clerk')).toMatchObject({ injected: [2], carried: [3] })
  })

  test('what a fault took out of a prompt is read of nobody', () => {
    const trial = trace(
      started(task),
      says('planner#0', [heard(task)], truth),
      injected('input:clerk#0', [truth, 'Thank you.'], ['Thank you.']),
      says('clerk#0', [heard('Thank you.')], 'You are welcome.'),
      ends(null),
    )
    const flow = flowIn(trial, baseline, 'input:clerk#0')
    expect(edge(flow, 'planner', 'clerk')).toMatchObject({
      ...{ messages: 0, carries: 'lost', what: '40 EUR', step: 3 },
    })
  })
})

describe('any trace', () => {
  const flowsOf = (trial: TraceLine, before: TraceLine): readonly FlowGraph[] => {
    const injections = trial.steps.flatMap((one) =>
      one.kind === 'injection' ? [injection({ ...one, fault: 'rumour' })] : [],
    )
    const evidence = evidenceOf({ trace: trial, baseline: before, injections, fault: 'rumour' })
    return [
      flowWithoutFault(accountOf(trial), trial.canAsk),
      ...(evidence ? [flowOf('rumour', evidence)] : []),
    ]
  }

  test('has a flow in which each reading is one, of somebody who had spoken', () => {
    fc.assert(
      fc.property(anyTrace, anyTrace, (trial, before) => {
        for (const { nodes, edges, spread } of flowsOf(trial, before)) {
          const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]))
          expect(kinds.size).toBe(nodes.length)
          for (const { from, to, step, messages, carries } of edges) {
            expect(kinds.has(from) && kinds.has(to)).toBe(true)
            expect(trial.steps[step]).toBeDefined()
            if (messages === 0) continue
            expect(trial.steps[step]).toMatchObject({ kind: 'call', agent: to })
            const spoke = trial.steps.slice(0, step).some((one) => one.agent === from)
            expect(kinds.get(from) !== 'agent' || spoke).toBe(true)
            if (spread === null) expect(carries).toBe('nothing')
          }
          const carriers = nodes.filter(({ carried }) => carried.length > 0).map(({ id }) => id)
          expect([...carriers].sort()).toEqual([...(spread?.agents ?? [])].sort())
        }
      }),
      { numRuns: 400 },
    )
  })

  test('has the same flow every time', () => {
    fc.assert(
      fc.property(anyTrace, anyTrace, (trial, before) => {
        const again = structuredClone([trial, before]) as [TraceLine, TraceLine]
        expect(flowsOf(...again)).toEqual(flowsOf(trial, before))
      }),
    )
  })
})
