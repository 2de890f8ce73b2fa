import { situations as base } from '../critic-loop/situations.js'
import type { Situations } from '../provocation.js'
import { diligent } from '../scripted-model.js'

export const situations: Situations = {
  ...base,
  provocations: {
    ...base.provocations,
    'ask-person': {
      script: (call) =>
        call.agent === 'generator' && call.earlier === 0
          ? 'QUESTION: Which total?'
          : diligent(call),
    },
  },
}
