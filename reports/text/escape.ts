// Names of a user's tasks and systems may hold anything. Format characters turn text around or hide it, and control
// characters move the cursor; half of a surrogate pair is no character at all.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const spelled = (mark: string) =>
  `⟨U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`

/**
 * A text whose control and direction characters can be seen and do nothing.
 *
 * @example
 * 'a\u001b[2J'  ->  'a⟨U+001B⟩[2J'
 */
export function visible(text: string): string {
  return text.replace(unseen, spelled)
}

// A name that Markdown shows as it is: words of letters and digits. `www.` would become a link.
const harmless = /^(?!www\.)[\p{L}\p{N}]+([ .-][\p{L}\p{N}]+)*$/iu

// Sentences that Markdown shows as they are: words, and marks that start nothing between them.
const plain = /^\p{L}[\p{L}\p{N} .,;:()-]*$/u

/** A sentence as Markdown text: as it is when no markup, link or mention can start in it, otherwise as code. */
export function markdownSentence(text: string): string {
  return plain.test(text) && !/www\./i.test(text) ? text : `\`${markdownCode(text)}\``
}

/** A text that stands as it is inside code in Markdown, also in a table, and cannot end that code. */
export function markdownCode(text: string): string {
  return visible(text).replace(/[|`<>&\\]/g, spelled)
}

/**
 * A name as Markdown text that can start no markup, link, mention or table cell: as it is when it is harmless, otherwise
 * as code.
 *
 * @example
 * 'table-qa'    ->  'table-qa'
 * '@all | <b>'  ->  '`@all ⟨U+007C⟩ ⟨U+003C⟩b⟨U+003E⟩`'
 */
export function markdownName(text: string): string {
  return harmless.test(text) ? text : `\`${markdownCode(text)}\``
}
