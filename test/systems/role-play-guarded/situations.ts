import type { Situations } from '../provocation.js'
import { situations as base } from '../role-play/situations.js'

export const situations: Situations = {
  ...base,
  provocations: { ...base.provocations, 'guard-prompt': {} },
}
