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

/** A statement with how much it weighs: person 3, reviewer 2, colleague 1, and its place among all that was said. */
type Said = Readonly<{ authority: number; at: number }>

/** Something that was said once or several times. */
export type Weighed<Statement extends Said> = Statement &
  Readonly<{
    /** Where whoever weighs most said it last; `at` is where anybody did. The whole part is the message. */
    saidAt: number
  }>

/** Equal statements as one, which weighs as much as the one that weighs most; there is at least one. */
export function asOne<Statement extends Said>(group: readonly Statement[]): Weighed<Statement> {
  const best = group.reduce((a, b) => (b.authority > a.authority ? b : a))
  const latest = (said: readonly Statement[]) => Math.max(...said.map(({ at }) => at))
  const saidAt = latest(group.filter(({ authority }) => authority === best.authority))
  return { ...best, saidAt, at: latest(group) }
}

/**
 * Of statements that exclude each other, those that weigh most. What a person says later, perhaps because somebody
 * asked, is what was meant.
 */
export function weightiest<Statement extends Weighed<Said>>(
  statements: readonly Statement[],
): readonly Statement[] {
  const top = Math.max(...statements.map(({ authority }) => authority))
  const best = statements.filter(({ authority }) => authority === top)
  if (top < 3) return best
  const newest = Math.max(...best.map(({ saidAt }) => Math.trunc(saidAt)))
  return best.filter(({ saidAt }) => Math.trunc(saidAt) === newest)
}
