/** Puts a text of others between fences. */
export type Fenced = (text: string) => string

/** Fences for texts of others, longer than any row of backticks in them: none of them can end its own. */
export function fencing(foreign: readonly string[]): Fenced {
  const rows = foreign.flatMap((text) => text.match(/`+/g) ?? [])
  const mark = '`'.repeat(1 + rows.reduce((most, row) => Math.max(most, row.length), 2))
  return (text) => `${mark}\n${text}\n${mark}`
}
