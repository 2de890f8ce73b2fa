import type { Mind } from '../chance.js'
import { type Demands, thingIn } from './facts.js'
import { isChosen, type Known } from './fit.js'
import type { Page } from './pages.js'
import type { Aim, Move, State } from './state.js'

/** A call that was made, what it was made for, and what came back. */
export type Exchange = Readonly<{
  move: Move
  page: Page
  /** Whether the call that stands in the history is the one that was meant. */
  isMeant: boolean
  demands: Demands
}>

const wanted: Readonly<Record<Aim, readonly Page['kind'][]>> = {
  search: ['results'],
  open: ['product'],
  attributes: ['attributes'],
  back: ['product', 'results'],
  option: ['product'],
  buy: ['bought'],
}

/** What an agent makes of a result, in the light of what it was after and of what the call says. */
export function absorb(state: State, exchange: Exchange, mind: Mind): State {
  const { page, move } = exchange
  if (page.kind === 'limit') return { ...state, end: 'No more calls are possible.' }
  if (page.kind === 'complete') return { ...state, end: 'The purchase is complete already.' }
  if (page.kind === 'bought') return { ...state, receipt: page.receipt }
  if (!wanted[move.aim].includes(page.kind)) return absorbRefusal(state, exchange, mind)
  const after = { ...state, failures: 0 }
  if (isDoubtful(state, exchange, mind)) {
    return entered(doubting(after, exchange), page, null)
  }
  if (hasGaps(page) && isGapNoticed(state, exchange, mind)) return looksAgain(after, exchange)
  return asMeant(entered(after, page, move.id), exchange)
}

/** The state on a page. A product is taken for the one that was meant, unless it is read as what it is. */
function entered(state: State, page: Page, meant: string | null): State {
  const { buttons } = page
  if (page.kind === 'results') {
    return { ...state, buttons, place: { at: 'results' }, items: page.items }
  }
  if (page.kind === 'product') {
    const id = meant ?? page.id ?? ''
    const before = state.known[id]
    const now: Known = {
      price: page.price ?? before?.price ?? null,
      options: { ...before?.options, ...page.options },
      attributes: before?.attributes ?? null,
    }
    const place = { at: 'product', id, chosen: page.chosen } as const
    return { ...state, buttons, place, known: { ...state.known, [id]: now } }
  }
  if (page.kind === 'attributes') {
    const id = meant ?? page.id
    const before = state.known[id] ?? { price: null, options: {} }
    const known = { ...state.known, [id]: { ...before, attributes: page.attributes } }
    return { ...state, buttons, place: { at: 'attributes', id }, known }
  }
  return { ...state, buttons, place: { at: 'elsewhere' } }
}

/** After a choice that nobody doubts the value is taken to be chosen, whatever the page says. */
function asMeant(state: State, { move: { value } }: Exchange): State {
  const { place } = state
  if (!value || place.at !== 'product' || isChosen(value, place.chosen)) return state
  const chosen = { ...place.chosen, [value.name]: value.value }
  return { ...state, place: { ...place, chosen } }
}

/** Whether it sees that a call is not the one that it meant, or that a page is not the one wanted. */
function isDoubtful({ doubted }: State, exchange: Exchange, mind: Mind): boolean {
  const { isMeant, move } = exchange
  if (doubted.includes(move.key)) return false
  const { notice, verify } = mind.profile
  const isOther = !isMeant && mind.happens('notice', `call ${move.key}`, notice)
  const isChecked = isOdd(exchange) && mind.happens('verify', `page ${move.key}`, verify)
  if (!isOther && !isChecked) return false
  mind.note(`${isOther ? 'noticed another call than meant' : 'checked again'}: ${move.key}`)
  return true
}

// What a page does not say speaks against nothing.
function isOdd({ page, move, demands }: Exchange): boolean {
  if (page.kind === 'results') {
    const { query } = page
    return query !== null && query.toLowerCase() !== (thingIn(demands) ?? '').toLowerCase()
  }
  if (page.kind === 'attributes') return page.id !== move.id
  if (page.kind !== 'product') return false
  if (page.id !== null && page.id !== move.id) return true
  return move.value !== undefined && !isChosen(move.value, page.chosen)
}

/** What was taken from an aim that is doubted counts no longer; a search that went wrong is made again. */
function doubting(state: State, { move }: Exchange): State {
  const { [move.id]: _, ...others } = state.known
  const known = move.aim === 'open' || move.aim === 'attributes' ? others : state.known
  return { ...state, known, doubted: [...state.doubted, move.key] }
}

function hasGaps(page: Page): boolean {
  if (page.torn.length > 0) return true
  if (page.kind === 'results') {
    return page.items.some(({ title, price }) => title === null || price === null)
  }
  if (page.kind !== 'product') return false
  return page.price === null || Object.values(page.options).flat().length === 0
}

function isGapNoticed({ doubted }: State, { move }: Exchange, mind: Mind): boolean {
  if (doubted.includes(move.key)) return false
  const isNoticed = mind.happens('notice', `gap ${move.key}`, mind.profile.notice)
  mind.note(`${isNoticed ? 'noticed' : 'did not notice'} a gap: ${move.key}`)
  return isNoticed
}

/** A page with gaps is left and read once more. */
function looksAgain(state: State, { page, move }: Exchange): State {
  const doubted = [...state.doubted, move.key]
  const there = entered({ ...state, doubted }, page, move.id)
  if (page.kind === 'results') return { ...there, items: null }
  const { [move.id]: own, ...known } = there.known
  if (page.kind !== 'attributes' || !own) return { ...there, known }
  return { ...there, known: { ...known, [move.id]: { ...own, attributes: null } } }
}

/** A call brought nothing: with luck the refusal says what to do otherwise, else the same once more. */
function absorbRefusal(state: State, exchange: Exchange, mind: Mind): State {
  const { page, move, isMeant } = exchange
  const after = { ...state, failures: state.failures + 1 }
  if (!mind.happens('toolRepair', `${move.key}.${state.failures}`, mind.profile.toolRepair)) {
    mind.note(`repeated a refused call: ${move.key}`)
    return after
  }
  mind.note(`repaired a refused call: ${move.key}`)
  if (page.kind === 'refused') return isMeant ? { ...after, place: { at: 'elsewhere' } } : after
  if (page.kind === 'nothing') return absorbNothing(after, exchange)
  // A page that was not expected is a page all the same: the work goes on from there.
  if (page.kind !== 'wrong-button') return entered(after, page, null)
  // A refusal of another call than the one that was meant says nothing about the one that was meant.
  if (!isMeant) return after
  return withoutButton(after, exchange)
}

/** A search for other words than those that were meant found nothing; one for the right words never will. */
const absorbNothing = (state: State, { page, move, isMeant, demands }: Exchange): State => {
  const place = { at: 'elsewhere' } as const
  const isOther = page.kind === 'nothing' && page.query !== thingIn(demands)
  if (!isMeant || isOther || move.aim !== 'search') return { ...state, place }
  return { ...state, place, end: 'The search finds nothing.' }
}

/** The button that was wanted is not there: the page is another one, or what was read of it was not true. */
function withoutButton(state: State, { page, move }: Exchange): State {
  const isProduct = page.buttons.some((button) => /^attributes$/i.test(button))
  const [own, buttons] = [state.known[move.id], page.buttons]
  if (move.value && own && isProduct) {
    // It cannot be had so: an option without that value speaks against the product.
    const values = Object.values(own.options).flat()
    const options = {
      ...own.options,
      [move.value.name]: values.filter((one) => one !== move.value?.value),
    }
    return { ...state, buttons, known: { ...state.known, [move.id]: { ...own, options } } }
  }
  return {
    ...state,
    buttons,
    items: move.aim === 'open' ? null : state.items,
    place: { at: 'elsewhere' },
  }
}
