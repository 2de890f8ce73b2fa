import type { ToolAnswer } from './site.js'
import { facts } from './text/facts.js'
import { mentions } from './text/mentions.js'

/** Whether the work made use of what a tool answered: it repeats some of its facts, or the answer states none. */
export function isUsed({ text }: ToolAnswer, later: string): boolean {
  const stated = facts(text)
  return stated.length === 0 ? later.trim() !== '' : stated.some(mentions(later))
}

/** Whether two answers of tools say the same. */
export const isSameAnswer = (a: ToolAnswer, b: ToolAnswer): boolean =>
  a.failed === b.failed && a.text.trim() === b.text.trim()
