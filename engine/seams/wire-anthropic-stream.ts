import { argsOf, inputOf } from './wire-calls.js'
import { eventText, piecesOf } from './wire-events.js'
import { isJson, type Json, numberIn, objectsIn, textIn } from './wire-json.js'

/** The message that these events are the stream of. */
export function assembled(events: readonly Json[]): Json | null {
  const start = events.find(({ type }) => type === 'message_start')?.['message']
  if (!isJson(start)) return null
  const blocks = events.flatMap(({ type, index, content_block }) =>
    type === 'content_block_start' && isJson(content_block)
      ? [blockOf(content_block, deltasAt(events, numberIn(index)))]
      : [],
  )
  const ends = events.filter(({ type }) => type === 'message_delta')
  const fields = (name: string): Json =>
    Object.assign({}, ...ends.flatMap((end) => (isJson(end[name]) ? [end[name]] : [])))
  const usage = isJson(start['usage']) ? start['usage'] : {}
  return { ...start, ...fields('delta'), content: blocks, usage: { ...usage, ...fields('usage') } }
}

const deltasAt = (events: readonly Json[], at: number): readonly Json[] =>
  events.flatMap(({ type, index, delta }) =>
    type === 'content_block_delta' && numberIn(index) === at && isJson(delta) ? [delta] : [],
  )

/** Fields of a block that come in pieces of the same name. */
const growing = ['text', 'thinking', 'signature'] as const

function blockOf(start: Json, deltas: readonly Json[]): Json {
  const joined = (field: string) => deltas.map((delta) => textIn(delta[field])).join('')
  const grown = growing.flatMap((field) => {
    const text = `${textIn(start[field])}${joined(field)}`
    return text === '' && !(field in start) ? [] : [[field, text] as const]
  })
  const input = joined('partial_json')
  return {
    ...start,
    ...Object.fromEntries(grown),
    ...('input' in start && input !== '' ? { input: inputOf(input) } : {}),
  }
}

/** A message as the events of its stream. Only here arguments that are no JSON can be said as they are. */
export function events(answer: Json): readonly string[] {
  const { content, stop_reason, stop_sequence = null, usage, ...envelope } = answer
  const message = { ...envelope, content: [], stop_reason: null, stop_sequence: null, usage }
  const all: readonly Json[] = [
    { type: 'message_start', message },
    ...objectsIn(content).flatMap((block, index) => blockEvents(block, index)),
    { type: 'message_delta', delta: { stop_reason, stop_sequence }, usage },
    { type: 'message_stop' },
  ]
  return all.map((event) => eventText(JSON.stringify(event), textIn(event['type'])))
}

function blockEvents(block: Json, index: number): readonly Json[] {
  const { text, thinking, signature, input } = block
  const empty = {
    ...block,
    ...(text === undefined ? {} : { text: '' }),
    ...(thinking === undefined ? {} : { thinking: '' }),
    ...(signature === undefined ? {} : { signature: '' }),
    ...(input === undefined ? {} : { input: {} }),
  }
  const deltas: readonly Json[] = [
    ...pieces(text).map((piece) => ({ type: 'text_delta', text: piece })),
    ...pieces(thinking).map((piece) => ({ type: 'thinking_delta', thinking: piece })),
    ...(signature === undefined ? [] : [{ type: 'signature_delta', signature }]),
    ...(input === undefined ? [] : pieces(argsOf(input))).map((partial_json) => ({
      type: 'input_json_delta',
      partial_json,
    })),
  ]
  return [
    { type: 'content_block_start', index, content_block: empty },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ]
}

const pieces = (text: unknown): readonly string[] => piecesOf(textIn(text))
