import type { Mind } from '../chance.js'
import { boundOf, type Demands, type FactType } from './facts.js'

/** What becomes of a fact that is overlooked: the usual value stands in its place, or the demand is not there at all. */
const overlooked: Readonly<Partial<Record<FactType, string | null>>> = {
  nights: '1',
  passengers: '1',
  total: null,
  departure: null,
  stars: null,
  breakfast: null,
  choice: null,
}

/** The demands without the facts that the agent overlooks; the fuller its window, the more. */
export function overlook(demands: Demands, mind: Mind): Demands {
  const probability = mind.profile.miss * (1 + 2 * mind.load)
  const kept = Object.entries(demands).flatMap(([name, value]) => {
    const type = name as FactType
    const usual = overlooked[type]
    if (usual === undefined || usual === value) return [[type, value] as const]
    if (!mind.happens('miss', type, probability)) return [[type, value] as const]
    mind.note(`missed ${type}`)
    return usual === null ? [] : [[type, usual] as const]
  })
  return Object.fromEntries(kept)
}

type Change = Readonly<{ type: FactType; to: (value: string) => string }>

const oneMore = (value: string) => String(Number(value) + 1)

const neighbours: readonly Change[] = [
  { type: 'nights', to: oneMore },
  { type: 'passengers', to: oneMore },
  { type: 'stars', to: (value) => turned(value) },
  { type: 'departure', to: (value) => turned(value) },
  {
    type: 'choice',
    to: (value) => (value === 'cheapest' ? 'most expensive' : 'cheapest'),
  },
]

function turned(value: string): string {
  const { isLeast, size } = boundOf(value)
  return `${isLeast ? 'at most' : 'at least'} ${size}`
}

/** The demands as the agent writes them down: now and then one of them is a neighbour of what it meant. */
export function slip(demands: Demands, mind: Mind): Demands {
  const possible = neighbours.filter(({ type }) => demands[type])
  const change = possible[Math.floor(mind.chance('slip', 'kind') * possible.length)]
  if (!change || !mind.happens('slip', 'steps', mind.profile.slip)) return demands
  mind.note('slip')
  return { ...demands, [change.type]: change.to(demands[change.type] ?? '') }
}
