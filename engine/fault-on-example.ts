import type { BaseMessage } from '@langchain/core/messages'
import { canonicalJson } from '../core/canonical-json.js'
import { changed } from '../core/changed.js'
import { messageOf } from '../core/errors.js'
import { siteOfExample } from '../core/example.js'
import type { Change, Delivery, Fault } from '../core/fault.js'
import { isMessage, plain } from '../core/messages.js'
import type { Site, SiteFacts } from '../core/site.js'
import type { Flaw } from './fault-shape.js'

type Payload = BaseMessage | readonly BaseMessage[] | readonly Delivery[]

/** A fault whose payload is of any kind, and whose functions may return anything: a user wrote it. */
type Unproven = Readonly<{
  example: Readonly<{ payload: Payload }>
  inject: (payload: Payload, site: Site) => unknown
  effect: (change: Change<Payload>, site: Site) => unknown
  recoverable: (change: Change<Payload>, site: Site) => unknown
  prefers?: (payload: Payload, site: SiteFacts) => unknown
  note?: (change: Change<Payload>, site: Site) => unknown
}>

const payloads = {
  prompt: 'a list of messages',
  response: 'a message',
  routing: 'a list of deliveries { from, to }',
} as const satisfies Record<Fault['injector'], string>

const seeds = [1, 2, 3, 4, 5]

/** The first thing that goes wrong when a fault is run on its own example; null when all is well. */
export function flawOnExample(fault: Fault): Flaw | null {
  try {
    return tried(fault, fault as unknown as Unproven)
  } catch (error) {
    return {
      wrong: `it throws on its example: ${messageOf(error).split('\n')[0]}`,
      next: 'Return null from inject where there is nothing to bite on; throw nowhere.',
    }
  }
}

function tried(fault: Fault, unproven: Unproven): Flaw | null {
  const { payload } = unproven.example
  const kind = payloads[fault.injector]
  if (!fits(fault.injector, payload)) {
    return { wrong: `example.payload is not ${kind}`, next: `Give a ${fault.injector} fault one.` }
  }
  const site = siteOfExample(fault)
  const [text, facts] = [inFull(payload), canonicalJson(site)]
  const after = unproven.inject(payload, site)
  if (inFull(payload) !== text || canonicalJson(site) !== facts) {
    return {
      wrong: 'inject changes what it is given',
      next: 'Return a copy, for a message with withText.',
    }
  }
  if (after === null) {
    return {
      wrong: 'inject finds nothing to bite on in its own example',
      next: 'Change the example, or what inject looks for.',
    }
  }
  if (!fits(fault.injector, after)) {
    return { wrong: `inject does not return ${kind}`, next: 'Return one, at once, or null.' }
  }
  if (!changed(payload, after)) {
    return {
      wrong: 'inject hands its example back unchanged',
      next: 'Return null where there is nothing to change: it would pass for a fault survived.',
    }
  }
  return flawOfDraws(fault, unproven) ?? flawOfVerdicts(fault, unproven, after)
}

function flawOfDraws(fault: Fault, { inject, example: { payload } }: Unproven): Flaw | null {
  const again = () => seeds.map((seed) => inFull(inject(payload, siteOfExample(fault, seed))))
  const [once, twice] = [again(), again()]
  return once.join() !== twice.join()
    ? {
        wrong: 'inject does something else each time, with the same seed',
        next: 'Draw from site.rng, and look at no clock: a trial has to be the same again.',
      }
    : null
}

function flawOfVerdicts(fault: Fault, unproven: Unproven, after: Payload): Flaw | null {
  const { payload } = unproven.example
  const change = { before: payload, after }
  const none = { before: payload, after: payload }
  const site = siteOfExample(fault)
  if (unproven.effect(change, site) !== true) {
    return {
      wrong: 'effect is not true on its own example',
      next: 'Say in example.site what the baseline used later, or put effect right.',
    }
  }
  if (unproven.effect(none, site) !== false) {
    return {
      wrong: 'effect is not false where nothing has changed',
      next: 'Compare before with after: what has not changed cannot matter.',
    }
  }
  if (typeof unproven.recoverable(change, site) !== 'boolean') {
    return { wrong: 'recoverable returns neither true nor false', next: 'Return one of them.' }
  }
  if (unproven.prefers && !Number.isFinite(unproven.prefers(payload, site))) {
    return { wrong: 'prefers returns no number', next: 'Return one; the lowest site is chosen.' }
  }
  const note = unproven.note?.(change, site) ?? null
  return note === null || typeof note === 'string'
    ? null
    : { wrong: 'note returns no text', next: 'Return a text, or null.' }
}

/** What a fault makes of its example with a few seeds; part of the hash of its code. */
export function madeOfExample(fault: Fault): readonly string[] {
  const { inject, example } = fault as unknown as Unproven
  return seeds.map((seed) => inFull(inject(example.payload, siteOfExample(fault, seed))))
}

function fits(injector: Fault['injector'], value: unknown): value is Payload {
  if (injector === 'response') return isMessage(value)
  if (!Array.isArray(value)) return false
  return injector === 'prompt' ? value.every(isMessage) : value.every(isDelivery)
}

const isDelivery = (value: unknown): value is Delivery => {
  const { from, to } = (value ?? {}) as Readonly<Record<string, unknown>>
  return typeof from === 'string' && typeof to === 'string'
}

/** A payload to the letter. */
function inFull(payload: unknown): string {
  const parts = Array.isArray(payload) ? payload : [payload]
  return canonicalJson(
    parts.map((part: unknown) => {
      if (isMessage(part)) return plain(part)
      const { message, ...rest } = (part ?? {}) as Partial<Delivery>
      return message ? { ...rest, message: plain(message) } : rest
    }),
  )
}
