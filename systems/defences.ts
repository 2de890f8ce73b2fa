import type { Defence } from '../core/system.js'

/** Copies of a message do nothing. */
export const dedupe: Defence = {
  id: 'dedupe',
  tier: 'rule',
  summary: 'A message is kept once and answered once, however often it arrives.',
}

/** Agents are activated by certain colleagues only. */
export const subscriptions: Defence = {
  id: 'subscriptions',
  tier: 'rule',
  summary: 'An agent acts only on messages of the colleagues it listens to.',
}

/** A missing deliverable is asked for. */
export const blockRetry: Defence = {
  id: 'block-retry',
  tier: 'mechanism',
  summary: 'An agent whose deliverable lacks its fenced block is asked for it once more.',
}

/** A refused tool call may be repaired. */
export const toolRetry: Defence = {
  id: 'tool-retry',
  tier: 'mechanism',
  summary: 'The error of a tool goes back to the agent that called, at most 3 times in a row.',
}
