const words = 'second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')
const [lowest, highest] = [2, words.length + 1]

/** Source of the expression that finds ranks. `first` and `last` are comparators, since they are opposites. */
export const ordinalSource = `(?<![\\p{L}\\p{N}_-])(?:\\d{1,4}(?:st|nd|rd|th)|${words
  .map((word) => `[${word[0]?.toUpperCase()}${word[0]}]${word.slice(1)}`)
  .join('|')})(?![\\p{L}\\p{N}_]|-\\p{Lu})`

const rankOf = (surface: string) => {
  const word = words.indexOf(surface.toLowerCase())
  return word < 0 ? Number.parseInt(surface, 10) : word + lowest
}

/**
 * The normal form of a rank.
 *
 * @example
 * third  ->  #3
 */
export const ordinalNormal = (surface: string): string => `#${rankOf(surface)}`

/** The neighbouring ranks of a rank. */
export function otherRanks(surface: string): readonly number[] {
  const rank = rankOf(surface)
  const isWord = !/^\d/.test(surface)
  return [rank + 1, rank - 1].filter(
    (other) => other >= (isWord ? lowest : 1) && (!isWord || other <= highest),
  )
}

/** A rank in the writing of another one: as a word or with its suffix. */
export function withRank(surface: string, rank: number): string {
  if (/^\d/.test(surface)) return `${rank}${suffixOf(rank)}`
  const word = words[rank - lowest] ?? `${rank}${suffixOf(rank)}`
  return /^\p{Lu}/u.test(surface) ? `${word[0]?.toUpperCase()}${word.slice(1)}` : word
}

/** The ending of a rank written in digits. */
export function suffixOf(rank: number): string {
  if (rank % 100 >= 11 && rank % 100 <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][rank % 10] ?? 'th'
}
