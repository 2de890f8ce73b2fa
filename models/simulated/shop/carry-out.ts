import type { Mind } from '../chance.js'
import type { OfferedTool } from '../offered-tools.js'
import type { PastCall } from '../own-turns.js'
import { chooseCall, isCall, type WantedCall } from '../tool-choice.js'
import { absorb } from './absorb.js'
import type { Demands } from './facts.js'
import { type Receipt, readPage } from './pages.js'
import { beginning, type Move, type Next, nextIn, type State } from './state.js'
import type { Step } from './steps.js'
import { wishFor } from './wishes.js'

/** Who makes the calls: the agent itself with its tools, or a colleague whom it only tells what to do. */
export type Hands = Readonly<{
  past: readonly PastCall[]
  /** Null when the calls are somebody else's, so that it does not matter which tools there are. */
  tools: readonly OfferedTool[] | null
}>

/** How far the work has come: one more step, an end, or why it does not go on. `used`: the calls made up to then. */
export type Work =
  | Readonly<{ kind: 'step'; step: Step; call: WantedCall | null }>
  | Readonly<{ kind: 'done'; receipt: Receipt; used: number }>
  | Readonly<{ kind: 'stuck'; why: string; used: number }>

/**
 * Searches, reads, chooses and buys, and goes back when a product does not fit.
 *
 * There is no memory between calls of a model, so each turn goes through all calls of the activation again: what it
 * wanted at that point, which call stands in the history, and what came back. Where the history ends is the next step.
 */
export function carryOut(demands: Demands, hands: Hands, mind: Mind): Work {
  const { past, tools } = hands
  let state: State = beginning
  for (let used = 0; ; used++) {
    const { next, from } = movesOn(state, demands, mind)
    if (next.kind !== 'move') return { ...next, used }
    const { move } = next
    const call = callFor(move, tools)
    if (tools && !call) return { kind: 'stuck', why: 'No tool is offered for this.', used }
    const made = past[used]
    if (!made) return { kind: 'step', step: move.step, call }
    const isMeant = call ? isCall(made.call, call) : isSaid(made, move)
    state = absorb(from, { move, page: readPage(made.result), isMeant, demands }, mind)
  }
}

/** What is next. Whoever finds that nothing fits may have read something wrong, and begins again once. */
function movesOn(
  state: State,
  demands: Demands,
  mind: Mind,
): Readonly<{ next: Next; from: State }> {
  const next = nextIn(state, demands)
  if (next.kind !== 'stuck' || !next.isDeadEnd || !looksOnceMore(state, mind)) {
    return { next, from: state }
  }
  const anew = { ...beginning, doubted: [...state.doubted, deadEnd] }
  return { next: nextIn(anew, demands), from: anew }
}

const deadEnd = 'nothing fits'

function looksOnceMore({ doubted }: State, mind: Mind): boolean {
  if (doubted.includes(deadEnd)) return false
  if (!mind.happens('verify', deadEnd, mind.profile.verify)) return false
  mind.note(`checked again: ${deadEnd}`)
  return true
}

function callFor({ step }: Move, tools: Hands['tools']): WantedCall | null {
  const wish = tools ? wishFor(step) : null
  return wish && tools ? chooseCall(wish, tools) : null
}

/** Whether a colleague's call holds what was said to him; by which tool is his affair. */
function isSaid({ call }: PastCall, { step }: Move): boolean {
  const values = (wishFor(step)?.values ?? []).map(({ value }) => String(value).toLowerCase())
  const given = Object.values(call.args ?? {}).map((value) => String(value).toLowerCase())
  return values.length === given.length && values.every((value) => given.includes(value))
}
