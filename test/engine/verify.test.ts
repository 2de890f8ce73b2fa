import { AIMessage, type ToolMessage } from '@langchain/core/messages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judge } from '../../analysis/judge.js'
import { stoppedClock } from '../../core/clock.js'
import type { Fault, ResponseFault } from '../../core/fault.js'
import { textOf, withText } from '../../core/messages.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { VerificationLine } from '../../core/schemas/verification.js'
import type { BuildContext, Defence, System } from '../../core/system.js'
import type { SiteChoice } from '../../engine/choose-site.js'
import { expand } from '../../engine/plan.js'
import { trialWithout } from '../../engine/removed-trial.js'
import { cutSeams } from '../../engine/session.js'
import { type Verification, verify } from '../../engine/verify.js'
import {
  ask,
  modelOf,
  oneNode,
  performed,
  planOf,
  responseFault,
  systemOf,
  task,
  twoNodes,
} from './stage.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await cutSeams([import.meta.dirname])
})
afterAll(() => uninstall())

const shout = responseFault('shout', {
  inject: (said) => (textOf(said) === '4' ? withText(said, '4!') : null),
})

type Work = Parameters<typeof oneNode>[0]
type State = Parameters<Work>[0]
type Has = (defence: string) => boolean

const tierOf = (id: string): Defence['tier'] => (id === 'pool' ? 'mechanism' : 'rule')
const guarded = (ids: readonly string[], build: System['build']): System =>
  systemOf(build, {
    defences: ids.map((id) => ({ id, tier: tierOf(id), summary: 'A defence of this test.' })),
  })
const hasIn =
  ({ without }: BuildContext): Has =>
  (id) =>
    !without.has(id)

/** A system whose answer is read without what is no word. */
const lenient = (system: System): System => ({
  ...system,
  answer: (state) => strip(textOf((state as Pick<State, 'messages'>).messages.at(-1) as AIMessage)),
})

/** An agent that reads with its model what was said last, and says what it makes of it. */
const reads =
  (change: (text: string, has: Has) => string): Work =>
  async ({ messages }, context) => {
    await context.model.invoke(messages)
    const last = messages.at(-1)
    return { messages: [new AIMessage(change(last ? textOf(last) : '', hasIn(context)))] }
  }
const strip = (text: string) => text.replace(/\W/g, '')
/** Two agents, of which the second takes out what is no word, as long as it has one of these defences. */
const strippedBy = (...ids: readonly string[]) =>
  twoNodes(
    ask,
    reads((text, has) => (ids.some(has) ? strip(text) : text)),
  )

type More = Partial<Verification> &
  Readonly<{ faults?: readonly Fault[]; site?: SiteChoice; tasks?: number }>

/** Executes a plan of one system and verifies what held. */
async function verified(system: System, more: More = {}) {
  const { faults = [shout], site, tasks = 1, ...rest } = more
  const plan = planOf({
    ...{ system, faults, model: modelOf(() => '4'), ...(site ? { site } : {}) },
    tasks: Array.from({ length: tasks }, (_, at) => ({ ...task, id: `t${at + 1}` })),
  })
  const { lines } = await performed(plan)
  const held = lines.map(({ line }) => line).filter(({ verdict }) => verdict === 'held')
  const [found, executed]: [VerificationLine[], TrialLine[]] = [[], []]
  await verify({
    ...{ plan, groups: expand(plan), held, concurrency: 1, clock: stoppedClock, judge },
    signal: new AbortController().signal,
    onTrial: (line) => executed.push(line),
    onVerified: (line) => found.push(line),
    ...rest,
  })
  return { plan, held, found, executed }
}

/** The same for a plan in which one trial held. */
async function verifiedOne(system: System, more: More = {}) {
  const all = await verified(system, more)
  const [only] = all.found
  if (!only || all.found.length > 1) throw new Error(`${all.found.length} trials were verified.`)
  const outcomes = only.defences.map(({ ids, outcome, because }) =>
    [ids.join('+'), because ?? outcome].join(' '),
  )
  return { ...all, only, outcomes }
}

describe('a defence without which the answer is wrong', () => {
  const system = guarded(['idle', 'filter'], strippedBy('filter'))

  test('is necessary, and its tier is the verified one', async () => {
    const { only, outcomes, held } = await verifiedOne(system)
    expect(outcomes).toEqual(['idle held', 'filter broke'])
    expect(only).toMatchObject({
      ...{ verdict: 'necessary', verified: [{ defences: ['filter'], tiers: ['rule'] }] },
      ...{ key: held[0]?.key, id: held[0]?.id, attempt: 1, pairsLeftOut: 0, costUsd: 0 },
    })
  })

  test('says what its repetitions used, and apart from them their baselines', async () => {
    const { only, executed } = await verifiedOne(system)
    expect(executed.map(({ arm, system: name }) => `${arm} ${name}`)).toEqual([
      ...['baseline little~idle', 'fault little~idle'],
      ...['baseline little~filter', 'fault little~filter'],
    ])
    const sum = (arm: string, of: (line: TrialLine) => number) =>
      executed.filter((line) => line.arm === arm).reduce((all, line) => all + of(line), 0)
    expect(only.calls).toBe(sum('fault', ({ calls }) => calls))
    expect(only.tokens).toBe(sum('fault', ({ tokens }) => tokens))
    expect(only.defences.reduce((all, one) => all + one.baselineTokens, 0)).toBe(
      sum('baseline', ({ tokens }) => tokens),
    )
  })

  test('is tried first when a behaviour of the trial speaks for its tier', async () => {
    const held = (await verified(system)).held.map((line) => ({
      ...line,
      behaviours: [
        {
          ...{
            fault: 'shout',
            id: 'seen',
            by: 'program' as const,
            tiers: { rule: 'success' as const },
          },
          ...{ detects: null, proof: [], undecided: [] },
        },
      ],
    }))
    const pooled = guarded(['pool', 'filter'], strippedBy('filter'))
    expect((await verifiedOne(pooled)).outcomes).toEqual(['pool held', 'filter broke'])
    expect((await verifiedOne(pooled, { held })).outcomes).toEqual(['filter broke', 'pool held'])
  })
})

test('two defences that do the same are redundant', async () => {
  const system = guarded(['idle', 'filter', 'pool'], strippedBy('filter', 'pool'))
  const { only, outcomes } = await verifiedOne(system)
  expect(outcomes).toEqual([
    ...['idle held', 'filter held', 'pool held'],
    ...['idle+filter+pool broke', 'idle+filter held', 'idle+pool held', 'filter+pool broke'],
  ])
  expect(only).toMatchObject({
    verdict: 'redundant',
    verified: [{ defences: ['filter', 'pool'], tiers: ['rule', 'mechanism'] }],
  })
  expect(only.defences.at(-1)?.trial).toBe('little~filter~pool/sums/shout/t1#1')
})

test('a trial that holds without any defence is not explained', async () => {
  const system = guarded(['idle', 'lazy', 'late'], twoNodes(ask, reads(strip)))
  const { only, outcomes } = await verifiedOne(system)
  expect(only).toMatchObject({ verdict: 'unexplained', verified: [] })
  expect(outcomes.at(-1)).toBe('idle+lazy+late held')
})

test('defences that are left out already are not left out again', async () => {
  const system = guarded(['idle', 'filter'], strippedBy('filter'))
  const plan = { ...planOf({ system, faults: [shout] }), systems: [{ system, without: ['idle'] }] }
  const { of } = await performed(plan)
  const { found } = await verified(system, { plan, groups: expand(plan), held: [of('shout').line] })
  expect(found.flatMap(({ defences }) => defences).map(({ ids, trial }) => [ids, trial])).toEqual([
    [['filter'], 'little~filter~idle/sums/shout/t1#1'],
  ])
})

describe('a defence that cannot be taken out is untestable', () => {
  test('when the site of the fault goes with it', async () => {
    const both = twoNodes(ask, ask)
    const system = guarded(['checker'], (context) =>
      hasIn(context)('checker') ? both(context) : oneNode(ask)(context),
    )
    const { only, outcomes } = await verifiedOne(lenient(system), {
      ...{ site: { kind: 'agent', agent: 'b', number: null } },
    })
    expect(outcomes).toEqual(['checker site-gone'])
    expect(only).toMatchObject({ verdict: 'untestable', verified: [], calls: 0, tokens: 0 })
  })

  test('when the system does not solve the task without it', async () => {
    const sum = reads((text, has) => (has('sum') ? strip(text) : '5'))
    const { outcomes } = await verifiedOne(guarded(['sum'], twoNodes(ask, sum)))
    expect(outcomes).toEqual(['sum baseline-broke'])
  })

  test('when the fault reaches nobody any more', async () => {
    const first: Work = async (state, context) => {
      const said = await ask(state, context)
      return hasIn(context)('link') ? said : { messages: [new AIMessage('four')] }
    }
    const second = reads((text) => (text === 'four' ? '4' : strip(text)))
    const { outcomes } = await verifiedOne(guarded(['link'], twoNodes(first, second)))
    expect(outcomes).toEqual(['link dormant'])
  })

  test('when there is nothing at the site any more that the fault could change', async () => {
    const first: Work = async ({ messages }, context) => {
      const asked = hasIn(context)('form') ? messages : [...messages, new AIMessage('informal')]
      return { messages: [await context.model.invoke(asked)] }
    }
    const system = guarded(
      ['form'],
      twoNodes(
        first,
        reads(() => '4'),
      ),
    )
    const model = modelOf((prompt) => (prompt.includes('informal') ? 'four' : '4'))
    const plan = planOf({ system, faults: [shout], model })
    const { of } = await performed(plan)
    const held = [of('shout').line]
    const { found } = await verified(system, { plan, groups: expand(plan), held })
    expect(found[0]?.defences).toMatchObject([{ outcome: 'untestable', because: 'dormant' }])
  })

  test('when the testbed fails there', async () => {
    const brittle = responseFault('brittle', {
      inject(said, { later }) {
        if (later === '') throw new Error('a bug of ours')
        return withText(said, '4!')
      },
    })
    const both = twoNodes(ask, reads(strip))
    const system = guarded(['peer'], (context) =>
      hasIn(context)('peer') ? both(context) : oneNode(ask)(context),
    )
    const { outcomes } = await verifiedOne(system, { faults: [brittle] })
    expect(outcomes).toEqual(['peer void'])
  })
})

describe('a repeated fault', () => {
  /** Writes which draw it got into the text and into the ledger. */
  const drawing = (parts: Partial<ResponseFault> = {}) =>
    responseFault('drawing', {
      inject: (said, { rng }) =>
        /^4/.test(textOf(said)) ? withText(said, `4!${'?'.repeat(rng.integer(1, 900))}`) : null,
      ...parts,
    })
  const noted = (parts: Partial<ResponseFault> = {}): Fault => ({
    ...drawing(parts),
    note: ({ after }: Readonly<{ after: AIMessage | ToolMessage }>) => String(textOf(after).length),
  })
  const placesOf = ({ injections }: TrialLine) => injections.map(({ site, note }) => [site, note])

  test('fires at the address of the held trial with the same draw, although it could act earlier', async () => {
    const first: Work = async (state, context) =>
      hasIn(context)('slow') ? { messages: [new AIMessage('wait')] } : ask(state, context)
    const system = lenient(guarded(['slow'], twoNodes(first, ask)))
    const { held, executed, only } = await verifiedOne(system, { faults: [noted()] })
    const [again] = executed.filter(({ arm }) => arm === 'fault')
    if (!again || !held[0]) throw new Error('Nothing was repeated.')
    expect(placesOf(held[0])).toEqual([['call:b#0.0', expect.stringMatching(/^\d+$/)]])
    expect(placesOf(again)).toEqual(placesOf(held[0]))
    expect(only.defences).toMatchObject([{ outcome: 'held' }])
  })

  test('fires everywhere when it fired everywhere, also where the system has more places now', async () => {
    const second: Work = async (state, context) => {
      const times = hasIn(context)('once') ? 1 : 3
      const said = await Promise.all(Array.from({ length: times }, () => ask(state, context)))
      const { messages } = said[0] as { messages: AIMessage[] }
      return { messages: [new AIMessage(strip(messages.map(textOf).join('')))] }
    }
    const system = guarded(['once'], twoNodes(ask, second))
    const { held, executed } = await verifiedOne(system, { faults: [noted({ trigger: 'every' })] })
    const [again] = executed.filter(({ arm }) => arm === 'fault')
    expect(held[0]?.injections.map(({ site }) => site)).toEqual(['call:a#0.0', 'call:b#0.0'])
    expect(again?.injections.map(({ site }) => site).sort()).toEqual([
      ...['call:a#0.0', 'call:b#0.0', 'call:b#0.1', 'call:b#0.2'],
    ])
  })

  test('that fires from one site on at an agent is gone when that site is', async () => {
    const twice: Work = async (state, context) => {
      await context.model.invoke([...state.messages, new AIMessage('draft')])
      if (!hasIn(context)('second')) return { messages: [new AIMessage('4')] }
      return ask(state, context)
    }
    const late = noted({ trigger: 'agent' })
    const system = lenient(guarded(['second'], oneNode(twice)))
    const { held, outcomes } = await verifiedOne(system, {
      ...{ faults: [late], site: { kind: 'agent', agent: 'a', number: 1 } },
    })
    expect(held[0]?.injections.map(({ site }) => site)).toEqual(['call:a#0.1'])
    expect(outcomes).toEqual(['second site-gone'])
  })

  test('of two that were set together each has its own site', async () => {
    const other: Fault = { ...noted(), id: 'other', abbreviation: 'OTHER' }
    const system = guarded(['idle'], twoNodes(ask, reads(strip)))
    const plan = planOf({ system, faults: [noted()] })
    const [set] = plan.faults
    const planned = { id: 'other', parameters: {}, trigger: 'once' as const }
    if (!set) throw new Error('The plan has no fault.')
    const both = { ...plan, faults: [{ ...set, also: [{ fault: other, planned }] }] }
    const { of } = await performed(both)
    const { line } = of('drawing+other')
    const { executed } = await verified(system, {
      ...{ plan: both, groups: expand(both), held: [line] },
    })
    const [again] = executed.filter(({ arm }) => arm === 'fault')
    expect(line.injections).toHaveLength(2)
    expect(again && placesOf(again)).toEqual(placesOf(line))
  })
})

describe('baselines without a defence', () => {
  test('are executed once for all trials of a task and seed, whatever the concurrency', async () => {
    const faults = ['one', 'two', 'three'].map((id) => ({ ...shout, id, abbreviation: id }))
    const system = guarded(['idle', 'filter'], strippedBy('filter'))
    for (const concurrency of [1, 8]) {
      const { executed, found } = await verified(system, { faults, tasks: 3, concurrency })
      expect(found).toHaveLength(9)
      expect(executed.filter(({ arm }) => arm === 'baseline')).toHaveLength(2 * 3)
      expect(executed.filter(({ arm }) => arm === 'fault')).toHaveLength(2 * 9)
    }
  })
})

test('a verification that is called off is not told, those before it are', async () => {
  const controller = new AbortController()
  let trials = 0
  const system = guarded(['idle', 'filter'], strippedBy('filter'))
  const { found, held } = await verified(system, {
    ...{ tasks: 3, signal: controller.signal },
    onTrial: () => {
      trials++
      if (trials === 6) controller.abort()
    },
  })
  expect([held.length, found.length]).toEqual([3, 1])
})

describe('the trial behind an id of a verification', () => {
  const system = guarded(['idle', 'filter'], strippedBy('filter'))
  const setting = async () => {
    const plan = planOf({ system, faults: [shout] })
    const { lines } = await performed(plan)
    return { plan: { plan, groups: expand(plan) }, lines: lines.map(({ line }) => line) }
  }

  test('is found with its baseline and comes to the same again', async () => {
    const { only } = await verifiedOne(system)
    const { plan, lines } = await setting()
    const group = trialWithout(plan, only.defences[1]?.trial ?? '', lines)
    expect(group?.trials.map(({ id }) => id)).toEqual([
      ...['little~filter/sums/baseline/t1#1', 'little~filter/sums/shout/t1#1'],
    ])
    const again = await performed(plan.plan, { groups: group ? [group] : [] })
    expect(again.verdictOf('shout')).toBe('broke')
  })

  test('may be the baseline', async () => {
    const { plan, lines } = await setting()
    const group = trialWithout(plan, 'little~filter~idle/sums/baseline/t1#1', lines)
    expect(group?.trials.map(({ arm }) => arm)).toEqual(['baseline'])
  })

  test.each([
    'little~none/sums/shout/t1#1',
    'little~idle~filter/sums/shout/t1#1',
    'other~filter/sums/shout/t1#1',
    'little~filter/sums/shout/t2#1',
    'little~filter/sums/shout/t1#2',
    'little~filter/sums/hush/t1#1',
    'little~filter/sums/placebo-response/t1#1',
  ])('does not exist for %s', async (id) => {
    const { plan, lines } = await setting()
    expect(trialWithout(plan, id, lines)).toBeNull()
  })
})
