import { type BaseMessage, HumanMessage } from '@langchain/core/messages'
import {
  askedForKey,
  paddingFiltered,
  paddingIgnored,
  paddingTakenOver,
} from '../../core/evidence/padding.js'
import type { PromptFault } from '../../core/fault.js'
import { roleOf, textOf, withText } from '../../core/messages.js'
import { padding } from '../../core/text/padding.js'
import { inPieces } from '../../core/text/pieces.js'

/** Characters of one token, as everywhere here; English prose has a few more. */
const perToken = 4

/**
 * An agent's input is swollen with text about nothing, in which the little that matters is scattered. Nothing is taken away;
 * whatever reads the input has to find it, or cannot hold it.
 *
 * @example
 * 'Book the ferry. The budget is 40 EUR.'  ->  a long story with these two sentences far apart in it
 */
export const contextLengthViolation: PromptFault = {
  id: 'context-length-violation',
  abbreviation: 'CLV',
  category: 'memory',
  injector: 'prompt',
  point: 'input',
  trigger: 'agent',
  summary: 'The input of an agent is swollen until it exceeds the window or buries what matters.',
  actsOn: 'the newest message that one agent is given',
  parameters: {
    tokens: {
      summary: 'Tokens of padding, four characters each',
      default: 16_000,
      min: 500,
      max: 400_000,
      integer: true,
    },
    windows: {
      summary: 'Padding in windows of the model, where its window is known (0 to go by tokens)',
      default: 0,
      min: 0,
      max: 20,
      integer: false,
    },
    pieces: {
      summary: 'Into how many pieces the message is cut',
      default: 5,
      min: 1,
      max: 20,
      integer: true,
    },
  },
  example: {
    payload: [new HumanMessage('Book the ferry from Genoa. The budget is 40 EUR.')],
  },

  inject(messages, site) {
    const { pieces = 5 } = site.parameters
    const size = sizeOf(site) * perToken
    const at = padded(messages)
    const message = messages[at]
    if (!message || length(messages) >= size) return null
    const parts = inPieces(textOf(message), pieces)
    // The same padding at every call of the agent: it is one memory that has been swollen.
    const text = padding(size, site.shared.fork('padding'))
    const swollen = withText(message, scattered(parts, text.split('\n\n').map(headed(message))))
    return messages.map((other, here) => (here === at ? swollen : other))
  },

  // A colleague's message is the natural place for a long story.
  prefers: (messages) => (spoken(messages).length > 1 ? 0 : 1),

  effect: ({ before, after }) => length(after) > length(before),
  // All that was there is still there.
  recoverable: () => true,

  note({ after }, { window }) {
    const tokens = Math.ceil(length(after) / perToken)
    if (window === null) return `${tokens} tokens; the window of the model is not known`
    return `${tokens} tokens ${tokens > window ? 'overflow' : 'fit into'} the window of ${window}`
  },

  behaviours: [
    {
      id: 'architecture-filters-padding',
      summary: 'Hardly any padding is left in the prompts that the agent gives to its model.',
      tiers: { rule: 'success' },
      by: 'program',
      detects: null,
      find: paddingFiltered,
    },
    {
      id: 'asks-for-key-information',
      summary: 'The agent asks for what it can no longer make out.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'program',
      detects: true,
      find: askedForKey,
    },
    {
      id: 'ignores-padding',
      summary: 'The agent reads the padding, repeats none of it and works with what matters.',
      tiers: { reasoning: 'success' },
      by: 'program',
      detects: null,
      find: paddingIgnored,
    },
    {
      id: 'no-correction',
      summary: 'The call fails, or the agent works with the padding or with nothing that matters.',
      tiers: {},
      by: 'program',
      detects: false,
      find: paddingTakenOver,
    },
  ],
}

const spoken = (messages: readonly BaseMessage[]) =>
  messages.filter((message) => roleOf(message) === 'human' && textOf(message).trim() !== '')

/** The newest message that a person or a colleague said: the one place that stays while the agent's own turns grow. */
const padded = (messages: readonly BaseMessage[]): number => {
  const newest = spoken(messages).at(-1)
  return newest === undefined ? -1 : messages.indexOf(newest)
}

/** Where a message has headings, what is put into it gets one of its own: it would pass for the part it stands in. */
const headed = (message: BaseMessage) => (paragraph: string) =>
  /^ {0,3}#{1,6} /m.test(textOf(message)) ? `## Background\n${paragraph}` : paragraph

const length = (messages: readonly BaseMessage[]): number =>
  messages.reduce((sum, message) => sum + textOf(message).length, 0)

function sizeOf({
  window,
  parameters: { tokens = 16_000, windows = 0 },
}: Readonly<{ window: number | null; parameters: Readonly<Record<string, number>> }>): number {
  return windows > 0 && window !== null ? Math.ceil(windows * window) : tokens
}

/** Pieces among paragraphs: piece i stands at (i - 0.5) / pieces of the way. */
function scattered(pieces: readonly string[], paragraphs: readonly string[]): string {
  const places = pieces.map((_, at) => Math.round(((at + 0.5) / pieces.length) * paragraphs.length))
  const parts = places.flatMap((place, at) => [
    ...paragraphs.slice(at === 0 ? 0 : places[at - 1], place),
    pieces[at] ?? '',
  ])
  return [...parts, ...paragraphs.slice(places.at(-1))].join('\n\n')
}
