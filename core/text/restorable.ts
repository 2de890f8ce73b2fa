import type { Site } from '../site.js'
import type { Fact } from './fact.js'
import { mentions } from './mentions.js'

/**
 * Whether somebody can still get at facts that went: by asking, by calling a tool,
 * by going back to the task, or since all are told elsewhere.
 */
export function isRestorable(
  facts: readonly Fact[],
  { canAsk, taskReread, tools, elsewhere }: Site,
): boolean {
  if (canAsk !== 'nobody' || taskReread || tools.length > 0) return true
  return facts.length > 0 && facts.every(mentions(elsewhere))
}
