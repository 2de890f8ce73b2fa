import type { System } from '../../core/system.js'
import { blockRetry, dedupe, guardPrompt } from '../defences.js'
import { answerBy, taskInput } from '../messages.js'
import { leavingOut } from '../variant.js'
import { build } from './graph.js'

/** A hub with spokes. */
export const supervisor: System = {
  id: 'supervisor',
  summary: 'A supervisor through whom every message goes: a planner, a builder, a checker.',
  // The hub sends work back that went wrong, and nobody has to try again by itself.
  build: leavingOut(build, 'shared-pool', 'tool-retry'),
  input: taskInput,
  answer: answerBy('builder'),
  defences: [
    {
      id: 'known-agent',
      tier: 'rule',
      summary: 'An order that names nobody who is there is asked for once more.',
    },
    {
      id: 'subscriptions',
      tier: 'rule',
      summary: 'An agent acts only on orders that name it.',
    },
    {
      id: 'turn-limit',
      tier: 'rule',
      summary: 'After 8 orders the last work stands.',
    },
    guardPrompt,
    dedupe,
    blockRetry,
  ],
}
