import type { Situations } from '../provocation.js'
import { situations as base } from '../supervisor/situations.js'

export const situations: Situations = {
  ...base,
  provocations: { ...base.provocations, 'shared-pool': {} },
}
