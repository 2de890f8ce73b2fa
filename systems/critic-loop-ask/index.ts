import type { System } from '../../core/system.js'
import { build } from '../critic-loop/graph.js'
import { criticLoop } from '../critic-loop/index.js'
import { askPerson } from '../defences.js'

/** The loop of judging, criticising and refining with somebody to ask. */
export const criticLoopAsk: System = {
  ...criticLoop,
  id: 'critic-loop-ask',
  summary: 'The critic-loop whose generator may ask whoever gave the task what was meant.',
  build,
  variantOf: criticLoop.id,
  defences: [askPerson, ...(criticLoop.defences ?? [])],
}
