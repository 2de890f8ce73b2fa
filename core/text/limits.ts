import { dropped } from './cut.js'
import { edited } from './edits.js'
import { read } from './facts.js'
import { occurrences } from './occurrences.js'
import { isFormatRule } from './rank.js'

/** Sentences that draw the border of a role: what is not its business, and to whom it leaves that. */
const border =
  /\b(?:only|do not|don't|never|must not|leave (?:it|that|them) to|hand (?:it|them|over)|pass (?:it|them) on|nothing else|not your)\b/i

/**
 * A role's text without the sentences that limit it. What says in which form to reply stays, and so does what it is.
 *
 * @example
 * You are the planner. Do not search yourself.  ->  You are the planner.
 */
export function withoutLimits(text: string, protect: readonly string[]): string {
  const { document, units } = read(text)
  const limits = units.filter(({ leaf, start, end, kind }) => {
    const said = document.leaves[leaf]?.text.slice(start, end) ?? ''
    const isHeld = protect.some((string) => occurrences(said, string).length > 0)
    return kind !== 'code' && border.test(said) && !isFormatRule(said) && !isHeld
  })
  const left = edited(
    document,
    limits.map((unit) => dropped(unit, document.leaves[unit.leaf]?.text ?? '')),
  ).trim()
  return left === '' ? text : left
}

/** A role's text without what says in which form to reply: the form belongs to whoever had the role first. */
export function withoutForm(text: string): string {
  const { document, units } = read(text)
  const forms = units.filter(({ leaf, start, end }) =>
    isFormatRule(document.leaves[leaf]?.text.slice(start, end) ?? ''),
  )
  return edited(
    document,
    forms.map((unit) => dropped(unit, document.leaves[unit.leaf]?.text ?? '')),
  ).trim()
}
