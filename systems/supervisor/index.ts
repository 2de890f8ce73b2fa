import type { System } from '../../core/system.js'
import { blockRetry, dedupe, guardPrompt, toolRetry } from '../defences.js'
import { answerBy, taskInput } from '../messages.js'
import { build } from './graph.js'

/** A hub with spokes. */
export const supervisor: System = {
  id: 'supervisor',
  summary: 'A supervisor through whom every message goes: a planner, a builder, a checker.',
  build,
  input: taskInput,
  answer: answerBy('builder'),
  defences: [
    {
      id: 'known-agent',
      tier: 'rule',
      summary: 'An order that names nobody who is there is asked for once more.',
    },
    {
      id: 'relay-by-leader',
      tier: 'rule',
      summary: 'Planner, builder and checker read only what the supervisor writes to them.',
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
    toolRetry,
    blockRetry,
  ],
}
