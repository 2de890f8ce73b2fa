import { groupBy } from '../../../core/lists.js'
import { type Mind, seesConflict } from '../chance.js'
import { asOne, type Weighed, weightiest } from '../trust.js'
import { fillHoles, type Settled } from './holes.js'
import type { Account } from './sight.js'
import { isColumnSlot, type Step, sentenceOf } from './steps.js'
import type { Column } from './table.js'

/** What settling may use beside the accounts. `alert`: somebody has already pointed at a mistake. */
export type Grounds = Readonly<{ columns: readonly Column[]; alert: boolean }>

type Draft = { steps: readonly Step[]; notes: string[]; doubts: string[] }

/** One value of a slot as it was said. */
type Choice = Weighed<Readonly<{ value: string; authority: number; at: number; text: string }>>

/** Finds what the accounts agree on, settles what they do not, and fills what none of them says. */
export function settle(accounts: readonly Account[], mind: Mind, grounds: Grounds): Settled | null {
  const usable = accounts.filter(({ steps, broken }) => steps.length + broken.length > 0)
  if (usable.length === 0) return null
  const draft: Draft = { steps: [], notes: [], doubts: [] }
  const agreed = settleShape(usable, mind, grounds, draft)
  const first = agreed[0]
  if (!first) return null
  draft.steps = first.steps.map(({ op }, at) => ({
    op,
    slots: settleSlots(agreed, at, mind, grounds, draft),
  }))
  return fillHoles(draft, mind, grounds.columns)
}

const shapeOf = ({ steps, broken }: Account) =>
  `${steps.map(({ op }) => op).join()}${broken.length > 0 ? ' and what cannot be carried out' : ''}`

const textOf = ({ question, steps, broken }: Account) =>
  question ?? [...steps.map(sentenceOf), ...broken].join(' ')

/** Leaves the accounts that tell the same kind of steps, so that they can be compared slot by slot. */
function settleShape(
  accounts: readonly Account[],
  mind: Mind,
  { alert }: Grounds,
  draft: Draft,
): readonly Account[] {
  const shapes = [...groupBy(accounts, shapeOf)]
  const latest = accounts.reduce((a, b) => (b.at > a.at ? b : a))
  const sound = accounts.filter(({ broken }) => broken.length === 0)
  const whole = shapes.length === 1 && sound.length > 0
  if (whole) return accounts
  if (!alert && !seesConflict(mind, 'steps', accounts)) {
    mind.note('did not notice a conflict: steps')
    return shapes.find(([shape]) => shape === shapeOf(latest))?.[1] ?? accounts
  }
  mind.note('noticed a conflict: steps')
  if (sound.length === 0) {
    draft.doubts.push(`A step cannot be carried out: ${latest.broken.join(' ')}`)
    draft.notes.push('I cannot carry out every step, so I leave some out.')
    return accounts.filter((account) => shapeOf(account) === shapeOf(latest))
  }
  return weighShapes(sound, mind, draft)
}

function weighShapes(sound: readonly Account[], mind: Mind, draft: Draft): readonly Account[] {
  const groups = groupBy(sound, shapeOf)
  const heaviest = new Set(weightiest([...groups.values()].map(asOne)).map(shapeOf))
  const best = [...groups].filter(([shape]) => heaviest.has(shape))
  const only = best[0]
  if (only && best.length === 1) {
    mind.note('weighed by authority: steps')
    return only[1]
  }
  const texts = best.flatMap(([, group]) => group.slice(0, 1).map(textOf))
  leaveOpen(texts, draft)
  return best[pick(best.length, mind, 'steps')]?.[1] ?? sound
}

const pick = (count: number, mind: Mind, ordinal: string) =>
  Math.min(count - 1, Math.floor(mind.chance('tie', ordinal) * count))

function leaveOpen(texts: readonly string[], draft: Draft) {
  const quoted = [...new Set(texts)]
    .map((text) => `"${text.replace(/[.?!]$/, '')}"`)
    .join(' versus ')
  draft.notes.push(`CONFLICT: ${quoted}`)
  draft.doubts.push(`Which one is right: ${quoted}?`)
}

function settleSlots(
  accounts: readonly Account[],
  step: number,
  mind: Mind,
  grounds: Grounds,
  draft: Draft,
): Record<string, string> {
  const names = new Set(accounts.flatMap(({ steps }) => Object.keys(steps[step]?.slots ?? {})))
  const settled: Record<string, string> = {}
  for (const name of names) {
    const choices = choicesOf(accounts, step, name)
    settled[name] = choices.length < 2 ? (choices[0]?.value ?? '') : ''
    if (choices.length < 2) continue
    settled[name] = choose(choices, { step, name }, mind, grounds, draft)
  }
  return settled
}

function choicesOf(accounts: readonly Account[], step: number, name: string): readonly Choice[] {
  const said = accounts.flatMap((account) => {
    const value = account.steps[step]?.slots[name]
    if (!value) return []
    return [{ value, authority: account.authority, at: account.at, text: textOf(account) }]
  })
  return [...groupBy(said, ({ value }) => value).values()].map(asOne)
}

function choose(
  choices: readonly Choice[],
  { step, name }: Readonly<{ step: number; name: string }>,
  mind: Mind,
  { columns, alert }: Grounds,
  draft: Draft,
): string {
  // Keyed by the place in the plan, never by a name: renaming a column changes no draw.
  const ordinal = `${step + 1}.${name}`
  const latest = choices.reduce((a, b) => (b.at > a.at ? b : a))
  if (!alert && !seesConflict(mind, ordinal, choices)) {
    mind.note(`did not notice a conflict: ${ordinal}`)
    return latest.value
  }
  mind.note(`noticed a conflict: ${ordinal}`)
  const known = choices.filter(({ value }) => columns.some((column) => column.name === value))
  const checks = isColumnSlot(name) && mind.happens('verify', ordinal, mind.profile.verify)
  const fitting = checks && known.length > 0 ? known : choices
  if (fitting.length === 1 && fitting[0]) {
    mind.note(`weighed by evidence: ${ordinal}`)
    return fitting[0].value
  }
  const best = weightiest(fitting)
  if (best.length === 1 && best[0]) {
    mind.note(`weighed by authority: ${ordinal}`)
    return best[0].value
  }
  leaveOpen(
    best.map(({ text }) => text),
    draft,
  )
  return best[pick(best.length, mind, ordinal)]?.value ?? latest.value
}
