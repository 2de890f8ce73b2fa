import type { Scenario } from '../../core/scenario.js'
import { briefings } from './briefings.js'
import { oracle } from './oracle.js'
import { tasks } from './tasks.js'

/** Word problems of primary school, without tools. */
export const gsm8k: Scenario = {
  id: 'gsm8k',
  summary: 'Solve a word problem of primary school, without tools.',
  licence: 'MIT',
  attribution:
    'Problems: GSM8K by Karl Cobbe et al., OpenAI (2021), MIT; public tasks, possibly known to the model.',
  realOnly: true,
  tasks,
  briefings,
  oracle,
}
