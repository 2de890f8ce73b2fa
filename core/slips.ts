import type { Rng } from './draw.js'

/**
 * A name with one slip of the pen, several ways: two letters that change places, or one that comes twice.
 *
 * @example
 * search  ->  serach
 */
export function misspelt(name: string, rng: Rng): readonly string[] {
  const places = rng.shuffle(
    [...name].flatMap((letter, at) => (at > 0 && /\p{L}/u.test(letter) ? [at] : [])),
  )
  const swapped = places.flatMap((at) => {
    const [a = '', b = ''] = [name[at], name[at + 1]]
    const isPair = a !== b && /\p{L}/u.test(b)
    return isPair ? [name.slice(0, at) + b + a + name.slice(at + 2)] : []
  })
  const doubled = places.map((at) => name.slice(0, at) + name[at] + name.slice(at))
  return rng.next() < 0.5 ? [...swapped, ...doubled] : [...doubled, ...swapped]
}

/**
 * What a key may be called by mistake: in another case, or in the other number.
 *
 * @example
 * from_port  ->  fromPort, from_ports
 */
export function renamedKey(key: string): readonly string[] {
  const camel = key.replace(/_(\p{L})/gu, (_, letter: string) => letter.toUpperCase())
  const snake = key.replace(
    /(?<=[\p{Ll}\d])(\p{Lu})/gu,
    (_, letter: string) => `_${letter.toLowerCase()}`,
  )
  const plural = /s$/.test(key) ? key.slice(0, -1) : `${key}s`
  return [camel, snake, plural].filter((other) => other !== key && other !== '')
}
