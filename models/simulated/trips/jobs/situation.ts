import type { Briefing } from '../../briefing.js'
import type { Mind } from '../../chance.js'
import type { OfferedTool } from '../../offered-tools.js'
import { trusted } from '../../trust.js'
import type { Desk } from '../carry-out.js'
import type { Settled } from '../holes.js'
import { type Grounds, settle } from '../settle.js'
import type { Sight } from '../sight.js'
import type { Telling } from '../tellings.js'

/** Everything that an agent has before it when it answers. */
export type Situation = Readonly<{
  briefing: Briefing
  sight: Sight
  tools: readonly OfferedTool[]
  mind: Mind
}>

/** What the agent works with. */
export const deskOf = (
  { sight, tools }: Situation,
  { looksFirst, changes }: Readonly<{ looksFirst: boolean; changes: boolean }>,
): Desk => ({ tools, past: sight.past, looksFirst, changes })

/** The tellings that an agent goes by. */
export const tellingsOf = ({ sight, mind }: Situation): readonly Telling[] =>
  trusted(sight.tellings, mind)

/** What the agent takes its work to be, from some of the tellings. */
export function settledFrom(
  tellings: readonly Telling[],
  { sight, mind }: Situation,
  { alert }: Pick<Grounds, 'alert'>,
): Settled | null {
  const heard = tellings.some((telling) => telling.in === 'plan') ? sight.broken : []
  return settle(tellings, mind, { broken: heard, today: sight.today, alert })
}

/** The tellings that come from a request rather than from a plan. */
export const requested = (tellings: readonly Telling[]): readonly Telling[] =>
  tellings.filter((telling) => telling.in === 'request')
