/** The form in which texts are looked for in others: white space may be laid out anew on the way; words may not. */
export const collapsed = (text: string): string =>
  text.normalize('NFKC').replace(/\s+/gu, ' ').trim()
