import type { System } from '../../core/system.js'
import { guardPrompt } from '../defences.js'
import { build } from '../role-play/graph.js'
import { rolePlay } from '../role-play/index.js'

/** Two agents in turns who are told to keep to their jobs. */
export const rolePlayGuarded: System = {
  ...rolePlay,
  id: 'role-play-guarded',
  summary: 'The role-play whose agents are told to check each other and to keep to their jobs.',
  build,
  variantOf: rolePlay.id,
  defences: [guardPrompt, ...(rolePlay.defences ?? [])],
}
