import type { System } from '../../core/system.js'
import { blockRetry, toolRetry } from '../defences.js'
import { answerBy, taskInput } from '../messages.js'
import { build } from './graph.js'

/** One agent alone: what does having several change at all? */
export const solo: System = {
  id: 'solo',
  summary: 'One agent with tools, to compare teams with.',
  build,
  input: taskInput,
  answer: answerBy('solver'),
  defences: [toolRetry, blockRetry],
}
