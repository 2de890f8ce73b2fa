import type { AIMessage } from '@langchain/core/messages'
import type { Situations } from '../provocation.js'
import { calling, diligent, type ScriptedCall } from '../scripted-model.js'

const stubborn = (call: ScriptedCall) =>
  call.agent === 'user' ? 'Instruction: Compute the total of "Gold".' : diligent(call)
const firstly = (call: ScriptedCall, reply: string | AIMessage) =>
  call.agent === 'assistant' && call.earlier === 0 ? reply : diligent(call)

export const situations: Situations = {
  provocations: {
    'error-page': { script: (call) => firstly(call, calling('total', { column: 'Golds' })) },
    'role-flip-guard': { script: (call) => firstly(call, 'Instruction: Do it yourself.') },
    'goal-holder': {},
    'turn-limit': { script: stubborn },
  },
  producer: 'assistant',
  restless: 15,
  stubborn: { script: stubborn, turns: { user: 15, assistant: 15 } },
}
