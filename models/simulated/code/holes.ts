import type { Mind } from '../chance.js'
import { type Example, failing } from './examples.js'
import { valuesFor } from './refit.js'
import { holesIn, inOrder, ordinalOf, type Rule, withSlot } from './rules.js'
import { sentenceOf } from './sentences.js'
import type { Settled } from './settle.js'

/** What the values of holes are found with. */
type Ground = Readonly<{ parameters: readonly string[]; examples: readonly Example[] }>

/** Puts a value into every hole: one that the examples bear out when it is looked for, else a guess that is drawn. */
export function fillHoles(settled: Settled, mind: Mind, ground: Ground): Settled {
  const notes = [...settled.notes]
  const doubts = [...settled.doubts]
  const rules: Rule[] = [...settled.rules]
  for (const [at, rule] of settled.rules.entries()) {
    if (holesIn(rule).length === 0) continue
    const ordinal = ordinalOf(rule, ground.parameters)
    const guess = guessed(rule, mind, ground)
    rules[at] = guess
    if (!mind.happens('notice', `hole ${ordinal}`, mind.profile.notice)) {
      mind.note(`guess: ${ordinal}`)
      continue
    }
    mind.note(`noticed a gap: ${ordinal}`)
    const others = rules.filter((other) => other !== guess && holesIn(other).length === 0)
    const fit = fitted(rule, others, ground)
    if (fit) {
      mind.note(`found by examples: ${ordinal}`)
      rules[at] = fit
      notes.push(`I find by the examples: ${sentenceOf(fit)}`)
      continue
    }
    mind.note(`guess: ${ordinal}`)
    doubts.push(`What is meant by "${sentenceOf(rule).replace(/\.$/, '')}"?`)
    notes.push(`I take it that this is meant: ${sentenceOf(guess)}`)
  }
  return { rules: inOrder(rules, ground.parameters), notes, doubts }
}

/** The rule with the first values that let all examples hold; null when there are none to hold, or no such values. */
function fitted(rule: Rule, others: readonly Rule[], ground: Ground): Rule | null {
  const { parameters, examples } = ground
  if (examples.length === 0) return null
  const explains = (one: Rule) =>
    failing(inOrder([...others, one], parameters), parameters, examples).length === 0
  return filled(rule, parameters).find(explains) ?? null
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
