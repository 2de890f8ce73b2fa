/** The JSON that a model answered, alone or in one fence; undefined when it is none. */
export function jsonIn(said: string): unknown {
  try {
    return JSON.parse(unfenced(said)) as unknown
  } catch {
    return undefined // Prose, or a JSON text with prose around it.
  }
}

function unfenced(said: string): string {
  const trimmed = said.trim()
  const [, mark = '', body = ''] = /^(`{3,})(?:json)?[ \t]*\r?\n([\s\S]*)$/i.exec(trimmed) ?? []
  if (mark === '' || !body.endsWith(`\n${mark}`)) return trimmed
  return body.slice(0, -mark.length)
}

/** A text of others on one line, short enough for a note. */
export const brief = (text: string): string => {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 160)}…` : line
}
