import type { AIMessage, ToolMessage } from '@langchain/core/messages'
import type { Written } from '../fault.js'
import { textOf, withText } from '../messages.js'
import { parseJson } from './json.js'
import { spoken } from './spoken.js'

/** Gives an injector model the whole text of a message; JSON has to stay JSON. */
export const wholeText: Pick<Written<AIMessage | ToolMessage>, 'text' | 'apply'> = {
  text: (message, site) => spoken(message, site)?.text ?? null,
  apply(message, _, text) {
    if (parseJson(textOf(message)) && !parseJson(text)) return null
    return withText(message, text)
  },
}
