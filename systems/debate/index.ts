import type { System } from '../../core/system.js'
import { blockRetry, dedupe, toolRetry } from '../defences.js'
import { answerBy, taskInput } from '../messages.js'
import { debaters } from './debaters.js'
import { build } from './graph.js'

const chairsAnswer = answerBy('chair')
const wouldOverwrite =
  'Agents that work side by side would overwrite what the others did in the one world they share.'

/** Several agents answer the same task, read each other and vote. */
export const debate: System = {
  id: 'debate',
  summary: 'Three agents that answer alone, read each other, answer again and vote.',
  build,
  input: taskInput,
  answer: (state) => (state as { answer?: string | null }).answer ?? chairsAnswer(state),
  agents: [...debaters, 'chair'],
  unfit: { undoable: wouldOverwrite, final: wouldOverwrite },
  defences: [
    {
      id: 'revision-round',
      tier: 'mechanism',
      summary: 'After a first answer the debaters read each other and answer again.',
    },
    {
      id: 'vote',
      tier: 'mechanism',
      summary: 'What most debaters say is the answer, and without a majority a chair decides.',
    },
    {
      id: 'own-task',
      tier: 'mechanism',
      summary: 'Debaters read the task again beside what their peers say.',
    },
    dedupe,
    toolRetry,
    blockRetry,
  ],
}
