/** A field as it was meant: white space around it and typographic hyphens are slips of whoever typed it. */
export const plain = (text: string): string =>
  text
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()

/** What two spellings of one name have in common. */
export const keyOf = (text: string): string => plain(text).toLowerCase()

/** A name as an id. */
export const idOf = (text: string): string =>
  keyOf(text)
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^-+|-+$/g, '')

/** The number of a task: some tables put the name of its part in front. */
export const taskOf = (text: string): string => plain(text).replace(/^test-/i, '')
