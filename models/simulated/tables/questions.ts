import { type Slots, sentenceForm } from '../sentence-form.js'
import type { Step } from './steps.js'

/** Turns what a question says into the steps that answer it. */
type Solve = (said: Slots) => readonly Step[]

const rank: Solve = ({ key = '', column = '', order = '', row = '1' }) => [
  { op: 'sort', slots: { column, order } },
  { op: 'pick', slots: { column: key, row } },
]

const filteredRank: Solve = ({ filter = '', wanted = '', ...rest }) => [
  { op: 'find', slots: { column: filter, comparison: 'is', value: wanted } },
  ...rank(rest),
]

const count: Solve = ({ column = '', comparison = '', value = '' }) => [
  { op: 'count', slots: { column, comparison, value } },
  { op: 'give-count', slots: {} },
]

const total: Solve = ({ column = '' }) => [
  { op: 'total', slots: { column } },
  { op: 'give-total', slots: {} },
]

// The question does not say in which column the two names stand: that slot stays unstated, not empty.
const findBoth: Solve = ({ left = '', right = '' }) => [
  { op: 'find', slots: { comparison: 'is', value: left } },
  { op: 'find', slots: { comparison: 'is', value: right } },
]

const difference: Solve = ({ column = '', column2 = '', ...names }) => [
  ...findBoth(names),
  { op: 'minus', slots: { column, column2: column2 || column, left: '1', right: '2' } },
]

const deficit: Solve = ({ left = '', right = '', ...rest }) =>
  difference({ ...rest, left: right, right: left })

const comparison: Solve = ({ column = '', which = '', ...names }) => [
  ...findBoth(names),
  { op: 'higher', slots: { column, which } },
]

const forms = (
  [
    ['Which {key:quoted} has the {order:extreme} {column:quoted}?', rank],
    ['Name the {key:quoted} with the {order:extreme} {column:quoted}.', rank],
    ['Which {key:quoted} has the {row:rank} {order:extreme} {column:quoted}?', rank],
    [
      'Name the {key:quoted} that comes {row:rank} when {column:quoted} is sorted from {order:order}.',
      rank,
    ],
    ['How many rows have {column:quoted} {comparison:than} {value:number}?', count],
    ['In how many rows is {column:quoted} {comparison:than} {value:number}?', count],
    ['What is the total of {column:quoted}?', total],
    ['Add up {column:quoted} over all rows.', total],
    [
      'By how much does the {column:quoted} of {left:quoted} exceed the {column2:quoted} of {right:quoted}?',
      difference,
    ],
    [
      'What is the {column:quoted} of {left:quoted} minus the {column2:quoted} of {right:quoted}?',
      difference,
    ],
    [
      'By how much does the {column:quoted} of {left:quoted} fall below the {column2:quoted} of {right:quoted}?',
      deficit,
    ],
    ['Which has the {which:which} {column:quoted}, {left:quoted} or {right:quoted}?', comparison],
    ['Is the {column:quoted} of {left:quoted} or of {right:quoted} {which:which}?', comparison],
    [
      'Among the rows where {filter:quoted} is {wanted:quoted}, which {key:quoted} has the {order:extreme} {column:quoted}?',
      filteredRank,
    ],
    [
      'Of all rows with {filter:quoted} equal to {wanted:quoted}, name the {key:quoted} with the {order:extreme} {column:quoted}.',
      filteredRank,
    ],
  ] as const
).map(([text, solve]) => ({ form: sentenceForm(text), solve }))

/** The steps that answer a question, holes and all; null when the sentence is no question of a known form. */
export function readQuestion(sentence: string): readonly Step[] | null {
  for (const { form, solve } of forms) {
    const said = form.read(sentence)
    if (said) return solve(said)
  }
  return readTornQuestion(sentence)
}

/** Of all forms that fit a damaged question, the one of which most is left. */
function readTornQuestion(sentence: string): readonly Step[] | null {
  const fits = forms.flatMap(({ form, solve }) => {
    const said = form.readTorn(sentence)
    return said ? [{ solve, said, left: Object.values(said).filter(Boolean).length }] : []
  })
  const most = Math.max(0, ...fits.map(({ left }) => left))
  const best = fits.find(({ left }) => left === most)
  return best ? best.solve(best.said) : null
}

/** Whether a sentence only accompanies a question: it says nothing that could be lost. */
export const isCompanion = (sentence: string): boolean =>
  /^(?:what is the sum\?|name it\.)$/i.test(sentence)
