import type { Scenario } from '../../core/scenario.js'
import { briefings } from './briefings.js'
import { oracle } from './oracle.js'
import { tableNamed } from './tables.js'
import { questionOf, tasks } from './tasks.js'
import { tableTools } from './tools.js'

/** Exact questions over real tables, to be answered with tools that read the table. */
export const tableQa: Scenario = {
  id: 'table-qa',
  summary: 'Answer an exact question about a real table with tools that read it.',
  licence: 'MIT; tables: CC BY-SA 4.0',
  attribution:
    'Tables: WikiTableQuestions by Panupong Pasupat and Percy Liang (2015), from Wikipedia, CC BY-SA 4.0.',
  tasks,
  environment: (task) => ({ tools: tableTools(tableNamed(questionOf(task).table)) }),
  briefings,
  oracle,
}
