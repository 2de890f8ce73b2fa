/** One property of a tool's arguments, as far as it helps to fill it. */
export type Property = Readonly<{
  name: string
  /** Words of its name and of its description. */
  nameWords: readonly string[]
  words: readonly string[]
  /** What it takes; the model has nothing to put into a property of another kind. */
  takes: 'text' | 'number' | 'other'
  choices: readonly string[]
  least: number
  most: number
}>

/** A tool as its schema describes it. */
export type OfferedTool = Readonly<{
  name: string
  nameWords: readonly string[]
  words: readonly string[]
  required: readonly Property[]
}>

const idle = new Set(
  'a an the of to in on by is are be it its that this with for and or as from at where one each'.split(
    ' ',
  ),
)

/** The words of a text that carry meaning: lower case, identifiers taken apart, without the plural. */
export function wordsIn(text: string): readonly string[] {
  const apart = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  const words = apart.split(/[^a-z]+/).filter((word) => word !== '' && !idle.has(word))
  return [...new Set(words.map((word) => (word.length > 3 ? word.replace(/s$/, '') : word)))]
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}

const textIn = (fields: Fields, name: string) => {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

/** Reads a tool in the form in which chat models get them: `{ type: 'function', function: { … } }`. */
export function readTool(given: unknown): OfferedTool | null {
  const described = fieldsOf(fieldsOf(given)['function'] ?? given)
  const name = textIn(described, 'name')
  if (name === '') return null
  const description = textIn(described, 'description')
  const schema = fieldsOf(described['parameters'])
  const properties = fieldsOf(schema['properties'])
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : []
  return {
    name,
    nameWords: wordsIn(name),
    words: wordsIn(description),
    required: required.map((property) => readProperty(property, fieldsOf(properties[property]))),
  }
}

function readProperty(name: string, schema: Fields): Property {
  const { minimum, maximum } = schema
  return {
    name,
    nameWords: wordsIn(name),
    words: wordsIn(textIn(schema, 'description')),
    takes: takenBy(schema['type']),
    choices: Array.isArray(schema['enum']) ? schema['enum'].map(String) : [],
    least: typeof minimum === 'number' ? minimum : Number.NEGATIVE_INFINITY,
    most: typeof maximum === 'number' ? maximum : Number.POSITIVE_INFINITY,
  }
}

function takenBy(type: unknown): Property['takes'] {
  if (type === 'integer' || type === 'number') return 'number'
  return type === 'string' || type === undefined ? 'text' : 'other'
}
