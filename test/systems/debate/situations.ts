import { Send } from '@langchain/langgraph'
import { type Situations, said, start } from '../provocation.js'
import { deliverable, diligent, type ScriptedCall } from '../scripted-model.js'
import { asked } from '../setting.js'

const firsts = ['debater-1', 'debater-2', 'debater-3'].map((id) => said(id, deliverable('46')))

/** A model with which nobody ever agrees with anybody. */
const divided = (call: ScriptedCall) =>
  call.job === 'decide' || call.results.length === 0
    ? diligent(call)
    : deliverable(`${call.agent}.${call.earlier}`)

export const situations: Situations = {
  provocations: {
    'revision-round': {},
    vote: { script: divided },
    'own-task': {},
    dedupe: {
      input: start(
        Array.from({ length: 3 }, () => new Send('debater-1', { messages: [asked, ...firsts] })),
        asked,
        ...firsts,
      ),
    },
  },
  producer: 'debater-1',
  // It answers, then it revises.
  restless: 42,
  stubborn: { script: divided, turns: { 'debater-1': 4, chair: 1 } },
}
