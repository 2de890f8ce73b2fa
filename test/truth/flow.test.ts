import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flowOf } from '../../analysis/flow.js'
import { evidenceOf } from '../../core/evidence/evidence-of.js'
import type { FlowEdge, FlowGraph } from '../../core/flow.js'
import { cutSeams } from '../../engine/session.js'
import { type Case, performed, planOf } from './case.js'
import { deliveries } from './deliveries.js'
import { facts } from './facts.js'
import { instructions } from './instructions.js'
import { tools } from './tools.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await cutSeams([import.meta.dirname])
})
afterAll(() => uninstall())

const cases = [...deliveries, ...tools, ...facts, ...instructions]

/** The flow of a case. */
async function flowOfCase(one: Case) {
  const { trial, baseline } = await performed(planOf(one))
  const { trace, line } = trial
  const [behaviour] = line.behaviours
  if (!trace || !baseline.trace || !behaviour) throw new Error('No fault acted.')
  const { injections } = line
  const { fault } = behaviour
  const evidence = evidenceOf({ trace, baseline: baseline.trace, injections, fault })
  if (!evidence) throw new Error('There is no evidence.')
  return { flow: flowOf(fault, evidence), trace, line }
}

const brief = ({ from, to, carries, became }: FlowEdge) =>
  `${from} ${became?.how === 'carried' ? '->' : 'x'} ${to}  ${carries}, ${became?.how}`
/** The edges that bring the fault, each way once. */
const touched = ({ edges }: FlowGraph) => [
  ...new Set(edges.filter(({ became }) => became !== null).map(brief)),
]

/** Who read the fault from whom in cases of which that is known, and what they did. */
const known: Readonly<Record<string, readonly string[]>> = {
  'a false fact that is passed on': ['planner -> clerk  planted, carried'],
  'a false fact told to a clerk who reads the task itself': ['planner x clerk  planted, corrected'],
  'a false fact and a critic who knows the task': [
    'planner -> clerk  planted, carried',
    'clerk x critic  planted, corrected',
    'planner x clerk  planted, corrected',
  ],
  'a false fact and a critic who knows only what the clerk says': [
    'planner -> clerk  planted, carried',
    'clerk x critic  planted, dropped',
  ],
  'a false fact that one of three voters tells': ['one x clerk  planted, corrected'],
  'an order to trust, and a prompt that says to check': ['planner x clerk  planted, corrected'],
  'an order to trust that is followed': ['planner -> clerk  planted, carried'],
  'a loss that a shared pool makes good': ['planner x clerk  lost, corrected'],
  'a loss that nobody makes good': ['planner -> clerk  lost, carried'],
  'a loss that a clerk asks about': [
    'planner -> clerk  lost, carried',
    'planner x clerk  lost, corrected',
  ],
  'a memory that loses what a colleague has restated': ['task x clerk  lost, corrected'],
  'a memory that loses what nobody else knows': ['task -> clerk  lost, carried'],
  'a vague task that nobody wonders about': ['task -> clerk  lost, carried'],
  'a vague task, and a person who can be asked': [
    'task -> clerk  lost, carried',
    'task x clerk  lost, corrected',
  ],
  'a task that contradicts itself, and a clerk who takes the last word': [
    'task -> clerk  planted, carried',
  ],
  'a task that contradicts itself, and a clerk who takes the first word': [
    'task x clerk  planted, dropped',
  ],
  'a blurred role that changes nothing': [],
  'a blurred role, and a parser that drops foreign work': ['planner x clerk  planted, dropped'],
  'a blurred role whose foreign work a colleague copies': ['planner -> clerk  planted, carried'],
  'a long story that a filter cuts out': [],
  'a long story that a clerk reads over': ['task x clerk  planted, dropped'],
  'an impossible plan that a reviewer sends back': [
    'planner x reviewer  planted, corrected',
    'planner x reviewer  planted, dropped',
    'planner x clerk  planted, dropped',
  ],
  'an impossible plan whose possible steps are carried out': ['planner x clerk  planted, dropped'],
  'a call in a wrong form whose error goes back to the agent': [
    'tool:get_fare x clerk/model  planted, corrected',
    'tool:get_fare x clerk/model  planted, dropped',
  ],
  'a wrong argument whose result a careful agent does not take': [
    'tool:get_fare x clerk/model  planted, corrected',
  ],
  'a wrong argument whose result is taken as it is': [
    'tool:get_fare -> clerk/model  planted, carried',
  ],
  'a wrong tool whose result is taken for an answer': [
    'tool:get_port -> clerk/model  planted, carried',
  ],
  'a storm on a clerk that answers each message once': ['planner x clerk  copy, dropped'],
  'a storm on a clerk that books every time': ['planner -> clerk  copy, carried'],
  'an echo that a planner does not hear': ['clerk x planner  copy, dropped'],
  'an echo after which all is booked twice': [
    'clerk -> planner  copy, carried',
    'planner -> clerk  copy, carried',
  ],
  'a message to everybody, of which an auditor hears only what is for it': [
    'planner x auditor  copy, dropped',
  ],
  'a message to everybody, and an auditor that cancels what it hears of': [
    'planner -> auditor  copy, carried',
  ],
}

describe('the way of a fault in truth graphs', () => {
  test('is looked at in graphs that there are', () => {
    const names = cases.map(({ name }) => name)
    expect(Object.keys(known).filter((name) => !names.includes(name))).toEqual([])
  })

  test.each(cases.filter(({ name }) => name in known))('$name', async (one) => {
    const { flow } = await flowOfCase(one)
    expect(touched(flow)).toEqual(known[one.name])
  })

  test.each(cases)(
    '$name: each reading is one, and the marks are those of the spread',
    async (one) => {
      const { flow, trace, line } = await flowOfCase(one)
      const ids = new Set(flow.nodes.map(({ id }) => id))
      for (const { from, to, step, messages, became } of flow.edges) {
        expect(ids.has(from) && ids.has(to)).toBe(true)
        const isCall = messages > 0 || became?.how === 'carried'
        expect(trace.steps[step]?.kind).toBe(isCall ? 'call' : 'start')
        const agent = flow.nodes.find(({ id, kind }) => id === from && kind === 'agent')
        const spoke = trace.steps.slice(0, step).some((other) => other.agent === from)
        expect(messages === 0 || agent === undefined || spoke).toBe(true)
      }
      expect(flow.spread).toEqual(line.spread)
      const carriers = flow.nodes.filter(({ carried }) => carried.length > 0).map(({ id }) => id)
      expect(new Set(carriers)).toEqual(new Set(line.spread?.agents))
    },
  )
})
