import type { Mind } from './chance.js'
import type { WantedCall } from './tool-choice.js'

/** What an agent does in one call: it calls a tool, it says something, or both. */
export type Reply =
  | Readonly<{
      kind: 'call'
      call: WantedCall
      /** What it says beside the call. */
      text?: string
    }>
  | Readonly<{ kind: 'text'; text: string }>

/** A reply in words. */
export const say = (text: string): Reply => ({ kind: 'text', text })

const chatter = [
  'Let me first say how I understood what is wanted here.',
  'Below I put down what I did, so that everybody can follow it.',
  'Thank you all for the good work up to this point.',
]

/** The sentences of chatter that open a message of this temper. */
export const opening = ({ profile }: Mind): string => chatter.slice(0, profile.chat).join(' ')

/** The block that holds an answer alone. */
export const answerBlock = (answer: string): string => ['```answer', answer, '```'].join('\n')

/** A plan as the fenced block that colleagues read. */
export const stepsBlock = (sentences: readonly string[]): string =>
  ['```ops', ...sentences.map((sentence, at) => `${at + 1}. ${sentence}`), '```'].join('\n')

/** A message from its parts; empty ones leave no gap. */
export const message = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n')
