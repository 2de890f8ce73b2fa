import type { ChalkInstance } from 'chalk'
import { clip, columns, pad, wrap } from './layout.js'
import type { Note } from './note.js'

/** What text is drawn with. */
export type Pen = Readonly<{ width: number; paint: ChalkInstance }>

/** Lines of text. */
export type Lines = readonly string[]

/** Labels in a column of their own, their texts wrapped beside it. */
export function noted(notes: readonly Note[], pen: Pen): Lines {
  const label = Math.max(0, ...notes.map((note) => columns(note.label)))
  const { green, red, yellow, bold } = pen.paint
  const tones = { good: green.bold, bad: red.bold, doubt: yellow.bold, quiet: bold }
  return notes.flatMap(({ label: title, text, items = [], tone }) => {
    const look = { label, paint: tones[tone] }
    return [text, ...items].flatMap((one, at) => hanging(at === 0 ? title : '', one, look, pen))
  })
}

type Look = Readonly<{ label: number; paint: ChalkInstance; body?: ChalkInstance }>

/** A title with a text beside it, whose further lines are indented. */
export function hanging(title: string, text: string, look: Look, { width }: Pen): Lines {
  const { label, paint, body = (line: string) => line } = look
  const head = paint(pad(clip(title, label), label))
  const lines = wrap(text, width - label - 3)
  return lines.map((line, at) => ` ${at === 0 ? head : ' '.repeat(label)}  ${body(line)}`)
}
