import { type Reply, say } from '../../wording.js'
import type { FactType } from '../facts.js'
import { firstDifference } from '../steps.js'
import type { Situation } from './situation.js'

const kindOf: Readonly<Record<FactType, string>> = {
  from: 'flight',
  to: 'flight',
  date: 'date',
  city: 'hotel',
  nights: 'number',
  passengers: 'number',
  total: 'number',
  departure: 'flight',
  stars: 'hotel',
  breakfast: 'hotel',
  choice: 'number',
}

/** Names the kind of error that the newest rejection proves: flight, hotel, date or number. */
export function route({ sight, mind }: Situation): Reply {
  const rejection = sight.verdicts.findLast(({ approves }) => !approves)
  const steps = sight.plan?.steps ?? []
  const kinds = (rejection?.corrections ?? []).flatMap(({ number, step }) => {
    const theirs = steps[number - 1]
    const type = theirs ? firstDifference([step], [theirs])?.type : null
    return type ? [kindOf[type]] : []
  })
  const kind = kinds[0] ?? rejection?.findings[0] ?? 'number'
  mind.note(`routed: ${kind}`)
  return say(`The kind of error is: ${kind}.`)
}
