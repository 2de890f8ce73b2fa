import { plain, said } from '../core/messages.js'
import type { Injection } from '../core/schemas/trial-line.js'
import type { SiteAddress } from '../core/site.js'
import { collapsed } from '../core/text/collapsed.js'
import type { Seen } from './action.js'
import type { Fired } from './arm.js'
import type { Event } from './recorder.js'
import { answersTo } from './tool-answers.js'
import type { Executed } from './trial.js'

/**
 * What became of each injection: `delivered` if the changed payload reached its receiver, `effective` if that mattered.
 *
 * A changed input or prompt was delivered when a node or a model got it, changed deliveries when they were put on the
 * graph. A changed reply or tool result was delivered when a later input, prompt or the final state carries it:
 * code between the model and its reader may throw it away, and then the fault has told nobody anything. Code that
 * chokes on it has read it, too.
 */
export function settle({
  fired,
  events,
  finalText,
}: Pick<Executed, 'fired' | 'events' | 'finalText'>): readonly Injection[] {
  return fired.map((one) => {
    const { action, site, agent, before, after, changed, since, by, why } = one
    const later = events.slice(since)
    const delivered = (changed || action.placebo) && reached(one, later, finalText)
    return {
      fault: action.label,
      site: site.id,
      agent,
      changed,
      delivered,
      effective:
        delivered && !action.placebo && action.effect(before, after, site, seenOf(one, later)),
      recoverable: action.recoverable(before, after, site),
      by,
      note: [action.note(before, after, site), why].filter(Boolean).join('; ') || null,
    }
  })
}

function seenOf(one: Fired, later: readonly Event[]): Seen {
  const { before } = one
  return {
    prompts: before.injector === 'prompt' ? promptsOf(one, later) : [],
    results: before.injector === 'response' ? answersTo(before.value, later) : [],
  }
}

function reached({ after, at }: Fired, later: readonly Event[], finalText: string): boolean {
  if (after.injector !== 'response') return true
  const key = executionOf(at)
  if (later.some((event) => event.kind === 'error' && event.key === key)) return true
  const text = collapsed(said(plain(after.value)))
  if (text === '') return true // Nothing is left to be seen: its absence is what was delivered.
  const carries = (other: string) => collapsed(other).includes(text)
  return carries(finalText) || later.some((event) => textsOf(event).some(carries))
}

function textsOf(event: Event): readonly string[] {
  switch (event.kind) {
    case 'start':
      return event.input.map((seen) => said(seen.plain))
    case 'call':
      return event.prompt.map((seen) => said(seen.plain))
    // That a node wrote it down is not yet that anybody read it.
    case 'write':
    case 'error':
    case 'injection':
      return []
    default:
      return event satisfies never
  }
}

/** The prompts that the changed execution's model calls got after the injection. */
function promptsOf({ at }: Fired, later: readonly Event[]): readonly string[] {
  const key = executionOf(at)
  return later.flatMap((event) =>
    event.kind === 'call' && isWithin(event.key, key)
      ? [event.prompt.map((seen) => said(seen.plain)).join('\n\n')]
      : [],
  )
}

const executionOf = (at: SiteAddress): string =>
  at.kind === 'call' ? at.key.replace(/(~\d+)?\.\d+$/, '') : at.key

/** Whether a call was made by an execution or by one nested in it. */
const isWithin = (call: string, execution: string): boolean =>
  call.startsWith(execution) && /^[/.~]/.test(call.slice(execution.length))
