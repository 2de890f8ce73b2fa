import { type Rng, rng } from '../../core/draw.js'
import { FiredrillError } from '../../core/errors.js'
import type { NonEmpty } from '../../core/lists.js'
import { changed, neighbours, tellsApart } from './changes.js'
import { factors, type Input, isPlain, type Rule, type Work } from './rules.js'

/** The draws that a task follows from. */
export type Origin = Readonly<{ seed: number; task: number }>

/** A work with the inputs that the task shows and those that only the oracle knows. */
export type Assignment = Work & Readonly<{ shown: readonly Input[]; hidden: readonly Input[] }>

const domains: NonEmpty<readonly [string, string, string]> = [
  ['shippingCost', 'weight', 'distance'],
  ['parkingFee', 'hours', 'days'],
  ['loanCharge', 'amount', 'months'],
  ['energyBill', 'usage', 'meters'],
  ['ticketPrice', 'zones', 'passengers'],
  ['repairQuote', 'parts', 'labour'],
  ['storageRent', 'boxes', 'weeks'],
  ['printPrice', 'pages', 'copies'],
]

const highest = 35
const hiddenInputs = 60
const attempts = 1000

/** What a task asks for: drawn again until the hidden inputs show every change of a rule, however small, and every loss. */
export function assignmentOf({ seed, task }: Origin): Assignment {
  // Outside the attempts: what is easy to find would be drawn more often than the rest.
  const shape = shapeOf(rng(seed, 'code-rules', task, 'shape'))
  for (let attempt = 0; attempt < attempts; attempt++) {
    const chance = rng(seed, 'code-rules', task, attempt)
    const work = { ...shape, rules: rulesOf(shape, chance.fork('rules')) }
    const shown = anywhere(work, chance.fork('shown')).slice(0, shape.examples)
    const hidden = hiddenOf(work, chance.fork('hidden'))
    const { name, parameters, rules } = work
    if (isDecided(work, hidden)) return { name, parameters, rules, shown, hidden }
  }
  throw new FiredrillError('internal', `No draw gives task ${task} of code-rules.`, {
    hint: 'Choose another seed, and report this one.',
  })
}

type Shape = Readonly<{
  name: string
  parameters: readonly [string, string]
  flat: string
  each: string
  multiplied: string
  isCapped: boolean
  examples: number
}>

function shapeOf(chance: Rng): Shape {
  const [name, first, second] = chance.fork('domain').pick(domains)
  const isFirst = (purpose: string) => chance.fork(purpose).next() < 0.5
  const [flat, each] = isFirst('flat') ? [first, second] : [second, first]
  return {
    name,
    parameters: [first, second],
    flat,
    each,
    multiplied: isFirst('multiplied') ? first : second,
    isCapped: chance.fork('cap').next() < 0.6,
    examples: chance.fork('examples').integer(2, 5),
  }
}

function rulesOf(shape: Shape, chance: Rng): readonly Rule[] {
  const { flat, each, multiplied, parameters, isCapped } = shape
  const number = (purpose: string, low: number, high: number) =>
    chance.fork(purpose).integer(low, high)
  const above = [
    {
      type: 'flat-above',
      variable: flat,
      threshold: number('flat above', 8, 25),
      amount: number('flat', 3, 20),
    },
    {
      type: 'each-above',
      variable: each,
      threshold: number('each above', 8, 25),
      amount: number('each', 2, 7),
    },
  ] as const
  return [
    { type: 'base', amount: number('base', 2, 30) },
    { type: 'per-unit', variable: parameters[0], amount: number('unit', 1, 6) },
    ...(flat === parameters[0] ? above : above.toReversed()),
    {
      type: 'multiplier',
      variable: multiplied,
      threshold: number('from', 6, 24),
      factor: chance.fork('factor').pick(factors),
    },
    ...(isCapped ? [{ type: 'cap', amount: 10 * number('cap', 9, 20) } as const] : []),
    { type: 'rounding', direction: chance.fork('direction').next() < 0.5 ? 'down' : 'up' },
  ]
}

/** Inputs from everywhere, each once. */
function anywhere(work: Work, chance: Rng): readonly Input[] {
  const drawn = Array.from(
    { length: 2 * hiddenInputs },
    (): Input => [chance.integer(0, highest), chance.integer(0, highest)],
  )
  return usable(work, drawn)
}

/** Inputs on either side of each threshold, then inputs from everywhere. */
function hiddenOf(work: Work, chance: Rng): readonly Input[] {
  const edges = work.rules.flatMap((rule): readonly Input[] => {
    if (!('threshold' in rule)) return []
    const from = rule.type === 'multiplier' ? rule.threshold - 1 : rule.threshold
    return [from, from + 1].flatMap((value) =>
      Array.from({ length: 4 }, (): Input => {
        const other = chance.integer(0, highest)
        return rule.variable === work.parameters[0] ? [value, other] : [other, value]
      }),
    )
  })
  return usable(work, [...edges, ...anywhere(work, chance)]).slice(0, hiddenInputs)
}

function usable(work: Work, inputs: readonly Input[]): readonly Input[] {
  const once = new Map(inputs.map((input) => [input.join(), input]))
  return [...once.values()].filter((input) => isPlain(work, input))
}

// Larger changes show where smaller ones do: every rule moves the result in one direction only.
function isDecided(work: Work, hidden: readonly Input[]): boolean {
  return work.rules.every((rule, at) =>
    [null, ...neighbours(rule)].every((other) =>
      tellsApart(hidden, work, changed(work, at, other)),
    ),
  )
}
