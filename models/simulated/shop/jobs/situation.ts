import type { Briefing } from '../../briefing.js'
import type { Mind } from '../../chance.js'
import type { OfferedTool } from '../../offered-tools.js'
import { person, self } from '../../speaker.js'
import { type Grounds, type Settled, settle } from '../settle.js'
import type { Sight } from '../sight.js'
import type { Telling } from '../tellings.js'

/** Everything that an agent has before it when it answers. */
export type Situation = Readonly<{
  briefing: Briefing
  sight: Sight
  tools: readonly OfferedTool[]
  mind: Mind
}>

/**
 * The tellings that an agent goes by: those of others, narrowed to the colleagues whom it was told to believe.
 *
 * Its own earlier words are no evidence for themselves; it falls back on them only when nothing else is in sight.
 */
export function tellingsOf({ sight, mind }: Situation): readonly Telling[] {
  const others = sight.tellings.filter(({ speaker }) => speaker !== self)
  const believed = others.filter(({ speaker }) => believes(mind, speaker))
  if (believed.length > 0) {
    mind.note('obeyed: believes a colleague')
    return believed
  }
  return others.length > 0 ? others : sight.tellings
}

const believes = ({ believes: names }: Mind, speaker: string) =>
  speaker !== person && (names.includes('*') || names.includes(speaker))

/** What the agent takes its work to be, from some of the tellings. */
export function settledFrom(
  tellings: readonly Telling[],
  { sight, mind }: Situation,
  { alert }: Pick<Grounds, 'alert'>,
): Settled | null {
  const heard = tellings.some((telling) => telling.in === 'plan') ? sight.broken : []
  return settle(tellings, mind, { broken: heard, alert })
}

/** The tellings that come from a request rather than from a plan. */
export const requested = (tellings: readonly Telling[]): readonly Telling[] =>
  tellings.filter((telling) => telling.in === 'request')
