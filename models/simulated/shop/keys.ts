import { groupBy } from '../../../core/lists.js'
import { bareOf } from './facts.js'
import type { Telling } from './tellings.js'

/** A telling with the key of what it is about: tellings of one key contradict each other if their values differ. */
export type Keyed = Telling & Readonly<{ key: string }>

/**
 * Finds out which tellings are about the same thing.
 *
 * There is one thing and one price, and options go by their names. Attributes have no name: two messages that agree in all
 * of them but one speak of the same one in different words, whereas one that names fewer contradicts nothing.
 */
export function withKeys(tellings: readonly Telling[]): readonly Keyed[] {
  const options = [...new Set(named(tellings).map(({ name }) => name))]
  const attributes = attributeKeys(tellings)
  return tellings.map((telling) => {
    const { type, name, value } = telling
    if (type === 'option') return { ...telling, key: `option ${options.indexOf(name) + 1}` }
    if (type !== 'attribute') return { ...telling, key: type }
    const place = attributes.get(sourceOf(telling))?.get(wordOf(value)) ?? 0
    return { ...telling, key: `attribute ${place + 1}` }
  })
}

const named = (tellings: readonly Telling[]) => tellings.filter(({ type }) => type === 'option')

const wordOf = (value: string) => bareOf(value).toLowerCase()

/** A message speaks once in its request and once in its plan. */
const sourceOf = (telling: Telling): string =>
  `${Math.trunc(telling.at)} ${telling.in} ${telling.speaker}`

/** For each source, the place of each of its attributes among all that are wanted. Who knows best comes first. */
function attributeKeys(tellings: readonly Telling[]) {
  const told = tellings.filter(({ type }) => type === 'attribute')
  const sources = [...groupBy(told, sourceOf)].sort(
    ([, [a]], [, [b]]) => (b?.authority ?? 0) - (a?.authority ?? 0),
  )
  const known: string[] = []
  return new Map(
    sources.map(([source, own]) => {
      const words = [...new Set(own.map(({ value }) => wordOf(value)))]
      const missing = known.flatMap((word, at) => (words.includes(word) ? [] : [at]))
      const places = words.map((word) => {
        const at = known.indexOf(word)
        if (at >= 0) return [word, at] as const
        return [word, missing.shift() ?? known.push(word) - 1] as const
      })
      return [source, new Map(places)] as const
    }),
  )
}
