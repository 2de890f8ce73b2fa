import type { BaseMessage } from '@langchain/core/messages'
import type { Change, Delivery, Fault, PromptFault, Trigger } from '../core/fault.js'
import { copyMessage } from '../core/messages.js'
import type { PlannedFault } from '../core/schemas/run-file.js'
import type { Site, SiteFacts } from '../core/site.js'
import type { Injector } from '../core/taxonomy.js'
import type { FoundSite, Payload } from './sites.js'

/**
 * What an armed injector does at a site: a fault of the catalogue or, for a placebo, nothing but handing on a copy.
 * The three payload types are closed over here, so that the code around it needs no cast.
 */
export type Action = Readonly<{
  /** The fault as trial ids have it, or the name of the placebo's arm. */
  label: string
  injector: Injector
  point: PromptFault['point'] | null
  trigger: Trigger
  placebo: boolean
  parameters: Readonly<Record<string, number>>
  change: (payload: Payload, site: Site) => Payload | null
  /** Rank of a site among those where it bites, the lowest is taken; null when the first one is. */
  prefers: ((payload: Payload, site: SiteFacts) => number) | null
  effect: (before: Payload, after: Payload, site: Site, seen?: Seen) => boolean
  recoverable: (before: Payload, after: Payload, site: Site) => boolean
  note: (before: Payload, after: Payload, site: Site) => string | null
}>

/** What a trial showed of an injection once it was over. */
export type Seen = Required<Pick<Change<unknown>, 'prompts' | 'results'>>

/** The action of a fault with the parameters and the trigger that a plan gives it. */
export function actionOf(fault: Fault, planned: PlannedFault, label: string): Action {
  // One fault has one payload type: the injector that both carry decides which.
  const { inject, prefers, effect, recoverable, note } = fault as unknown as AnyFault
  const pair = (before: Payload, after: Payload) => ({ before: before.value, after: after.value })
  return {
    label,
    injector: fault.injector,
    point: fault.injector === 'prompt' ? fault.point : null,
    trigger: planned.trigger,
    placebo: false,
    parameters: planned.parameters,
    change: (payload, site) => {
      const value = inject(payload.value, site)
      return value === null ? null : ({ injector: payload.injector, value } as Payload)
    },
    prefers: prefers ? (payload, site) => prefers(payload.value, site) : null,
    effect: (before, after, site, seen) => effect({ ...pair(before, after), ...seen }, site),
    recoverable: (before, after, site) => recoverable(pair(before, after), site),
    note: (before, after, site) => note?.(pair(before, after), site) ?? null,
  }
}

type AnyFault = Readonly<{
  inject: (value: unknown, site: Site) => Payload['value'] | null
  prefers?: (value: unknown, site: SiteFacts) => number
  effect: (change: Change<unknown>, site: Site) => boolean
  recoverable: (change: Change<unknown>, site: Site) => boolean
  note?: (change: Change<unknown>, site: Site) => string | null
}>

/** An injector that is armed like a fault's and hands on a copy of what it got. */
export function placeboOf(injector: Injector): Action {
  return {
    label: `placebo-${injector}`,
    injector,
    point: injector === 'prompt' ? 'input' : null,
    trigger: 'once',
    placebo: true,
    parameters: {},
    change: copied,
    prefers: null,
    effect: () => true,
    recoverable: () => true,
    note: () => null,
  }
}

const copyOf = <Message extends BaseMessage>(message: Message): Message => copyMessage(message, {})

function copied(payload: Payload): Payload {
  switch (payload.injector) {
    case 'prompt':
      return { injector: 'prompt', value: payload.value.map(copyOf) }
    case 'response':
      return { injector: 'response', value: copyOf(payload.value) }
    case 'routing':
      return { injector: 'routing', value: payload.value.map((one): Delivery => ({ ...one })) }
    default:
      return payload satisfies never
  }
}

/** The sites of a baseline at which an action could act, in order. */
export function sitesFor(action: Action, sites: readonly FoundSite[]): readonly FoundSite[] {
  const fitting = sites.filter(({ payload }) => payload.injector === action.injector)
  if (action.point === null) return fitting
  const atPoint = fitting.filter(({ at }) => at.kind === action.point)
  // A system whose nodes start without messages can still be reached at the prompt itself.
  return atPoint.length > 0 ? atPoint : fitting.filter(({ at }) => at.kind === 'call')
}
