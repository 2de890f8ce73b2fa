import { Send } from '@langchain/langgraph'
import { type Situations, said, start } from '../provocation.js'
import { diligent, type ScriptedCall } from '../scripted-model.js'
import { asked } from '../setting.js'

const order = said('supervisor', 'Add up "Gold".\nNEXT: builder')
const rejectAlways = (call: ScriptedCall) =>
  call.agent === 'checker' ? 'REJECT\n- The sum is 46.' : diligent(call)

export const situations: Situations = {
  provocations: {
    'known-agent': {
      script: (call) =>
        call.agent === 'supervisor' && call.earlier === 0 ? 'NEXT: porter' : diligent(call),
    },
    'guard-prompt': {},
    subscriptions: { input: start(['planner', 'builder'], asked, order) },
    'turn-limit': { script: rejectAlways },
    dedupe: {
      input: start(
        Array.from({ length: 3 }, () => new Send('builder', { messages: [asked, order] })),
        asked,
        order,
      ),
    },
  },
  producer: 'builder',
  stubborn: { script: rejectAlways, turns: { supervisor: 9 } },
}
