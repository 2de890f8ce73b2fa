import type { Site } from '../site.js'
import type { Fact } from './fact.js'
import { mentions } from './mentions.js'

/** Whether somebody can still get at facts that went: by asking, by calling a tool, or since all are told elsewhere. */
export function isRestorable(
  facts: readonly Fact[],
  { canAsk, tools, elsewhere }: Pick<Site, 'canAsk' | 'tools' | 'elsewhere'>,
): boolean {
  if (canAsk || tools.length > 0) return true
  return facts.length > 0 && facts.every(mentions(elsewhere))
}
