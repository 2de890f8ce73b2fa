import { groupBy } from '../core/lists.js'
import type { Removal, VerificationLine } from '../core/schemas/verification.js'
import { visible } from '../reports/text/escape.js'
import { counted } from '../reports/text/numbers.js'
import type { Display } from './console.js'
import { labelled } from './labelled-lines.js'

/** What taking defences out proved of one trial. */
export function verificationLines(
  { verdict, verified, defences }: VerificationLine,
  width: Pick<Display, 'width'>,
): readonly string[] {
  const sets = verified.map((one) => setText(one.defences))
  const others = defences.filter(({ outcome }) => outcome !== 'broke')
  const alike = groupBy(others, ({ outcome, because }) =>
    because === null ? outcome : `${outcome} (${because})`,
  )
  const told = [...alike].map(([outcome, some]) => `${outcome} without ${withoutText(some)}`)
  return [
    ...labelled(
      'verified',
      [`${verdict}: ${meanings[verdict](sets.join(', or without '))}`],
      width,
    ),
    ...labelled('', told, width, { hang: 2 }),
  ]
}

/** What was left out alone, by name, and how many sets of defences were. */
function withoutText(removals: readonly Removal[]): string {
  const names = removals.filter(({ ids }) => ids.length === 1).map(({ ids }) => setText(ids))
  const sets = removals.length - names.length
  const several = sets > 0 ? [counted(sets, 'set of several', 'sets of several')] : []
  return [...names, ...several].join(', ')
}

const mostNamed = 3

/** Defences that were left out at once. */
const setText = (ids: readonly string[]): string =>
  ids.length > mostNamed ? `${ids.length} at once` : ids.map(visible).join('+')

const meanings: Readonly<Record<VerificationLine['verdict'], (sets: string) => string>> = {
  necessary: (sets) => `the trial breaks without ${sets}`,
  redundant: (sets) => `it breaks only without several at once: ${sets}`,
  unexplained: () => 'it holds without all that could be taken out',
  untestable: () => 'without its defences there is no such trial',
}
