import type { AskedMessage, AskedModel } from '../../../core/asked-model.js'
import type { ResponseFault } from '../../../core/fault.js'
import { textOf, withText } from '../../../core/messages.js'
import { textsOf } from '../../../engine/injector/texts.js'
import { responseFault } from '../stage.js'

/** The injector model of a plan of these tests. */
export const planned = { id: 'scripted', url: 'http://127.0.0.1/v1', hash: 'h' }

/** The text of the payload in a prompt. */
export const payloadIn = (prompt: string): string =>
  /6\. Payload\n(`+)\n([\s\S]*?)\n\1\n\n7\. Keep/.exec(prompt)?.[2] ?? ''

/** What an injector model says to a prompt; a failure when it is null. */
type Say = (prompt: string, messages: readonly AskedMessage[]) => string | null

/** An answer in the form that is asked for. */
export const answer = (changed: string): string => JSON.stringify({ changed, edits: [] })

/** Texts by an injector model that answers as told, and the prompts that it got. */
export function textsBy(say: Say, before: () => Promise<void> = async () => undefined) {
  const prompts: string[] = []
  const model: AskedModel = {
    id: 'scripted',
    async ask(messages) {
      const prompt = messages[0]?.content ?? ''
      prompts.push(prompt)
      await before()
      const text = say(prompt, messages)
      return text === null
        ? { kind: 'failed', failure: 'http', because: 'HTTP 500', calls: 3, tokens: 0 }
        : { kind: 'text', text, answeredBy: 'scripted-1', calls: 1, tokens: 10 }
    },
  }
  return { prompts, texts: textsOf({ model, stored: [], keep: () => undefined }) }
}

/** A fault that shouts; by the program with one mark, by an injector model as it likes. */
export const shout: ResponseFault = {
  ...responseFault('shout', { inject: (message) => withText(message, `${textOf(message)}!`) }),
  written: {
    instruction: () => 'Shout.',
    material: [],
    length: 'free',
    text: textOf,
    apply: (message, _, text) => (text === 'misfit' ? null : withText(message, text)),
  },
}
