import type { FaultFacts } from '../../core/report.js'
import type { Cell, Score, Summary, SystemSummary, TierScore } from '../../core/schemas/summary.js'
import { type Tier, tiers } from '../../core/taxonomy.js'
import { type Block, blocksOf, type Row } from './cells.js'
import type { Name } from './note.js'
import { count, counted, known, ofAll, rate } from './numbers.js'

/** How one system dealt with its faults: what it came to in all, and cell by cell. */
export type Dealt = Readonly<{
  system: SystemSummary
  blocks: readonly Block[]
  /** False when others executed the trials: they cannot be repeated without defences. */
  isOurs: boolean
}>

/** The systems in whose trials behaviours were looked for, each with the cells that say something of them. */
export function dealtOf(summary: Summary, faults: readonly FaultFacts[]): readonly Dealt[] {
  const blocks = blocksOf(summary, faults).flatMap((block) => {
    const rows = block.rows.filter(isWatched)
    return rows.length > 0 ? [{ ...block, rows }] : []
  })
  return summary.systems.flatMap((system) => {
    const own = blocks.filter((block) => block.system === system.system)
    return own.length > 0
      ? [{ system, blocks: own, isOurs: summary.run.imported === undefined }]
      : []
  })
}

/** Of cells that are not measured no rate may be printed. */
const isWatched = ({ cell, standing }: Row): boolean =>
  (standing === 'scored' || standing === 'apart') && cell.detection.n > 0

/** One tier of a system, with what proof by removal says of it. */
export type TierRow = Readonly<{
  tier: Tier
  score: TierScore | null
  /** What is said in place of a score. */
  none: string
  verified: string
}>

/** The tiers of a system in published order. */
export function tierRowsOf({ system, blocks, isOurs }: Dealt): readonly TierRow[] {
  const cells = blocks.flatMap(({ rows }) => rows).filter(({ standing }) => standing === 'scored')
  const isTold = cells.some(({ cell }) => cell.behaviours.some(({ id }) => id !== null))
  return tiers.map((tier) => ({
    tier,
    score: system.tiers[tier],
    // Where no behaviour is known, nobody knows which tier acted either.
    none: isTold ? 'never acted' : 'not known',
    verified: isOurs ? verifiedText(system.verified, tier) : '',
  }))
}

function verifiedText(verified: SystemSummary['verified'], tier: Tier): string {
  const saved = verified?.tiers[tier]
  return verified && saved !== undefined ? `${count(saved)}/${count(verified.tried)}` : '-'
}

/** A share with its n and interval, such as `15/20, 75% [53, 89]`. */
export const share = (score: Score): string =>
  known(score) ? `${ofAll(score)}, ${rate(score)}` : ofAll(score)

/** At most so many behaviours of a cell are named. */
const most = 2

/** What was seen in the trials of a cell: the most frequent behaviours, then how many of what kind are left. */
export function seenItems({ behaviours, undetermined }: Cell, name: Name): readonly string[] {
  const told = [...behaviours]
    .sort((a, b) => b.n - a.n)
    .flatMap(({ id, n }) => (id === null ? [] : [`${count(n)} ${name(id)}`]))
  const nameless = behaviours.find(({ id }) => id === null)?.n ?? 0
  const rest = told.length - most
  const numbers = [
    [undetermined, 'undetermined'],
    [nameless - undetermined, 'unclassified'],
  ] as const
  return [
    ...told.slice(0, most),
    ...numbers.flatMap(([n, word]) => (n > 0 ? [`${count(n)} ${word}`] : [])),
    ...(rest > 0 ? [`and ${counted(rest, 'more kind')}`] : []),
  ]
}

/** In how many trials something stopped the fault; empty where nobody knows. */
export const containedText = ({ spread }: Cell): string =>
  spread ? `${count(spread.contained)}/${count(spread.n)}` : ''

/** How many agents passed the fault on, mean with its interval; empty where nobody knows. */
export function passedOnText({ spread }: Cell): string {
  if (!spread) return ''
  const found = known(spread.agents)
  return found ? `${few(found.mean)} [${few(found.low)}, ${few(found.high)}]` : 'too few'
}

const few = (number: number): string => String(Math.max(0, Math.round(number * 10) / 10))

const verifiedMeans = (systems: readonly SystemSummary[]): string =>
  systems.some(({ verified }) => verified !== null)
    ? 'of repeated held trials: broke without its defences; -: none of the tier was left out'
    : 'broke without its defences; not tried yet: --verify-tiers'

/** What the words mean that say how faults were dealt with. */
export const dealtWords = ({
  run,
  systems,
}: Summary): readonly (readonly [word: string, meaning: string])[] => [
  ['acted', 'the tier, of the trials whose behaviour is known'],
  ['recovered there', 'of the trials in which the tier acted: it put things right'],
  ['right in the end', 'of the same trials: the answer was right, whoever saved it'],
  ...(run.imported ? [] : [['verified', verifiedMeans(systems)] as const]),
  ['noticed', 'somebody doubted, asked or rejected because of the fault'],
  ['contained', 'something stopped the fault, and the answer is free of it'],
  ['passed on by', 'agents that passed the fault on, mean'],
  [
    'undetermined',
    `only a judge model can tell what it was${run.imported || run.judge ? '' : ': --judge-model'}`,
  ],
  ['unclassified', 'none of the behaviours that are known of the fault'],
]
