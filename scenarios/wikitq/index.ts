import type { Scenario } from '../../core/scenario.js'
import { tableTools } from '../table-qa/tools.js'
import { briefings } from './briefings.js'
import { oracle } from './oracle.js'
import { gridOf, questionOf, tasks } from './tasks.js'

/** Questions that people asked about real tables, to be answered with the tools of table-qa. */
export const wikitq: Scenario = {
  id: 'wikitq',
  summary: 'Answer a question that a person asked about a real table with tools that read it.',
  licence: 'CC BY-SA 4.0',
  attribution:
    'Questions and tables: WikiTableQuestions by Panupong Pasupat and Percy Liang (2015), from Wikipedia, CC BY-SA 4.0; public tasks, possibly known to the model.',
  realOnly: true,
  tasks,
  environment: (task) => ({ tools: tableTools(gridOf(questionOf(task))) }),
  briefings,
  oracle,
}
