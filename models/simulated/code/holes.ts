import type { Mind } from '../chance.js'
import { type Example, failing } from './examples.js'
import { valuesFor } from './refit.js'
import { holesIn, inOrder, ordinalOf, type Rule, withSlot } from './rules.js'
import { sentenceOf } from './sentences.js'
import type { Settled } from './settle.js'

/** What the values of holes are found with. */
type Ground = Readonly<{ parameters: readonly string[]; examples: readonly Example[] }>

/** More ways to fill several holes at once than this are too many to try. */
const enough = 5000

/** Puts a value into every hole: one that the examples bear out when it is looked for, else a guess that is drawn. */
export function fillHoles(settled: Settled, mind: Mind, ground: Ground): Settled {
  const { parameters } = ground
  const hasHole = (rule: Rule) => holesIn(rule).length > 0
  const torn = settled.rules.filter(hasHole)
  if (torn.length === 0) return settled
  const noticed = torn.filter((rule) => isNoticed(rule, mind, ground))
  const guesses = new Map(torn.map((rule) => [rule, guessed(rule, mind, ground)]))
  const rest = settled.rules.flatMap((rule) =>
    noticed.includes(rule) ? [] : [guesses.get(rule) ?? rule],
  )
  const fit = fitted(noticed, rest, ground)
  for (const rule of fit ? torn.filter((rule) => !noticed.includes(rule)) : torn) {
    mind.note(`guess: ${ordinalOf(rule, parameters)}`)
  }
  if (fit) {
    for (const rule of noticed) mind.note(`found by examples: ${ordinalOf(rule, parameters)}`)
    const found = fit.map((rule) => `I find by the examples: ${sentenceOf(rule)}`)
    return {
      ...settled,
      rules: inOrder([...rest, ...fit], parameters),
      notes: [...settled.notes, ...found],
    }
  }
  const taken = noticed.map((rule) => guesses.get(rule) ?? rule)
  return {
    rules: inOrder([...rest, ...taken], parameters),
    notes: [
      ...settled.notes,
      ...taken.map((rule) => `I take it that this is meant: ${sentenceOf(rule)}`),
    ],
    doubts: [
      ...settled.doubts,
      ...noticed.map((rule) => `What is meant by "${sentenceOf(rule).replace(/\.$/, '')}"?`),
    ],
  }
}

/** Whether the agent sees that a rule says too little. */
export function isNoticed(rule: Rule, mind: Mind, { parameters }: Pick<Ground, 'parameters'>) {
  const ordinal = ordinalOf(rule, parameters)
  if (!mind.happens('notice', `hole ${ordinal}`, mind.profile.notice)) return false
  mind.note(`noticed a gap: ${ordinal}`)
  return true
}

/** Rules with the first values that let all examples hold; null when there are none to hold, or no such values. */
function fitted(
  torn: readonly Rule[],
  others: readonly Rule[],
  { parameters, examples }: Ground,
): readonly Rule[] | null {
  if (torn.length === 0 || examples.length === 0) return null
  const ways = torn.map((rule) => filled(rule, parameters))
  if (ways.reduce((product, { length }) => product * length, 1) > enough) return null
  const together = ways.reduce<readonly (readonly Rule[])[]>(
    (some, values) => some.flatMap((chosen) => values.map((rule) => [...chosen, rule])),
    [[]],
  )
  const explains = (rules: readonly Rule[]) =>
    failing(inOrder([...others, ...rules], parameters), parameters, examples).length === 0
  return together.find(explains) ?? null
}

/** The rule with all values that its holes could have. */
function filled(rule: Rule, parameters: readonly string[]): readonly Rule[] {
  return holesIn(rule).reduce<readonly Rule[]>(
    (some, slot) =>
      some.flatMap((one) =>
        valuesFor(one, slot, parameters).map((value) => withSlot(one, slot, value)),
      ),
    [rule],
  )
}

function guessed(rule: Rule, mind: Mind, { parameters }: Ground): Rule {
  const ordinal = ordinalOf(rule, parameters)
  return holesIn(rule).reduce((one, slot) => {
    const values = valuesFor(one, slot, parameters)
    const value = values[Math.floor(mind.chance('guess', `${ordinal}.${slot}`) * values.length)]
    return withSlot(one, slot, value ?? '')
  }, rule)
}
