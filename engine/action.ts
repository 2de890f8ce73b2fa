import type { BaseMessage } from '@langchain/core/messages'
import type { Change, Delivery, Fault, PromptFault } from '../core/fault.js'
import { copyMessage } from '../core/messages.js'
import type { PlannedFault } from '../core/schemas/run-file.js'
import type { Site } from '../core/site.js'
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
  trigger: 'once' | 'every'
  placebo: boolean
  parameters: Readonly<Record<string, number>>
  change: (payload: Payload, site: Site) => Payload | null
  effect: (before: Payload, after: Payload, site: Site, prompts?: readonly string[]) => boolean
  recoverable: (before: Payload, after: Payload, site: Site) => boolean
}>

/** The action of a fault with the parameters and the trigger that a plan gives it. */
export function actionOf(fault: Fault, planned: PlannedFault, label: string): Action {
  const base = {
    label,
    injector: fault.injector,
    point: fault.injector === 'prompt' ? fault.point : null,
    trigger: planned.trigger,
    placebo: false,
    parameters: planned.parameters,
  }
  // One fault has one payload type: the injector that both carry decides which.
  type Any = { before: never; after: never }
  const change = fault.inject as (value: never, site: Site) => Payload['value'] | null
  const effect = fault.effect as (change: Change<unknown> & Any, site: Site) => boolean
  const recoverable = fault.recoverable as (change: Any, site: Site) => boolean
  const pair = (before: Payload, after: Payload) =>
    ({ before: before.value, after: after.value }) as Any
  return {
    ...base,
    change: (payload, site) => {
      const value = change(payload.value as never, site)
      return value === null ? null : ({ injector: payload.injector, value } as Payload)
    },
    effect: (before, after, site, prompts) =>
      effect({ ...pair(before, after), ...(prompts ? { prompts } : {}) }, site),
    recoverable: (before, after, site) => recoverable(pair(before, after), site),
  }
}

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
    effect: () => true,
    recoverable: () => true,
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
