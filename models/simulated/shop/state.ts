import { type Demands, demandsOf, thingIn } from './facts.js'
import { type Choice, couldBe, fits, isChosen, type Known, valueFor } from './fit.js'
import type { Chosen, Item, Receipt } from './pages.js'
import type { Step } from './steps.js'

/** What an agent is after with a call. */
export type Aim = 'search' | 'open' | 'attributes' | 'back' | 'option' | 'buy'

/** The page that an agent takes to be open. */
type Place =
  | Readonly<{ at: 'elsewhere' | 'results' }>
  | Readonly<{ at: 'product'; id: string; chosen: Chosen }>
  | Readonly<{ at: 'attributes'; id: string }>

/** How far an activation has come, as far as its calls and their results tell. */
export type State = Readonly<{
  place: Place
  /** The buttons of the page that is open, as far as they have been read. */
  buttons: readonly string[]
  /** What the search found; null when it has to be searched. */
  items: readonly Item[] | null
  known: Readonly<Record<string, Known>>
  receipt: Receipt | null
  /** Calls in a row that brought nothing. */
  failures: number
  /** Aims whose result has been doubted; each at most once for each product. */
  doubted: readonly string[]
  /** Why nothing more can be done; null while something can. */
  end: string | null
}>

/** One call that is wanted: what for, in which words, and for which product. `key` is what draws hang on. */
export type Move = Readonly<{ aim: Aim; key: string; step: Step; id: string; value?: Choice }>

/** What is next: a move, the end of the work, or why it does not go on. */
export type Next =
  | Readonly<{ kind: 'move'; move: Move }>
  | Readonly<{ kind: 'done'; receipt: Receipt }>
  | Readonly<{ kind: 'stuck'; why: string; isDeadEnd: boolean }>

/** The beginning: nothing is known but that one can search from every page. */
export const beginning: State = {
  place: { at: 'elsewhere' },
  buttons: [],
  items: null,
  known: {},
  receipt: null,
  failures: 0,
  doubted: [],
  end: null,
}

// Enough for a few repairs, and an end for tools that refuse for ever.
const patience = 6

/** What to do now. */
export function nextIn(state: State, demands: Demands): Next {
  const { receipt, end, failures, items } = state
  const stuck = (why: string, isDeadEnd = false): Next => ({ kind: 'stuck', why, isDeadEnd })
  if (receipt) return { kind: 'done', receipt }
  if (end) return stuck(end)
  if (failures >= patience) return stuck('The tools bring nothing.')
  if (!thingIn(demands)) return stuck('I do not know the product.')
  if (!items) return searching(demands)
  const at = items.findIndex(({ id, ...item }) => {
    const known = state.known[id]
    return couldBe({ id, ...item }, demands) && (!known || fits(known, demands))
  })
  const item = items[at]
  return item ? towards(item, at, state, demands) : stuck('No product fits.', true)
}

const searching = (demands: Demands): Next => {
  const fact = demandsOf(demands, 'thing')[0]
  const step: Step = fact ? { op: 'search', fact } : { op: 'search' }
  return { kind: 'move', move: { aim: 'search', key: 'search', step, id: '' } }
}

/** The next move towards buying a product that may be the one. */
function towards({ id }: Item, at: number, state: State, demands: Demands): Next {
  const { place, known } = state
  const own = known[id]
  const click = (aim: Aim, target: string): Next => ({
    kind: 'move',
    move: { aim, key: `${aim} ${at + 1}`, step: { op: 'click', target }, id },
  })
  const back = buttonLike(/\bprev|^back$/i, state)
  if (place.at === 'attributes' && place.id === id && own && back) return click('back', back)
  if (place.at === 'results') return click('open', id)
  if (place.at !== 'product') return searching(demands)
  if (!own || place.id !== id) return back ? click('back', back) : searching(demands)
  if (!own.attributes && demandsOf(demands, 'attribute').length > 0) {
    return click('attributes', buttonLike(/attribute|feature/i, state) ?? 'Attributes')
  }
  return choosing(own, place.chosen, demands, id) ?? buying(id)
}

const buying = (id: string): Next => ({
  kind: 'move',
  move: { aim: 'buy', key: 'buy', step: { op: 'buy' }, id },
})

/** The next value of an option to choose; null when all that are wanted are chosen. */
function choosing(own: Known, chosen: Chosen, demands: Demands, id: string): Next | null {
  for (const demand of demandsOf(demands, 'option')) {
    const value = valueFor(demand, own.options) ?? asked(demand)
    if (!value || isChosen(value, chosen)) continue
    const step: Step = { op: 'click', target: value.value }
    return { kind: 'move', move: { aim: 'option', key: demand.key, step, id, value } }
  }
  return null
}

/** A page that does not list its options may still have the value that was asked for. */
const asked = ({ name, value }: Choice): Choice | null =>
  value === '' || value.startsWith('not ') ? null : { name, value }

const buttonLike = (form: RegExp, { buttons }: State): string | undefined =>
  buttons.find((button) => form.test(button))
