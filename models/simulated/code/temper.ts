import type { Mind } from '../chance.js'
import { type Rule, withSlot } from './rules.js'

const neighbour: Readonly<Record<string, string>> = {
  above: 'at least',
  below: 'at most',
  'at least': 'above',
  'at most': 'below',
}

/** The rules as the agent writes them down as code: now and then `>` becomes `>=`, or the other way round. */
export function slip(rules: readonly Rule[], mind: Mind): readonly Rule[] {
  const places = rules.flatMap(({ slots }, at) => (slots['bound'] === undefined ? [] : [at]))
  const place = places[Math.floor(mind.chance('slip', 'kind') * places.length)]
  const rule = rules[place ?? -1]
  if (place === undefined || !rule) return rules
  if (!mind.happens('slip', 'code', mind.profile.slip)) return rules
  mind.note('slip')
  const { bound = '' } = rule.slots
  return rules.toSpliced(place, 1, withSlot(rule, 'bound', neighbour[bound] ?? bound))
}
