import type { Scenario } from '../../core/scenario.js'
import { briefings } from './briefings.js'
import { oracle } from './oracle.js'
import { tasks } from './tasks.js'

/** Functions to be written from six or seven rules. */
export const codeRules: Scenario = {
  id: 'code-rules',
  summary: 'Write a JavaScript function from six or seven rules in plain English.',
  licence: 'MIT',
  tasks,
  briefings,
  oracle,
}
