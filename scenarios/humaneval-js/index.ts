import type { Scenario } from '../../core/scenario.js'
import { briefings } from './briefings.js'
import { oracle } from './oracle.js'
import { tasks } from './tasks.js'

/** HumanEval-X, JavaScript part: functions to be completed. */
export const humanevalJs: Scenario = {
  id: 'humaneval-js',
  summary: 'Complete a JavaScript function of HumanEval-X.',
  licence: 'Apache-2.0',
  attribution:
    'Problems: HumanEval-X by Qinkai Zheng et al. (2023), Apache-2.0, made from HumanEval by Mark Chen et al., OpenAI (2021), MIT; public tasks, possibly known to the model.',
  realOnly: true,
  keepsNumbers: true,
  tasks,
  briefings,
  oracle,
}
