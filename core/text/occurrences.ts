const wordMark = /[\p{L}\p{M}\p{N}_]/u

const isInside = (a: string | undefined, b: string | undefined) =>
  a !== undefined && b !== undefined && wordMark.test(a) && wordMark.test(b)

/** Where a string stands in a text as a whole: `art` is not in `party`. */
export function occurrences(text: string, string: string): readonly number[] {
  const found: number[] = []
  if (string === '') return found
  for (let at = text.indexOf(string); at >= 0; at = text.indexOf(string, at + string.length)) {
    const end = at + string.length
    const isCut = isInside(text[at - 1], text[at]) || isInside(text[end - 1], text[end])
    if (!isCut) found.push(at)
  }
  return found
}

/** Whether a changed text still holds every string as often as before, or more often. */
export function keepsAll(before: string, after: string, strings: readonly string[]): boolean {
  return strings.every(
    (string) => occurrences(after, string).length >= occurrences(before, string).length,
  )
}
