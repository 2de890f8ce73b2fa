import type { ToolAnswer } from './site.js'
import { facts } from './text/facts.js'
import { mentions } from './text/mentions.js'
import { wordsOf } from './text/normalise.js'

/**
 * Whether the work made use of what a tool answered: it repeats some of its facts or numbers, or the answer states none.
 */
export function isUsed({ text }: ToolAnswer, later: string): boolean {
  const stated = facts(text)
  if (stated.length === 0) return later.trim() !== ''
  if (stated.some(mentions(later))) return true
  // A short answer such as "sum 4" is one value as a whole; who uses it says the number.
  const said = new Set(wordsOf(later))
  return wordsOf(text).some((word) => /\d/.test(word) && said.has(word))
}

/** Whether two answers of tools say the same. */
export const isSameAnswer = (a: ToolAnswer, b: ToolAnswer): boolean =>
  a.failed === b.failed && a.text.trim() === b.text.trim()
