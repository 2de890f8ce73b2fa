import type { Briefing } from '../../briefing.js'
import type { Mind } from '../../chance.js'
import type { OfferedTool } from '../../offered-tools.js'
import { trusted } from '../../trust.js'
import type { Desk } from '../pursue.js'
import type { Account, Sight } from '../sight.js'

/** Everything that an agent has before it when it answers. */
export type Situation = Readonly<{
  briefing: Briefing
  sight: Sight
  tools: readonly OfferedTool[]
  mind: Mind
}>

/** What the agent works with. */
export const deskOf = ({ sight, tools }: Situation): Desk => ({
  tools,
  past: sight.past,
  columns: sight.columns,
  rowCount: sight.rowCount,
  table: sight.table,
})

/** The accounts that an agent goes by. */
export const accountsOf = ({ sight, mind }: Situation): readonly Account[] =>
  trusted(sight.accounts, mind)

/** Takes the column of the names, which no question states, from the newest plan that looks them up. */
export function withUnstated(
  chosen: readonly Account[],
  all: readonly Account[],
): readonly Account[] {
  const plans = all.filter(({ question }) => question === null)
  const find = plans.at(-1)?.steps.find(({ op }) => op === 'find')
  const column = find?.slots['column']
  if (!column) return chosen
  return chosen.map((account) => ({
    ...account,
    steps: account.steps.map((step) =>
      step.op === 'find' ? { op: step.op, slots: { column, ...step.slots } } : step,
    ),
  }))
}
