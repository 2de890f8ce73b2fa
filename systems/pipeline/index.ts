import type { System } from '../../core/system.js'
import { blockRetry, dedupe, subscriptions, toolRetry } from '../defences.js'
import { answerBy, taskInput } from '../messages.js'
import { build } from './graph.js'

/** A fixed procedure with a pool of messages that everybody reads. */
export const pipeline: System = {
  id: 'pipeline',
  summary: 'Three agents in a line that share one pool of messages: plan, produce, decide.',
  build,
  input: taskInput,
  answer: answerBy('reviewer'),
  defences: [
    {
      id: 'shared-pool',
      tier: 'mechanism',
      summary:
        'Engineer and reviewer read the task and all messages, not only what was handed to them.',
    },
    dedupe,
    subscriptions,
    {
      id: 'ask-channel',
      tier: 'mechanism',
      summary: 'The engineer may send a question back to the analyst, at most twice.',
      asks: 'peer',
    },
    toolRetry,
    blockRetry,
  ],
}
