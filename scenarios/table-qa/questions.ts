import { z } from 'zod'

const column = z.string()
const cell = z.string()
const inTable = { table: z.string() }
const byKey = { ...inTable, key: column, number: column }
const direction = z.enum(['high', 'low'])

/** A question about one table, as data: what is asked, of which columns and cells. It does not hold the answer. */
export const questionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('most'), ...byKey, direction }),
  z.strictObject({ type: z.literal('nth'), ...byKey, direction, rank: z.literal([2, 3]) }),
  z.strictObject({ type: z.literal('count'), ...inTable, number: column, above: z.number() }),
  z.strictObject({ type: z.literal('total'), ...inTable, number: column }),
  z.strictObject({ type: z.literal('difference'), ...byKey, first: cell, second: cell }),
  z.strictObject({ type: z.literal('compare'), ...byKey, first: cell, second: cell }),
  z.strictObject({ type: z.literal('filter'), ...byKey, category: column, value: cell }),
])
export type Question = Readonly<z.infer<typeof questionSchema>>
export type QuestionType = Question['type']

/** The types in the order in which tasks take turns. */
export const questionTypes = [
  'most',
  'nth',
  'count',
  'total',
  'difference',
  'compare',
  'filter',
] as const satisfies readonly QuestionType[]

const quoted = (text: string) => `"${text}"`
const ranks = { 2: 'second', 3: 'third' } as const
const superlatives = {
  high: { most: 'highest', name: 'largest', sorted: 'from high to low' },
  low: { most: 'lowest', name: 'smallest', sorted: 'from low to high' },
} as const

/** The sentences that ask a question; every question can be asked in two ways. */
export function sentences(question: Question): readonly [string, string] {
  const number = quoted(question.number)
  switch (question.type) {
    case 'count': {
      const { above } = question
      return [
        `How many rows have ${number} above ${above}?`,
        `In how many rows is ${number} greater than ${above}?`,
      ]
    }
    case 'total':
      return [`What is the total of ${number}?`, `Add up ${number} over all rows. What is the sum?`]
    case 'difference': {
      const [first, second] = [quoted(question.first), quoted(question.second)]
      return [
        `By how much does the ${number} of ${first} exceed the ${number} of ${second}?`,
        `What is the ${number} of ${first} minus the ${number} of ${second}?`,
      ]
    }
    case 'compare': {
      const [first, second] = [quoted(question.first), quoted(question.second)]
      return [
        `Which has the higher ${number}, ${first} or ${second}?`,
        `Is the ${number} of ${first} or of ${second} higher? Name it.`,
      ]
    }
    default:
      return sentencesOfRank(question)
  }
}

function sentencesOfRank(
  question: Extract<Question, { type: 'most' | 'nth' | 'filter' }>,
): readonly [string, string] {
  const [key, number] = [quoted(question.key), quoted(question.number)]
  switch (question.type) {
    case 'most': {
      const { most, name } = superlatives[question.direction]
      return [
        `Which ${key} has the ${most} ${number}?`,
        `Name the ${key} with the ${name} ${number}.`,
      ]
    }
    case 'nth': {
      const rank = ranks[question.rank]
      const { most, sorted } = superlatives[question.direction]
      return [
        `Which ${key} has the ${rank} ${most} ${number}?`,
        `Name the ${key} that comes ${rank} when ${number} is sorted ${sorted}.`,
      ]
    }
    case 'filter': {
      const [category, value] = [quoted(question.category), quoted(question.value)]
      return [
        `Among the rows where ${category} is ${value}, which ${key} has the highest ${number}?`,
        `Of all rows with ${category} equal to ${value}, name the ${key} with the largest ${number}.`,
      ]
    }
    default:
      return question satisfies never
  }
}
