import { Send } from '@langchain/langgraph'
import { type Situations, said, start } from '../provocation.js'
import { diligent, type ScriptedCall } from '../scripted-model.js'
import { asked } from '../setting.js'

const draft = said('generator-1', 'It is 40.')
const rejectAlways = (call: ScriptedCall) =>
  call.job === 'review' ? 'REJECT\n- The sum is 46.' : diligent(call)

export const situations: Situations = {
  provocations: {
    verifier: {},
    'own-source': {},
    majority: {},
    dedupe: {
      input: start(
        Array.from({ length: 3 }, () => new Send('verifier-1', { messages: [asked, draft] })),
        asked,
        draft,
      ),
    },
    subscriptions: { input: start(['verifier-1'], asked) },
  },
  producer: 'generator-1',
  stubborn: { script: rejectAlways, turns: { 'verifier-1': 1, 'refiner-1': 2 } },
}
