import { said } from '../messages.js'
import type { TraceLine } from '../schemas/trace-line.js'
import type { Injection } from '../schemas/trial-line.js'
import { collapsed } from '../text/collapsed.js'
import type { Fact } from '../text/fact.js'
import { differences } from '../text/lost.js'
import { mentions } from '../text/mentions.js'
import { accountOf } from './account.js'
import type { Account, Evidence, InjectionSeen, Trace } from './evidence.js'

/** What evidence is gathered from: the two traces, and what the trial's line says of its injections. */
export type Traces = Readonly<{
  trace: Trace & Pick<TraceLine, 'canAsk'>
  baseline: Trace
  injections: readonly Injection[]
  /** Name of the fault, with its parameters, as injections have it. */
  fault: string
}>

/** The evidence about one fault of a trial; null when none of its injections was effective, or none is in the trace. */
export function evidenceOf({ trace, baseline, injections, fault }: Traces): Evidence | null {
  const own = injections.filter((one) => one.fault === fault)
  if (!own.some(({ effective }) => effective)) return null
  // A line keeps the injections that mattered first and not all of them: what it calls idle is left out, the rest counts.
  const idle = new Set(own.filter(({ effective }) => !effective).map(({ site }) => site))
  const seen = trace.steps.flatMap((one, step) =>
    one.kind === 'injection' && one.fault === fault && !idle.has(one.site)
      ? [{ step, site: one.site, agent: one.agent, before: one.before, after: one.after }]
      : [],
  )
  const [first] = seen
  if (!first) return null
  const [trial, unharmed] = [accountOf(trace), accountOf(baseline)]
  const taskText = taskIn(unharmed)
  return {
    trial,
    baseline: unharmed,
    injections: seen,
    since: first.step,
    ...changedFacts(seen, { trial, baseline: unharmed }, taskText),
    taskText,
    canAsk: trace.canAsk,
  }
}

/** What the person who gave the task said: the messages that the graph was started with. */
function taskIn({ trace }: Account): string {
  const entry = trace.steps.find(
    (one) => one.kind === 'write' && one.agent === '__start__' && one.messages.length > 0,
  )
  const at = entry?.kind === 'write' ? entry.messages : []
  return at.map((index) => trace.messages[index]?.text ?? '').join('\n\n')
}

function changedFacts(
  injections: readonly InjectionSeen[],
  { trial, baseline }: Pick<Evidence, 'trial' | 'baseline'>,
  taskText: string,
): Pick<Evidence, 'lost' | 'planted'> {
  const isUsed = mentions(laterIn(baseline, injections))
  const isKnown = mentions(
    [taskText, ...baseline.calls.map(({ read }) => read), allSaid(baseline)].join('\n\n'),
  )
  const isToldTo = mentions(taskText)
  const roles = new Set(
    [...baseline.trace.messages, ...trial.trace.messages].flatMap(({ role, text }) =>
      role === 'system' ? [text] : [],
    ),
  )
  // A role tells nobody a fact of the work.
  const joined = (texts: readonly string[]) => texts.filter((text) => !roles.has(text)).join('\n\n')
  const changes = new Map(
    injections
      // Who is sent a message is no fact that anybody could state.
      .filter(({ site }) => !site.startsWith('delivery:'))
      .map(({ before, after }) => {
        const texts = [joined(before), joined(after)] as const
        return [texts.join('\u0000'), texts]
      }),
  )
  const all = [...changes.values()]
  const found = all.map(([before, after]) => differences(before, after))
  const gone = once(found.flatMap(({ lost }) => lost)).filter(isUsed)
  const come = once(found.flatMap(({ planted }) => planted))
  // A falsehood may be a word that was used of something else, such as the opposite of a comparator.
  const strange = come.filter((fact) => !isKnown(fact))
  return {
    lost: gone,
    planted: strange.length > 0 ? strange : come.filter((fact) => !isToldTo(fact)),
  }
}

const allSaid = ({ calls }: Account): string => calls.map(({ said: text }) => text).join('\n\n')

/** What the baseline's agents said from the place of the first injection on; all of it where the place cannot be told. */
function laterIn({ calls, trace, end }: Account, [first]: readonly InjectionSeen[]): string {
  const key = first?.site.replace(/^[a-z]+:/, '').replace(/[@>].*$/, '') ?? ''
  const at = trace.steps.findIndex(
    (one) => one.key === key || (one.kind === 'start' && key.startsWith(`${one.key}.`)),
  )
  // What the first injection changed in somebody's mouth is no use of it.
  const own = collapsed(first?.before.join('\n\n') ?? '')
  const later = calls.filter(
    ({ step, key: called, said: text }) =>
      step >= Math.max(0, at) && !(called === key && collapsed(text) === own),
  )
  return [...later.map(({ reply }) => said(reply)), end.answer ?? ''].join('\n\n')
}

function once(facts: readonly Fact[]): readonly Fact[] {
  const seen = new Set<string>()
  return facts.filter(({ normal }) => !seen.has(normal) && seen.add(normal))
}
