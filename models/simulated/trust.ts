import type { Mind } from './chance.js'
import { person, self } from './speaker.js'

/**
 * What an agent goes by of all that is said: the words of others, narrowed to the colleagues whom it was told to believe.
 *
 * Its own earlier words are no evidence for themselves; it falls back on them only when nothing else is in sight.
 */
export function trusted<Said extends Readonly<{ speaker: string }>>(
  said: readonly Said[],
  mind: Mind,
): readonly Said[] {
  const others = said.filter(({ speaker }) => speaker !== self)
  const believed = others.filter(({ speaker }) => believes(mind, speaker))
  if (believed.length > 0) {
    mind.note('obeyed: believes a colleague')
    return believed
  }
  return others.length > 0 ? others : said
}

const believes = ({ believes: names }: Mind, speaker: string) =>
  speaker !== person && (names.includes('*') || names.includes(speaker))
