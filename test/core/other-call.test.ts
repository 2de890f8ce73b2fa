import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rng } from '../../core/draw.js'
import { fits, type JsonSchema } from '../../core/json-schema.js'
import { otherCall } from '../../core/other-call.js'

const tool = (name: string, properties: JsonSchema['properties'] = {}, required?: string[]) => ({
  name,
  description: '',
  schema: { type: 'object', properties, required: required ?? Object.keys(properties) },
})
type Tool = ReturnType<typeof tool>

const text = { type: 'string' } as const
const find = tool('find_rows', { column: text, value: text })
const args = { column: 'City', value: 'Rome' }

function called(
  others: readonly Tool[],
  {
    given = args as Record<string, unknown>,
    elsewhere = '',
    taskText = '',
    seed = 1,
    of = find,
  } = {},
) {
  const call = { name: of.name, args: given, tool: of, index: 0, with: () => null }
  return otherCall(call, { tools: [of, ...others], elsewhere, taskText, rng: rng(seed) })
}

describe('another call', () => {
  test('is of the tool that shares most arguments, which it takes over', () => {
    const others = [
      tool('list'),
      tool('sort_rows', { column: text }),
      tool('count_rows', find.schema.properties),
    ]
    for (let seed = 0; seed < 10; seed++) {
      expect(called(others, { seed })).toEqual({ name: 'count_rows', args })
    }
  })

  test('has what the other tool requires, and nothing else', () => {
    const other = tool('sort_rows', { column: text, order: text }, ['column'])
    expect(called([other])).toEqual({ name: 'sort_rows', args: { column: 'City' } })
    expect(called([tool('list_columns')])).toEqual({ name: 'list_columns', args: {} })
  })

  test.each<readonly [string, JsonSchema, object, unknown]>([
    ['a value of the call', text, {}, ['City', 'Rome']],
    ['a member', { enum: ['up'] }, {}, ['up']],
    ['a number that was read', { type: 'integer' }, { taskText: 'Take 12 rows.' }, [12]],
    ['a number that the schema takes', { type: 'integer', minimum: 5, maximum: 5 }, {}, [5]],
    ['a yes or a no', { type: 'boolean' }, {}, [true, false]],
    ['an empty list', { type: 'array', items: text }, {}, [[]]],
    [
      'a date that was read',
      { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
      { elsewhere: 'It leaves on 2031-05-14.' },
      ['2031-05-14'],
    ],
  ])('fills the rest with %s', (_, schema, known, expected) => {
    expect(expected).toContainEqual(called([tool('other', { x: schema })], known)?.args['x'])
  })

  test.each([
    'ask_person',
    'final_answer',
    'submit-form',
    'finish',
    'askUser',
    'finalAnswer',
    'transfer_to_clerk',
    'transferToClerk',
    'delegate',
  ])('is never one that ends or hands over the work: %s', (name) => {
    expect(called([tool(name)])).toBeNull()
  })

  test.each(['task_list', 'send_report', 'lookup', 'answers', 'askew', 'list_transfers'])(
    'may be one that only sounds a little like that: %s',
    (name) => {
      expect(called([tool(name)])?.name).toBe(name)
    },
  )

  test('of one that hands over hands over to somebody else', () => {
    const [of, other] = [tool('transfer_to_clerk'), tool('transfer_to_porter')]
    expect(called([find, other], { of, given: {} })?.name).toBe('transfer_to_porter')
  })

  test.each([
    ['there is no other tool', []],
    ['a value cannot be found', [tool('other', { x: { type: 'object' } })]],
    ['no value fits', [tool('other', { x: { type: 'string', pattern: '^Q$' } })]],
  ])('is none when %s', (_, others) => {
    expect(called(others)).toBeNull()
  })

  const schemas = fc.constantFrom<JsonSchema>(
    ...[text, { type: 'integer', minimum: 3 }, { type: 'number' }, { enum: ['up', 'down'] }],
    ...([
      { type: 'boolean' },
      { type: 'array' },
      { type: 'string', pattern: '^[A-Z]\\d$' },
    ] as const),
  )

  test('fits the schema of its tool', () => {
    fc.assert(
      fc.property(
        ...[fc.dictionary(fc.constantFrom('column', 'value', 'x', 'y'), schemas), fc.integer()],
        fc.dictionary(fc.constantFrom('column', 'x'), fc.jsonValue({ maxDepth: 1 })),
        (properties, seed, given) => {
          const other = tool('other', properties)
          const call = called([other], { given, seed, elsewhere: 'Rome has 12 beds. "B2".' })
          if (call) expect(fits(other.schema, call.args)).toBe(true)
        },
      ),
    )
  })
})
