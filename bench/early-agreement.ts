import { decideByLooks, decideFixed, design } from '../analysis/sequential.js'
import { heldOf, stream, trials } from './chance.js'
import { percent, type RateTable } from './rate-table.js'

const zone = { pass: 0.9, fail: 0.8 }
const plans = [60, 180, 360, 1000]
const truths = [0.7, 0.8, 0.85, 0.9, 0.95, 1]
const runs = 4000

/** How often a run that ends early says what its whole plan would have said, by the size of the plan. */
export function stopAgreement(): RateTable {
  const { looks } = design(zone)
  const rows = truths.map((truth, at) => {
    const next = stream(800 + at)
    const agreed = plans.map((planned) => {
      let same = 0
      for (let run = 0; run < runs; run++) {
        const outcomes = trials(next, planned, truth)
        const whole = decideFixed(zone, heldOf(outcomes), planned)
        const early = decideByLooks(looks, outcomes)?.verdict ?? whole
        if (early === whole) same++
      }
      return same / runs
    })
    const isOutside = truth < zone.fail || truth > zone.pass
    return {
      cells: [truth, ...agreed.map((rate) => percent(rate))],
      checks: isOutside ? agreed.map((rate) => ({ rate, from: 0.98, to: 1 })) : [],
    }
  })
  return {
    id: 'stop-agreement',
    nominal: 'none: inside the zone both answers are true',
    tolerance: 'at least 98 % outside the zone .8 to .9',
    head: ['truth', ...plans.map((planned) => `plan of ${planned}`)],
    rows,
  }
}
