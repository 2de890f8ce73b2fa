import type { Mind } from '../chance.js'
import { bareOf, boundOf, type Demand, type Demands } from './facts.js'

/** The demands without those that the agent overlooks; the fuller its window, the more. */
export function overlook(demands: Demands, mind: Mind): Demands {
  const probability = mind.profile.miss * (1 + 2 * mind.load)
  return demands.filter(({ key, type }) => {
    // Whoever overlooks what is looked for has no work at all.
    if (type === 'thing' || !mind.happens('miss', key, probability)) return true
    mind.note(`missed ${key}`)
    return false
  })
}

/** The demands as the agent writes them down: now and then one of them says the opposite of what it meant. */
export function slip(demands: Demands, mind: Mind): Demands {
  const possible = demands.filter(({ type, value }) => value !== '' && type !== 'thing')
  const change = possible[Math.floor(mind.chance('slip', 'kind') * possible.length)]
  if (!change || !mind.happens('slip', 'steps', mind.profile.slip)) return demands
  mind.note('slip')
  return demands.map((demand) => (demand === change ? turned(demand) : demand))
}

function turned(demand: Demand): Demand {
  const { type, value } = demand
  if (type === 'price') {
    const { isLeast, size } = boundOf(value)
    return { ...demand, value: `${isLeast ? 'at most' : 'at least'} ${size}` }
  }
  return { ...demand, value: bareOf(value) === value ? `not ${value}` : bareOf(value) }
}
