import type { Situations } from '../provocation.js'
import { diligent } from '../scripted-model.js'

export const situations: Situations = {
  provocations: {},
  producer: 'solver',
  stubborn: { script: diligent, turns: { solver: 2 } },
}
