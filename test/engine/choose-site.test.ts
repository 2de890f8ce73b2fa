import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import type { Fault, ResponseFault } from '../../core/fault.js'
import { textOf, withText } from '../../core/messages.js'
import type { PlannedFault } from '../../core/schemas/run-file.js'
import { type SiteAddress, siteId, unknownSite } from '../../core/site.js'
import { type Action, actionOf, placeboOf } from '../../engine/action.js'
import { chooseTarget, type SiteChoice } from '../../engine/choose-site.js'
import type { FoundSite, Payload } from '../../engine/sites.js'
import { responseFault } from './stage.js'

const reply = (key: string, text: string, handsOver = true): FoundSite => {
  const value = new AIMessage(text)
  return site({ kind: 'call', key }, { injector: 'response', value }, handsOver)
}
const prompt = (kind: 'input' | 'call', key: string): FoundSite =>
  site({ kind, key }, { injector: 'prompt', value: [new AIMessage('x')] })

function site(at: SiteAddress, payload: Payload, handsOver = true): FoundSite {
  const agent = (at.key.split('.')[0] ?? '').replace(/#\d+/g, '')
  return { at, id: siteId(at), agent, payload, facts: () => ({ ...unknownSite, agent, handsOver }) }
}

/** Bites on what has an "a" in it. */
const fault = responseFault('bite', {
  inject: (message) => (textOf(message).includes('a') ? withText(message, 'bitten') : null),
})
const action = (trigger: PlannedFault['trigger'] = 'once'): Action =>
  actionOf(fault, { id: 'bite', parameters: {}, trigger }, 'bite')

const sites = [
  reply('solo#0.0', 'nothing'),
  prompt('input', 'team#0'),
  reply('team#0/one#0.0', 'a1'),
  reply('team#0/two#0.0', 'a2'),
  reply('team#0/one#0.1', 'a3'),
]
const trial = { seed: 1, task: 't1' }
const chosen = (choice: SiteChoice, given = action(), among: readonly FoundSite[] = sites) => {
  const target = chooseTarget(given, among, choice, trial)
  return target.kind === 'once' ? target.site.id : target
}
const agent = (name: string, number: number | null = null): SiteChoice => ({
  kind: 'agent',
  agent: name,
  number,
})

describe('the site of a fault', () => {
  test('is the first one at which it bites', () => {
    expect(chosen({ kind: 'first' })).toBe('call:team#0/one#0.0')
  })

  test('is one of those at which it bites when any will do, the same every time', () => {
    const ids = sites.slice(2).map(({ id }) => id)
    const drawn = Array.from({ length: 30 }, (_, seed) => {
      const draw = () => chooseTarget(action(), sites, { kind: 'any' }, { ...trial, seed })
      expect(draw()).toEqual(draw())
      const target = draw()
      return target.kind === 'once' ? target.site.id : target.kind
    })
    expect([...new Set(drawn)].sort()).toEqual([...ids].sort())
  })

  test.each<readonly [string, string]>([
    ['team/two', 'call:team#0/two#0.0'],
    ['team', 'call:team#0/one#0.0'],
    ['two', 'call:team#0/two#0.0'],
  ])('of agent %s is %s', (name, id) => {
    expect(chosen(agent(name))).toBe(id)
  })

  test('of an agent may be counted from 0', () => {
    expect(chosen(agent('team/one', 0))).toBe('call:team#0/one#0.0')
    expect(chosen(agent('team/one', 1))).toBe('call:team#0/one#0.1')
  })

  test('is every site when that is asked for, whatever the fault says of itself', () => {
    expect(chosen({ kind: 'every' })).toEqual({ kind: 'every' })
  })

  test('is every site when the fault says so and nobody asked for another', () => {
    expect(chosen({ kind: 'default' }, action('every'))).toEqual({ kind: 'every' })
    expect(chosen({ kind: 'first' }, action('every'))).toBe('call:team#0/one#0.0')
    expect(chosen(agent('two'), action('every'))).toBe('call:team#0/two#0.0')
  })
})

describe('there is no site', () => {
  test.each<readonly [string, SiteChoice]>([
    ['of an agent that is not there', agent('nobody')],
    ['of an agent whose name only begins alike', agent('tea')],
    ['of a number that is too high', agent('team/one', 2)],
  ])('%s', (_, choice) => {
    expect(chosen(choice)).toEqual({ kind: 'none', because: 'no-site' })
  })

  test("where nothing of the fault's kind passes", () => {
    expect(chosen({ kind: 'first' }, placeboOf('routing'))).toEqual({
      kind: 'none',
      because: 'no-site',
    })
    expect(chosen({ kind: 'first' }, action(), [])).toEqual({ kind: 'none', because: 'no-site' })
  })

  test('where the fault finds nothing to bite on', () => {
    expect(chosen(agent('solo'))).toEqual({ kind: 'none', because: 'no-site' })
  })

  test('with an effect where what it changes was not used', () => {
    const idle = actionOf(
      responseFault('idle', {
        ...('inject' in fault ? { inject: fault.inject as never } : {}),
        effect: () => false,
      }),
      { id: 'idle', parameters: {}, trigger: 'once' },
      'idle',
    )
    expect(chosen({ kind: 'first' }, idle)).toEqual({ kind: 'none', because: 'no-effect' })
  })
})

describe('a fault that stays with an agent', () => {
  const stays = actionOf(fault, { id: 'bite', parameters: {}, trigger: 'agent' }, 'bite')

  test('is set at the first site at which it bites, and goes on from there', () => {
    const target = chooseTarget(stays, sites, { kind: 'default' }, trial)
    expect(target).toMatchObject({ kind: 'agent', site: { id: 'call:team#0/one#0.0' } })
  })

  test('is set at every site of every agent when that is asked for', () => {
    expect(chooseTarget(stays, sites, { kind: 'every' }, trial)).toEqual({ kind: 'every' })
  })
})

describe('a fault that prefers some sites', () => {
  test('is set at the one it likes best of those where it bites', () => {
    const choosy = {
      ...fault,
      prefers: (message: BaseMessage) => (textOf(message) === 'a2' ? 0 : 1),
    } as ResponseFault
    const given = actionOf(choosy, { id: 'bite', parameters: {}, trigger: 'once' }, 'bite')
    expect(chosen({ kind: 'default' }, given)).toBe('call:team#0/two#0.0')
  })
})

describe('a placebo', () => {
  test('of replies stands where a reply is handed on', () => {
    const among = [reply('a#0.0', 'x', false), reply('b#0.0', 'y')]
    expect(chosen({ kind: 'first' }, placeboOf('response'), among)).toBe('call:b#0.0')
  })

  test('of prompts stands at an input, and at a call where no node starts with messages', () => {
    const both = [prompt('call', 'a#0.0'), prompt('input', 'b#0')]
    expect(chosen({ kind: 'first' }, placeboOf('prompt'), both)).toBe('input:b#0')
    expect(chosen({ kind: 'first' }, placeboOf('prompt'), both.slice(0, 1))).toBe('call:a#0.0')
  })
})

describe('what was used of a prompt', () => {
  const reads: Fault = {
    ...responseFault('reads', {}),
    injector: 'prompt',
    point: 'call',
    example: { payload: [] },
    inject: (messages) => messages.map((message) => withText(message, 'other')),
    effect: (_, { later }) => later !== '',
    recoverable: () => true,
  }
  const among = [{ ...prompt('call', 'a#0.0'), facts: () => ({ ...unknownSite, later: 'by b' }) }]
  const armed = (trigger: PlannedFault['trigger']) =>
    actionOf(reads, { id: 'reads', parameters: {}, trigger }, 'reads')

  test('is what its one reader made of it, not what others made of what they read themselves', () => {
    expect(chosen({ kind: 'default' }, armed('agent'), among)).toMatchObject({ kind: 'none' })
    expect(chosen({ kind: 'first' }, armed('every'), among)).toMatchObject({ kind: 'none' })
  })

  test('is what anybody made of it where everybody reads it', () => {
    expect(chosen({ kind: 'default' }, armed('every'), among)).toEqual({ kind: 'every' })
  })
})
