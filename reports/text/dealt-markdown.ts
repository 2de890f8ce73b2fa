import type { FaultFacts } from '../../core/report.js'
import type { Summary } from '../../core/schemas/summary.js'
import type { Row } from './cells.js'
import {
  containedText,
  type Dealt,
  dealtOf,
  dealtWords,
  passedOnText,
  seenItems,
  share,
  tierRowsOf,
} from './dealt.js'
import { markdownName } from './escape.js'
import { markdownTable } from './markdown-table.js'
import { counted } from './numbers.js'

/** How each system dealt with its faults, as Markdown: its tiers, then its cells. Nothing where behaviours were not looked for. */
export function dealtParts(summary: Summary, faults: readonly FaultFacts[]): readonly string[] {
  const dealt = dealtOf(summary, faults)
  if (dealt.length === 0) return []
  const words = dealtWords(summary).map(([word, meaning]) => `**${word}** ${meaning}`)
  return ['## How systems dealt with the faults', ...dealt.flatMap(partsOf), `${words.join('; ')}.`]
}

function partsOf(dealt: Dealt): readonly string[] {
  const { system, detection, undetermined } = dealt.system
  const unknown =
    undetermined > 0 ? `; ${counted(undetermined, 'trial')} of ${detection.n} undetermined` : ''
  return [
    `### ${markdownName(system)}`,
    tierTable(dealt),
    `Noticed in ${share(detection)}${unknown}.`,
    ...dealt.blocks.flatMap(({ scenario, rows }) => [
      ...(dealt.blocks.length > 1 ? [`On ${markdownName(scenario)}:`] : []),
      cellTable(rows),
    ]),
  ]
}

function tierTable(dealt: Dealt): string {
  const head = ['tier', 'acted', 'recovered there', 'right in the end']
  const rows = tierRowsOf(dealt).map(({ tier, score, none, verified }) => [
    tier,
    ...(score
      ? [share(score.occurrence), share(score.local), share(score.success)]
      : [none, '', '']),
    ...(dealt.isOurs ? [verified] : []),
  ])
  return markdownTable([...head, ...(dealt.isOurs ? ['verified'] : [])], rows)
}

function cellTable(rows: readonly Row[]): string {
  const head = ['fault', 'noticed', 'contained', 'passed on by', 'seen']
  return markdownTable(
    head,
    rows.map(({ cell, abbreviation, standing }) => [
      [
        ...(abbreviation ? [markdownName(abbreviation)] : []),
        markdownName(cell.fault),
        ...(standing === 'apart' ? ['(apart)'] : []),
      ].join(' '),
      share(cell.detection),
      containedText(cell),
      passedOnText(cell),
      seenItems(cell, markdownName).join(', '),
    ]),
  )
}
