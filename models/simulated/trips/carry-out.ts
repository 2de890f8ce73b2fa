import type { Mind } from '../chance.js'
import type { OfferedTool } from '../offered-tools.js'
import type { PastCall } from '../own-turns.js'
import { chooseCall, type WantedCall } from '../tool-choice.js'
import { absorb } from './absorb.js'
import type { Pair } from './choice.js'
import type { Demands } from './facts.js'
import { beginning, nextIn, type State } from './state.js'
import { type Booking, readResult } from './tool-results.js'

/** What an agent works with. */
export type Desk = Readonly<{
  tools: readonly OfferedTool[]
  past: readonly PastCall[]
  /** Whether there may be bookings already, so that it looks before it books. */
  looksFirst: boolean
  /** Whether it books and cancels, or only looks. */
  changes: boolean
}>

/** How far the work has come: one more call, an end, or why it does not go on. `used`: the calls made up to then. */
export type Work =
  | Readonly<{ kind: 'call'; call: WantedCall }>
  | Readonly<{ kind: 'done'; pair: Pair; bookings: readonly Booking[] }>
  | Readonly<{ kind: 'stuck'; why: string; used: number; bookings: readonly Booking[] | null }>

/**
 * Searches, compares, books and cancels until what stands is what is wanted.
 *
 * There is no memory between calls of a model, so each turn goes through all calls of the activation again: what it
 * wanted at that point, which call stands in the history, and what came back. Where the history ends is the next call.
 */
export function carryOut(demands: Demands, desk: Desk, mind: Mind): Work {
  const { tools, past, looksFirst, changes } = desk
  let state: State = beginning({ looksFirst })
  for (let used = 0; ; used++) {
    const next = nextIn(state, demands, { changes })
    if (next.kind === 'done') {
      return { kind: 'done', pair: next.pair, bookings: next.state.bookings ?? [] }
    }
    const stuck = (why: string): Work => ({ kind: 'stuck', why, used, bookings: state.bookings })
    if (next.kind === 'stuck') return stuck(next.why)
    const { aim, wish, pair } = next
    const meant = chooseCall(wish, tools)
    if (!meant) return stuck('No tool is offered for this.')
    const made = past[used]
    if (!made) return { kind: 'call', call: meant }
    const result = readResult(made.result)
    state = absorb(next.state, { aim, made, meant, result, pair, demands }, mind)
  }
}
