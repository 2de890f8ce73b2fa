import { closest } from '../core/closest.js'
import { FiredrillError } from '../core/errors.js'
import type { SiteChoice } from './choose-site.js'

/**
 * Those of the items that the words choose: ids and globs, `!x` to leave out. Only exclusions mean all but those; no
 * words mean all. Items keep their order.
 */
export function selectByName<Item extends Readonly<{ id: string }>>(
  kind: string,
  items: readonly Item[],
  words: readonly string[],
  alsoCalled: (item: Item) => readonly string[] = () => [],
): readonly Item[] {
  const namesOf = (item: Item) => [item.id, ...alsoCalled(item)]
  const chosenBy = (word: string): ReadonlySet<Item> => {
    const matches = matcher(word)
    const chosen = items.filter((item) => namesOf(item).some(matches))
    if (chosen.length === 0) throw unknownName(kind, word, [...new Set(items.flatMap(namesOf))])
    return new Set(chosen)
  }
  const left = words.filter((word) => word.startsWith('!')).map((word) => chosenBy(word.slice(1)))
  const taken = words.filter((word) => !word.startsWith('!')).map(chosenBy)
  return items.filter(
    (item) =>
      (taken.length === 0 || taken.some((set) => set.has(item))) &&
      !left.some((set) => set.has(item)),
  )
}

/** Globs know `*` only, and `all` is one; letters may be large or small, since abbreviations are large. */
function matcher(word: string): (name: string) => boolean {
  const pattern = (word === 'all' ? '*' : word)
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  const glob = new RegExp(`^${pattern}$`, 'i')
  return (name) => glob.test(name)
}

/** The error for a name that nothing has, with what was probably meant and what there is. */
export function unknownName(kind: string, word: string, names: readonly string[]): FiredrillError {
  const meant = closest(word, names)
  const question = meant ? ` Did you mean ${meant}?` : ''
  return new FiredrillError('unknown-name', `There is no ${kind} "${word}".${question}`, {
    hint: `Choose among: ${names.join(', ')}.`,
  })
}

/**
 * Seeds as people write them.
 *
 * @example
 * '1-3,7'  ->  [1, 2, 3, 7]
 */
export function parseSeeds(text: string): readonly number[] {
  const seeds = text.split(',').flatMap((part) => {
    const match = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part)
    const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])]
    if (!match || to < from || to - from >= 10_000) throw badSeeds(text)
    return Array.from({ length: to - from + 1 }, (_, at) => from + at)
  })
  return [...new Set(seeds)]
}

const badSeeds = (text: string) =>
  new FiredrillError('bad-argument', `"${text}" are no seeds.`, {
    hint: 'Write one number (7), a range (1-5) or a list (1,4,9).',
  })

/**
 * A number of tasks, or ids of tasks.
 *
 * @example
 * 't3,t17'  ->  { kind: 'ids', ids: ['t3', 't17'] }
 */
export function parseTasks(
  text: string,
): Readonly<{ kind: 'count'; count: number } | { kind: 'ids'; ids: readonly string[] }> {
  if (/^\d+$/.test(text)) {
    const count = Number(text)
    if (count >= 1 && count <= 100_000) return { kind: 'count', count }
    throw new FiredrillError('bad-argument', `${text} is no number of tasks.`, {
      hint: 'Ask for 1 to 100000 tasks, or name them: -t t3,t17.',
    })
  }
  const ids = text
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean)
  if (ids.length > 0) return { kind: 'ids', ids }
  throw new FiredrillError('bad-argument', 'No tasks were named.', {
    hint: 'Write -t 20 or -t t3,t17.',
  })
}

/**
 * Where faults shall fire: `any`, `first`, `every`, or an agent, `AGENT#n` for its n-th site, counted from 0.
 *
 * @example
 * 'engineer#1'  ->  { kind: 'agent', agent: 'engineer', number: 1 }
 */
export function parseSite(text: string): SiteChoice {
  if (text === 'default' || text === 'any' || text === 'first' || text === 'every') {
    return { kind: text }
  }
  const match = /^([^#\s]+)(?:#(\d+))?$/.exec(text)
  if (match?.[1]) {
    return {
      kind: 'agent',
      agent: match[1],
      number: match[2] === undefined ? null : Number(match[2]),
    }
  }
  throw new FiredrillError('bad-argument', `"${text}" is no site.`, {
    hint: 'Write default, any, first, every, or an agent such as engineer or engineer#1.',
  })
}
