import { Send } from '@langchain/langgraph'
import { type Situations, said, start } from '../provocation.js'
import { diligent, type ScriptedCall } from '../scripted-model.js'
import { asked } from '../setting.js'

const draft = said('generator', 'It is 40.')
const rejectOnce = (call: ScriptedCall) =>
  call.agent === 'judge' && call.earlier === 0 ? 'REJECT\n- The sum is 46.' : diligent(call)
const rejectAlways = (call: ScriptedCall) =>
  call.agent === 'judge' ? 'REJECT\n- The sum is 46.' : diligent(call)

export const situations: Situations = {
  provocations: {
    'judge-loop': {},
    'own-source': {},
    'truncate-and-replan': { script: rejectOnce },
    'turn-limit': { script: rejectAlways },
    dedupe: {
      input: start(
        Array.from({ length: 3 }, () => new Send('judge', { messages: [asked, draft] })),
        asked,
        draft,
      ),
    },
    subscriptions: { input: start(['generator', 'critic'], asked) },
  },
  producer: 'generator',
  stubborn: { script: rejectAlways, turns: { judge: 6 } },
}
