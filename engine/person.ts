import type { Task } from '../core/scenario.js'

/**
 * What whoever gave a task says when asked what was meant: its facts, one by one, as they are and not as a fault tells
 * them; every line of a task whose facts nobody has listed.
 */
export function clarified({ text, facts }: Task): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const meant = facts.length > 0 ? facts.map(({ sentence }) => sentence) : lines
  return ['I mean this:', ...meant.map((line) => `- ${line}`)].join('\n')
}
