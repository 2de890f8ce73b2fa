import type { System } from '../../core/system.js'
import { blockRetry, dedupe, subscriptions, toolRetry } from '../defences.js'
import { answerBy, taskInput } from '../messages.js'
import { leavingOut } from '../variant.js'
import { build } from './graph.js'

/** A loop of judging, criticising and refining. */
export const criticLoop: System = {
  id: 'critic-loop',
  summary: 'A generator whose work a judge rejects and a critic and a refiner improve, in a loop.',
  build: leavingOut(build, 'ask-person'),
  input: taskInput,
  answer: answerBy('generator', 'refiner'),
  agents: ['generator', 'judge', 'router', 'critic', 'refiner'],
  unfit: {
    final: 'What is done cannot be undone there, so judging it afterwards is pointless.',
  },
  defences: [
    {
      id: 'judge-loop',
      tier: 'mechanism',
      summary: 'A judge looks at the work, and what it rejects is refined.',
    },
    {
      id: 'own-source',
      tier: 'mechanism',
      summary: 'Judge and critic read the task themselves, not only what was made of it.',
    },
    {
      id: 'truncate-and-replan',
      tier: 'mechanism',
      summary: 'The refiner gets only the steps before the first wrong one.',
    },
    {
      id: 'turn-limit',
      tier: 'rule',
      summary: 'After 5 refinements the last one stands.',
    },
    dedupe,
    subscriptions,
    toolRetry,
    blockRetry,
  ],
}
