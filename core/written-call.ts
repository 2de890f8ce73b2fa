import type { AIMessage, ToolMessage } from '@langchain/core/messages'
import type { Written } from './fault.js'
import { heldCalls } from './held-calls.js'
import { roleOf } from './messages.js'
import { parseJson } from './text/json.js'

type Payload = AIMessage | ToolMessage

/**
 * Gives an injector model the first call of a message as JSON with `name` and `args`, and puts the call that comes back in
 * its place. Text that is no such JSON is refused.
 */
export const writtenCall: Pick<Written<Payload>, 'material' | 'length' | 'text' | 'apply'> = {
  material: ['tools'],
  length: 'free',
  text(message, site) {
    const [call] = roleOf(message) === 'ai' ? heldCalls(message, site.tools) : []
    return call ? JSON.stringify({ name: call.name, args: call.args }) : null
  },
  apply(message, site, text) {
    const [call] = heldCalls(message, site.tools)
    const { name, args } = (parseJson(text) ?? {}) as { name?: unknown; args?: unknown }
    const isRecord = typeof args === 'object' && args !== null && !Array.isArray(args)
    const isCall = typeof name === 'string' && isRecord
    return call && isCall
      ? call.with({ name, args: args as Readonly<Record<string, unknown>> })
      : null
  },
}
