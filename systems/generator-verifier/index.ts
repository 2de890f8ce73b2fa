import type { System } from '../../core/system.js'
import { dedupe, subscriptions } from '../defences.js'
import { taskInput } from '../messages.js'
import { leavingOut } from '../variant.js'
import { build } from './graph.js'

/** Chains of generating, verifying and refining that work side by side. */
export const generatorVerifier: System = {
  id: 'generator-verifier',
  summary: 'Three chains that generate, verify and refine side by side; most votes win.',
  // Nobody gets a second chance: two other chains make up for one that goes wrong.
  build: leavingOut(build, 'tool-retry', 'block-retry'),
  input: taskInput,
  answer: (state) => (state as { answer?: string | null }).answer ?? null,
  unfit: {
    final: 'What is done cannot be undone there, so verifying it afterwards is pointless.',
  },
  defences: [
    {
      id: 'verifier',
      tier: 'mechanism',
      summary: 'What is generated is verified before it is refined.',
    },
    {
      id: 'own-source',
      tier: 'mechanism',
      summary: 'Verifiers read the task themselves, not only the draft.',
    },
    {
      id: 'majority',
      tier: 'mechanism',
      summary: 'Three chains work where one would do, and what most of them deliver is the answer.',
    },
    dedupe,
    subscriptions,
  ],
}
