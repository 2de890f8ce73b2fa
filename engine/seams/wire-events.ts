import { type Json, parsedJson } from './wire-json.js'

/** The objects that a stream of server-sent events carries, in order; what is no object, such as `[DONE]`, is left out. */
export function eventsIn(stream: string): readonly Json[] {
  return stream.split(/\r?\n\r?\n|\r\r/).flatMap((event) => {
    const data = event
      .split(/\r\n|\n|\r/)
      .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).replace(/^ /, '')] : []))
      .join('\n')
    const value = parsedJson(data)
    return value ? [value] : []
  })
}

/** One server-sent event. Only Anthropic's have names. */
export const eventText = (data: string, name?: string): string =>
  `${name ? `event: ${name}\n` : ''}data: ${data}\n\n`

/** A text in the pieces in which a provider may stream it; their sum is the text. */
export const piecesOf = (text: string): readonly string[] => text.match(/.{1,16}/gsu) ?? []
