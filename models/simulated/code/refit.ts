import { type Example, failing } from './examples.js'
import { type Rule, type RuleType, withSlot } from './rules.js'

const whole = (low: number, high: number, step = 1): readonly string[] =>
  Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, at) => String(low + at * step))

const amounts: Readonly<Record<RuleType, readonly string[]>> = {
  base: whole(1, 40),
  per: whole(1, 12),
  flat: whole(1, 40),
  each: whole(1, 12),
  times: ['0.5', '0.75', '0.8', '0.9', '1.1', '1.2', '1.25', '1.5', '2'],
  cap: whole(10, 400, 5),
  floor: whole(5, 200, 5),
  round: [],
}

const directions = ['down', 'up']

/** Values that people give to a slot of a rule; a variable is one of the parameters. */
export function valuesFor(
  { type }: Rule,
  slot: string,
  parameters: readonly string[],
): readonly string[] {
  if (slot === 'amount') return amounts[type]
  if (slot === 'threshold') return whole(1, 40)
  if (slot === 'variable') return parameters
  return slot === 'direction' ? directions : []
}

/**
 * The rules with one number changed so that they explain every example, the smallest change that does; null when no such
 * change is found.
 */
export function refitted(
  rules: readonly Rule[],
  parameters: readonly string[],
  examples: readonly Example[],
): readonly Rule[] | null {
  const changes = rules.flatMap((rule, at) =>
    (['amount', 'threshold'] as const).flatMap((slot) => {
      const now = Number(rule.slots[slot] || Number.NaN)
      if (Number.isNaN(now)) return []
      return valuesFor(rule, slot, parameters)
        .filter((value) => Number(value) !== now)
        .map((value) => ({
          size: Math.abs(Number(value) - now) / Math.max(1, Math.abs(now)),
          rules: rules.toSpliced(at, 1, withSlot(rule, slot, value)),
        }))
    }),
  )
  const best = changes
    .toSorted((a, b) => a.size - b.size)
    .find((change) => failing(change.rules, parameters, examples).length === 0)
  return best?.rules ?? null
}
