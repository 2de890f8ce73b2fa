import { groupBy } from '../../../core/lists.js'
import { type Mind, seesConflict } from '../chance.js'
import { asOne, type Weighed, weightiest } from '../trust.js'
import { type Demands, type FactType, factTypes } from './facts.js'
import { fillHoles, type Settled } from './holes.js'
import type { BrokenStep } from './sight.js'
import type { Telling } from './tellings.js'

/** What settling may use beside the tellings. `alert`: somebody has already pointed at a mistake. */
export type Grounds = Readonly<{
  broken: readonly BrokenStep[]
  today: string | null
  alert: boolean
}>

/** One value of a fact as it was told. */
type Choice = Weighed<Readonly<{ value: string; authority: number; at: number; sentence: string }>>

type Draft = { demands: Demands; readonly notes: string[]; readonly doubts: string[] }

/** Finds what the tellings agree on, settles what they do not, and fills what none of them says. */
export function settle(
  tellings: readonly Telling[],
  mind: Mind,
  { broken, today, alert }: Grounds,
): Settled | null {
  if (tellings.length === 0) return null
  const draft: Draft = { demands: {}, notes: [], doubts: [] }
  for (const type of factTypes) {
    const told = tellings.filter((telling) => telling.type === type)
    if (told.length === 0) continue
    const choices = choicesOf(told)
    const value =
      choices.length < 2 ? (choices[0]?.value ?? '') : choose(choices, { type, alert }, mind, draft)
    draft.demands = { ...draft.demands, [type]: value }
  }
  doubtSteps(broken, mind, draft)
  return fillHoles(draft, mind, today)
}

function choicesOf(told: readonly Telling[]): readonly Choice[] {
  const said = told.filter(({ value }) => value !== '')
  // Cities are compared as people write them, so two spellings of one name are no conflict.
  const groups = groupBy(said, ({ value }) => value.toLowerCase())
  return [...groups.values()].map(asOne)
}

function choose(
  choices: readonly Choice[],
  { type, alert }: Readonly<{ type: FactType; alert: boolean }>,
  mind: Mind,
  draft: Draft,
): string {
  const latest = choices.reduce((a, b) => (b.at > a.at ? b : a))
  if (!alert && !seesConflict(mind, type, choices)) {
    mind.note(`did not notice a conflict: ${type}`)
    return latest.value
  }
  mind.note(`noticed a conflict: ${type}`)
  const best = weightiest(choices)
  if (best.length === 1 && best[0]) {
    mind.note(`weighed by authority: ${type}`)
    return best[0].value
  }
  const quoted = [...new Set(best.map(({ sentence }) => `"${sentence.replace(/[.?!]$/, '')}"`))]
  const between = quoted.join(' versus ')
  draft.notes.push(`CONFLICT: ${between}`)
  draft.doubts.push(`Which one is right: ${between}?`)
  const place = Math.floor(mind.chance('tie', type) * best.length)
  return best[Math.min(best.length - 1, place)]?.value ?? latest.value
}

/** A step that says nothing that can be done is left out; whoever notices says so. */
function doubtSteps(broken: readonly BrokenStep[], mind: Mind, draft: Draft) {
  if (broken.length === 0) return
  if (!mind.happens('notice', 'steps', mind.profile.notice)) {
    mind.note('did not notice a conflict: steps')
    return
  }
  mind.note('noticed a conflict: steps')
  draft.doubts.push(
    `A step cannot be carried out: ${broken.map(({ sentence }) => sentence).join(' ')}`,
  )
  draft.notes.push('I cannot carry out every step, so I leave some out.')
}
