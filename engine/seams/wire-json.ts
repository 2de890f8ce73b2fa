/** An object of a request or a reply, of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>

/** Whether a value is an object with named fields. */
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects in a list; none if it is no list. */
export const objectsIn = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter(isJson) : []

/** A text; empty if the value is none. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A number; zero if the value is none. */
export const numberIn = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** The object that a text says in JSON; null if it says none. */
export function parsedJson(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : null
  } catch {
    return null
  }
}
