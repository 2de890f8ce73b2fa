import type { Cell } from '../../core/schemas/summary.js'
import { tiers } from '../../core/taxonomy.js'
import type { Row } from './cells.js'
import { type Dealt, seenItems, share, tierRowsOf } from './dealt.js'
import { visible } from './escape.js'

/** The tiers of a system in all its scenarios, as named values. */
export const tierFacts = (dealt: Dealt): readonly (readonly [name: string, value: string])[] =>
  tierRowsOf(dealt).flatMap(({ tier, score, verified }) =>
    score
      ? [
          [`tier.${tier}.acted`, share(score.occurrence)] as const,
          [`tier.${tier}.recovered`, share(score.local)] as const,
          [`tier.${tier}.right`, share(score.success)] as const,
          ...(verified ? [[`tier.${tier}.verified`, verified] as const] : []),
        ]
      : [],
  )

/** How the system dealt with the fault of a cell; nothing where no rate may be printed of it. */
export function dealtSaid({ cell, standing }: Row): readonly string[] {
  if ((standing !== 'scored' && standing !== 'apart') || cell.detection.n === 0) return []
  return [
    `noticed ${share(cell.detection)}`,
    `seen: ${seenItems(cell, visible).join(', ')}`,
    ...tiersSaid(cell),
  ]
}

const tiersSaid = (cell: Cell): readonly string[] =>
  tiers.flatMap((tier) => {
    const score = cell.tiers[tier]
    return score
      ? [
          `${tier}: acted ${share(score.occurrence)}; recovered there ${share(score.local)}; right in the end ${share(score.success)}`,
        ]
      : []
  })
