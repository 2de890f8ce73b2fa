import { type PlainMessage, said } from '../../core/messages.js'
import type { TraceLine } from '../../core/schemas/trace-line.js'
import { maskSecrets } from '../mask.js'

/** A text that a judge model is shown: whole, or the beginning and the end of a long one. */
export type ShownText = Readonly<{ label: string; pieces: readonly string[]; left: number }>

/** How many characters of one text are shown, and of all steps together. */
export const mostShown = { text: 2_000, steps: 40_000 } as const

/** A text as it is shown. Nobody's keys are sent to a model. */
export function shownText(label: string, whole: string, most: number = mostShown.text): ShownText {
  const text = maskSecrets(whole)
  if (text.length <= most) return { label, pieces: [text], left: 0 }
  const half = Math.floor(most / 2)
  const pieces = [text.slice(0, half), text.slice(-half)]
  return { label, pieces, left: text.length - 2 * half }
}

/** A message as a trace has it. */
type StoredMessage = TraceLine['messages'][number]

/** All that a stored message says, calls of tools included. */
export const saidIn = (message: StoredMessage): string =>
  // A file has no undefined members, which is all that the types differ in.
  said(message as PlainMessage)

/** A message as it is shown, with who said it. */
export function shownMessage(verb: string, message: StoredMessage): ShownText {
  const { role, name } = message
  return shownText(`${verb} (${role}${name ? ` ${named(name)}` : ''}):`, saidIn(message))
}

/** A name of others in a line of ours: it can neither end the line nor pass for anything else than a name. */
export const named = (name: string): string =>
  JSON.stringify(name.replace(/[\p{Cc}\p{Cf}\s\u2028\u2029]+/gu, ' ').slice(0, 80))

/** How much of it is shown. */
export const sizeOf = ({ pieces }: ShownText): number =>
  pieces.reduce((sum, piece) => sum + piece.length, 0)
