import type { Account, CallSeen, Evidence, InjectionSeen } from '../../core/evidence/evidence.js'
import { isOf } from '../../core/evidence/seen.js'
import { collapsed } from '../../core/text/collapsed.js'
import { type Attributed, attribution, type Occurrence } from './authors.js'
import { type Author, type Spoken, spokenIn } from './spoken.js'

/** What a model call read of one author. */
export type Reading = Readonly<{
  author: Author
  call: CallSeen
  /**
   * One for each message, with the model call that said it or asked for it; none when what was known before has been taken
   * out of the prompt.
   */
  messages: readonly Readonly<{ text: string; source: number | null }>[]
}>

/** Who read whom at each model call of a trial. An agent's own words are no reading. */
export function readingsIn(
  account: Account,
  { canAsk, injections }: Pick<Evidence, 'canAsk' | 'injections'>,
): readonly Reading[] {
  const spoken = spokenIn(account, canAsk)
  const asIs = attribution(spoken)
  const authorsOf = attribution([...changedOnes(injections, asIs), ...spoken])
  return account.calls.flatMap((call) => {
    const times = new Map<string, number>()
    const read = call.prompt.flatMap((message) => {
      const nth = times.get(message.text) ?? 0
      times.set(message.text, nth + 1)
      return authorsOf({ message, reader: call, nth })
    })
    return grouped(call, read, takenAway(call, injections, asIs))
  })
}

/** What an injection made of somebody's words is read as theirs. */
function changedOnes(
  injections: readonly InjectionSeen[],
  authorsOf: (one: Occurrence) => readonly Attributed[],
): readonly Spoken[] {
  return injections.flatMap(({ before: then, after, agent, step }) => {
    if (then.length !== after.length) return []
    return after.flatMap((raw, at) => {
      const message = { role: 'human', text: then[at] ?? '' }
      const [known] = authorsOf({ message, reader: { agent, step }, nth: 0 })
      const text = collapsed(raw)
      return known && text !== '' ? [{ author: known.author, since: step, raw, texts: [text] }] : []
    })
  })
}

/** Whose words an injection took out of the prompt of a call. */
function takenAway(
  call: CallSeen,
  injections: readonly InjectionSeen[],
  authorsOf: (one: Occurrence) => readonly Attributed[],
): readonly Author[] {
  const own = injections.filter(
    ({ site, agent, step }) => step <= call.step && isOf(call.agent, agent) && isAt(site, call),
  )
  return own.flatMap(({ before: then, after }) =>
    then.length > after.length
      ? then.flatMap((text) =>
          authorsOf({ message: { role: 'human', text }, reader: call, nth: 0 }).map(
            ({ author }) => author,
          ),
        )
      : [],
  )
}

/** Whether the input of an execution that a call happened in, or its prompt itself, was changed. */
function isAt(site: string, { key }: CallSeen): boolean {
  if (site === `call:${key}`) return true
  const execution = site.startsWith('input:') ? site.slice('input:'.length) : null
  return (
    execution !== null && key.startsWith(execution) && /^[/.~]/.test(key.slice(execution.length))
  )
}

type Open = { author: Author; call: CallSeen; messages: { text: string; source: number | null }[] }

function grouped(
  call: CallSeen,
  read: readonly Attributed[],
  gone: readonly Author[],
): readonly Reading[] {
  const readings = new Map<string, Open>()
  const of = (author: Author) => {
    const id = `${author.kind} ${author.name}`
    const known = readings.get(id) ?? { author, call, messages: [] }
    readings.set(id, known)
    return known
  }
  for (const { author, text } of read) of(author).messages.push({ text, source: author.call })
  for (const author of gone) of(author)
  return [...readings.values()].filter(
    ({ author }) => author.kind !== 'agent' || author.name !== call.agent,
  )
}
