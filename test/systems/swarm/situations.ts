import { AIMessage } from '@langchain/core/messages'
import { Send } from '@langchain/langgraph'
import { type Situations, said, start } from '../provocation.js'
import { calling, deliverable, diligent, handing, type ScriptedCall } from '../scripted-model.js'
import { asked } from '../setting.js'

const order = said('triage', 'Add up "Gold".')

/** Rejects whatever the builder brings, until it has nobody to give it to. */
const rejectAlways = (call: ScriptedCall) =>
  call.agent === 'checker' && !call.results.some((result) => result.includes('Finish it yourself'))
    ? handing('builder', 'REJECT\n- The sum is 46.')
    : diligent(call)

const ring: Readonly<Record<string, string>> = {
  triage: 'builder',
  builder: 'checker',
  checker: 'triage',
}
const handOnAlways = ({ agent }: ScriptedCall) => handing(ring[agent] ?? '', deliverable('46'))

export const situations: Situations = {
  provocations: {
    'full-history': {},
    'checker-last': {
      script: (call) =>
        call.agent === 'builder' && call.results.length > 0 ? deliverable('46') : diligent(call),
    },
    'known-agent': {
      script: (call) =>
        call.agent === 'triage' && call.earlier === 0
          ? new AIMessage('The builder goes next.')
          : diligent(call),
    },
    'one-active': { input: start(['triage', 'builder'], asked, order) },
    'ping-pong-guard': { script: rejectAlways },
    'turn-limit': { script: handOnAlways },
    dedupe: {
      input: start(
        Array.from(
          { length: 3 },
          () => new Send('builder', { messages: [asked, order], active: 'builder' }),
        ),
        asked,
        order,
      ),
    },
    'tool-retry': {
      script: (call) => {
        if (call.agent !== 'triage' || call.results.length > 0) return diligent(call)
        return calling('transfer_to_porter', { reason: 'Somebody has to do it.' })
      },
    },
  },
  producer: 'builder',
  stubborn: { script: handOnAlways, turns: { triage: 3, builder: 3, checker: 3 } },
}
