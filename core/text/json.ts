/** Deeper than any tool answers; JSON nested further is left alone, since walking it could exhaust the stack. */
const deepest = 100

function depthOf(text: string): number {
  let depth = 0
  let most = 0
  for (const bracket of text.match(/[[\]{}]/g) ?? []) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    if (depth > most) most = depth
  }
  return most
}

/** The object or array that a text is as a whole; null when it is anything else. */
export function parseJson(text: string): object | null {
  const trimmed = text.trim()
  const looksRight = /^[{[]/.test(trimmed) && /[}\]]$/.test(trimmed.slice(-1))
  if (!looksRight || depthOf(trimmed) > deepest) return null
  try {
    return JSON.parse(trimmed) as object
  } catch {
    return null // Prose in brackets: not JSON, and nothing is wrong with that.
  }
}

/** A copy of a JSON value with its strings and numbers changed, in reading order; undefined removes the member. */
export function mapLeaves(
  value: unknown,
  change: (leaf: string | number, key: string) => string | number | undefined,
  key = '',
): unknown {
  if (typeof value === 'string' || typeof value === 'number') return change(value, key)
  if (Array.isArray(value)) {
    return value.map((member) => mapLeaves(member, change, key)).filter((m) => m !== undefined)
  }
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([k, member]) => [k, mapLeaves(member, change, k)])
  return Object.fromEntries(members.filter(([, member]) => member !== undefined))
}
