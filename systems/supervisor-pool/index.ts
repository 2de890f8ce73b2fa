import type { System } from '../../core/system.js'
import { build } from '../supervisor/graph.js'
import { supervisor } from '../supervisor/index.js'
import { leavingOut } from '../variant.js'

/** A hub with spokes that read everything. */
export const supervisorPool: System = {
  ...supervisor,
  id: 'supervisor-pool',
  summary: 'The supervisor whose planner, builder and checker read the task and all messages.',
  build: leavingOut(build, 'tool-retry'),
  variantOf: supervisor.id,
  defences: [
    {
      id: 'shared-pool',
      tier: 'mechanism',
      summary: 'All read the task and all messages, not only what the supervisor writes to them.',
    },
    ...(supervisor.defences ?? []),
  ],
}
