import type { System } from '../../core/system.js'
import { blockRetry, dedupe, toolRetry } from '../defences.js'
import { answerBy, taskInput } from '../messages.js'
import { build } from './graph.js'

/** Agents that hand the work to each other. */
export const swarm: System = {
  id: 'swarm',
  summary: 'Three agents of which one is active and hands the work over with a tool.',
  build,
  input: taskInput,
  answer: answerBy('builder'),
  defences: [
    {
      id: 'full-history',
      tier: 'mechanism',
      summary: 'Whoever gets the work reads all that was said before, not only the reason.',
    },
    {
      id: 'checker-last',
      tier: 'rule',
      summary: 'The builder cannot end work that the checker has not seen.',
    },
    {
      id: 'known-agent',
      tier: 'rule',
      summary: 'An agent whose call hands the work to nobody is asked once more.',
    },
    {
      id: 'one-active',
      tier: 'rule',
      summary: 'Only the agent to whom the work was handed acts.',
    },
    {
      id: 'ping-pong-guard',
      tier: 'rule',
      summary: 'Two who have handed the work to each other twice have to finish it.',
    },
    {
      id: 'turn-limit',
      tier: 'rule',
      summary: 'The 9th hand-over ends the work.',
    },
    dedupe,
    toolRetry,
    blockRetry,
  ],
}
