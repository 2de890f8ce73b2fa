import { Send } from '@langchain/langgraph'
import { type Situations, said, start } from '../provocation.js'
import { diligent } from '../scripted-model.js'
import { asked } from '../setting.js'

const plan = said('analyst', 'Add up "Gold".')

export const situations: Situations = {
  provocations: {
    'shared-pool': {},
    dedupe: {
      input: start(
        Array.from({ length: 3 }, () => new Send('engineer', { messages: [asked, plan] })),
        asked,
        plan,
      ),
    },
    subscriptions: { input: start(['analyst', 'reviewer'], asked) },
    'ask-channel': {
      script: (call) =>
        call.agent === 'engineer' && call.earlier === 0
          ? 'QUESTION: Which column?'
          : diligent(call),
    },
  },
  producer: 'engineer',
  stubborn: {
    script: (call) => (call.agent === 'engineer' ? 'QUESTION: Why?' : diligent(call)),
    turns: { engineer: 3 },
  },
}
