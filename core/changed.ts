import type { BaseMessage } from '@langchain/core/messages'
import { canonicalJson } from './canonical-json.js'
import type { Delivery } from './fault.js'
import { isMessage, plain } from './messages.js'
import { normalise } from './text/normalise.js'

type Payload = BaseMessage | readonly BaseMessage[] | readonly Delivery[]

/**
 * Whether two payloads differ in more than writing: messages by their text and tool calls, deliveries by sender,
 * receiver and id.
 */
export function changed(before: Payload, after: Payload): boolean {
  return comparable(before) !== comparable(after)
}

function comparable(payload: Payload): string {
  const parts = isMessage(payload) ? [payload] : payload
  return canonicalJson(parts.map((part) => (isMessage(part) ? said(part) : sent(part))))
}

function said(message: BaseMessage) {
  const { text, ...rest } = plain(message)
  return { ...rest, text: normalise(text) }
}

function sent({ from, to, message }: Delivery) {
  return { from, to, id: message?.id ?? null }
}
