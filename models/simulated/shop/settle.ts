import { groupBy } from '../../../core/lists.js'
import type { Mind } from '../chance.js'
import { asOne, type Weighed, weightiest } from '../trust.js'
import { type Demand, type Demands, factTypes, nameOf } from './facts.js'
import { type Keyed, withKeys } from './keys.js'
import type { Telling } from './tellings.js'

/** What an agent takes its work to be. */
export type Settled = Readonly<{
  demands: Demands
  /** What it says about conflicts and guesses. */
  notes: readonly string[]
  /** What it would ask if it may. */
  doubts: readonly string[]
}>

/** What settling may use beside the tellings. `alert`: a mistake has shown already. */
export type Grounds = Readonly<{ broken: readonly string[]; alert: boolean }>

type Draft = Readonly<{ notes: string[]; doubts: string[] }>

/** Finds what the tellings agree on, settles what they do not, and fills what none of them says. */
export function settle(
  tellings: readonly Telling[],
  mind: Mind,
  { broken, alert }: Grounds,
): Settled | null {
  if (tellings.length === 0) return null
  const draft: Draft = { notes: [], doubts: [] }
  const keyed = withKeys(tellings)
  const inOrder = factTypes.flatMap((type) => keyed.filter((telling) => telling.type === type))
  const settled = [...groupBy(inOrder, ({ key }) => key).values()].flatMap((told) => {
    const chosen = settledTelling(told, mind, { alert, draft })
    return chosen ? [chosen] : []
  })
  doubtSteps(broken, mind, draft)
  const demands = withThing(settled).flatMap((demand) => filled(demand, mind, draft))
  return { demands, ...draft }
}

/** Nothing can be bought without a thing that is looked for. */
const withThing = (demands: Demands): Demands =>
  demands.some(({ type }) => type === 'thing')
    ? demands
    : [{ key: 'thing', type: 'thing', name: '', value: '' }, ...demands]

type Choice = Weighed<Keyed>

function settledTelling(
  told: readonly Keyed[],
  mind: Mind,
  { alert, draft }: Readonly<{ alert: boolean; draft: Draft }>,
): Demand | null {
  const choices = choicesOf(told)
  const [only] = choices.length > 0 ? choices : told
  if (!only) return null
  const { key, type, name, value } =
    choices.length < 2 ? only : choose(choices, { alert, draft }, mind)
  return { key, type, name, value }
}

function choicesOf(told: readonly Keyed[]): readonly Choice[] {
  const said = told.filter(({ value }) => value !== '')
  const groups = groupBy(said, ({ value }) => value.toLowerCase())
  return [...groups.values()].map(asOne)
}

function choose(
  choices: readonly Choice[],
  { alert, draft }: Readonly<{ alert: boolean; draft: Draft }>,
  mind: Mind,
): Choice {
  const latest = choices.reduce((a, b) => (b.at > a.at ? b : a))
  const { key } = latest
  if (!alert && !mind.happens('notice', key, mind.profile.notice)) {
    mind.note(`did not notice a conflict: ${key}`)
    return latest
  }
  mind.note(`noticed a conflict: ${key}`)
  const best = weightiest(choices)
  if (best.length === 1 && best[0]) {
    mind.note(`weighed by authority: ${key}`)
    return best[0]
  }
  const quoted = [...new Set(best.map(({ sentence }) => `"${sentence.replace(/[.?!]$/, '')}"`))]
  const between = quoted.join(' versus ')
  draft.notes.push(`CONFLICT: ${between}`)
  draft.doubts.push(`Which one is right: ${between}?`)
  const place = Math.floor(mind.chance('tie', key) * best.length)
  return best[Math.min(best.length - 1, place)] ?? latest
}

/** A step that says nothing that can be done is left out; whoever notices says so. */
function doubtSteps(broken: readonly string[], mind: Mind, draft: Draft) {
  if (broken.length === 0) return
  if (!mind.happens('notice', 'steps', mind.profile.notice)) {
    mind.note('did not notice a conflict: steps')
    return
  }
  mind.note('noticed a conflict: steps')
  draft.doubts.push(`A step cannot be carried out: ${broken.join(' ')}`)
  draft.notes.push('I cannot carry out every step, so I leave some out.')
}

/** A demand with a hole: some value of an option is drawn; of an attribute or a price nothing is left to go by. */
function filled(demand: Demand, mind: Mind, draft: Draft): readonly Demand[] {
  if (demand.value !== '') return [demand]
  const { key, type } = demand
  if (mind.happens('notice', `hole ${key}`, mind.profile.notice)) {
    mind.note(`noticed a gap: ${key}`)
    draft.doubts.push(`Which ${nameOf(demand)} is meant?`)
    if (type !== 'thing') draft.notes.push(`I take any ${nameOf(demand)}.`)
  }
  if (type === 'thing') return [demand]
  mind.note(`guess: ${key}`)
  return type === 'option' ? [{ ...demand, guess: mind.chance('guess', key) }] : []
}
