import type { CallSeen } from '../../core/evidence/evidence.js'
import { shareIn, shinglesOf } from '../../core/evidence/seen.js'
import { type PlainMessage, said } from '../../core/messages.js'
import { collapsed } from '../../core/text/collapsed.js'
import { type Author, type Spoken, shortest } from './spoken.js'

/** Somebody's words in a message of a prompt: all of it, or the part that is theirs. */
export type Attributed = Readonly<{ author: Author; text: string }>

/** What a message is attributed by. `nth`: how many messages of the same text stand before it in the prompt. */
export type Occurrence = Readonly<{
  message: PlainMessage
  reader: Pick<CallSeen, 'agent' | 'step'>
  nth: number
}>

/**
 * Says whose words the messages of prompts are: of those who said the same before, with or without a line that names them; else
 * of those whose words stand in it; else of who said what it is a part of. Nobody's, when nobody is known to have said it.
 */
export function attribution(spoken: readonly Spoken[]): (one: Occurrence) => readonly Attributed[] {
  const found = new Map<string, Matches>()
  const matchesOf = (text: string, bodies: readonly string[]) => {
    const known = found.get(text)
    if (known) return known
    const matches = matchesIn(spoken, bodies)
    found.set(text, matches)
    return matches
  }
  return ({ message, reader, nth }) => {
    if (message.role === 'system') return []
    const text = collapsed(said(message))
    const matches = matchesOf(text, bodiesOf(message))
    const earlier = (some: readonly Spoken[]) =>
      inOrder(
        some.filter(({ since }) => since <= reader.step),
        { message, reader },
      )
    const equal = earlier(matches.equal)
    const same = equal[Math.min(nth, equal.length - 1)]
    // Their own words, without the line by which they were handed on.
    if (same) return [{ author: same.author, text: same.raw }]
    const parts = authorsOnce(earlier(matches.parts))
    if (parts.length > 0) return parts
    const [whole] = earlier(matches.wholes)
    return whole ? [{ author: whole.author, text: message.text.replace(heading, '') }] : []
  }
}

/** Who may have said a text: the same, parts of it, or more than it. */
type Matches = Readonly<Record<'equal' | 'parts' | 'wholes', readonly Spoken[]>>

function matchesIn(spoken: readonly Spoken[], bodies: readonly string[]): Matches {
  const equal = spoken.filter(({ texts }) => texts.some((text) => bodies.includes(text)))
  const [all = ''] = bodies
  const parts = longest(
    spoken.flatMap((one) => {
      const part = one.texts.find((text) => text.length >= shortest && all.includes(text))
      return part ? [{ ...one, texts: [part] }] : []
    }),
  )
  // What lies nearest is enough: the rest is dear to look for.
  return { equal, parts, wholes: equal.length + parts.length > 0 ? [] : wholesIn(spoken, bodies) }
}

/** Words that stand in other words are said by who said those. */
const longest = (parts: readonly Spoken[]): readonly Spoken[] =>
  parts.filter(({ texts: [own = ''] }) =>
    parts.every(({ texts: [other = ''] }) => other === own || !other.includes(own)),
  )

const mostlySame = 0.6

/** Who said more than a text: a part of their words was handed on, or they were shortened on the way. */
function wholesIn(spoken: readonly Spoken[], bodies: readonly string[]): readonly Spoken[] {
  const cut = bodies.filter((body) => body.length >= shortest)
  const holding = spoken.filter(({ texts }) =>
    texts.some((text) => cut.some((body) => text.includes(body))),
  )
  if (holding.length > 0) return holding
  const shingles = shinglesOf(bodies.at(-1) ?? '')
  const shares = spoken.map((one) => ({ one, share: shareIn(shingles, one.texts.join(' ')) }))
  const best = Math.max(mostlySame, ...shares.map(({ share }) => share))
  return shares.filter(({ share }) => share >= best).map(({ one }) => one)
}

const heading =
  /^\s*(?:from:?\s+)?[[(*]{0,2}([\p{L}\p{N}][\p{L}\p{N}_/.-]{0,60})[\])*]{0,2}\s*(?::|\n)/iu

/** A text, and what is left of it without a line or a word that names who said it. */
function bodiesOf(message: PlainMessage): readonly string[] {
  const bare = message.text.replace(heading, '')
  return [...new Set([collapsed(said(message)), collapsed(message.text), collapsed(bare)])].filter(
    (body) => body !== '',
  )
}

/** Who is named as having said a message; null when nobody is. */
const namedIn = ({ name, text }: PlainMessage): string | null =>
  name ?? heading.exec(text)?.[1] ?? null

/**
 * Those who said it, likelier ones first: who is named; the reader, of what a prompt shows as its own; then the latest. Whoever
 * said it more than once comes once before all have come.
 */
function inOrder(
  some: readonly Spoken[],
  { message, reader }: Pick<Occurrence, 'message' | 'reader'>,
): readonly Spoken[] {
  const name = namedIn(message)
  const isNamed = ({ author }: Spoken) => name !== null && author.name.split('/').includes(name)
  const named = some.filter(isNamed)
  const likely = named.length > 0 ? named : some
  const isOwn = ({ author }: Spoken) => author.name === reader.agent
  const wanted = (one: Spoken) => isOwn(one) === (message.role === 'ai')
  const rank = (one: Spoken) => (wanted(one) ? 0 : 1)
  const latest = [...likely].reverse().sort((a, b) => rank(a) - rank(b))
  const first = new Set([
    ...new Map([...latest].reverse().map((one) => [nameOf(one.author), one])).values(),
  ])
  return [...latest.filter((one) => first.has(one)), ...latest.filter((one) => !first.has(one))]
}

const nameOf = ({ kind, name }: Author): string => `${kind} ${name}`

function authorsOnce(parts: readonly Spoken[]): readonly Attributed[] {
  const once = new Map<string, Attributed>()
  for (const { author, raw } of parts) {
    if (!once.has(nameOf(author))) once.set(nameOf(author), { author, text: raw })
  }
  return [...once.values()]
}
