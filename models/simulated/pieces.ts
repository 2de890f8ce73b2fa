/** One piece of a text: a fenced block, the title of a section, a line, or the gap that an empty line leaves. */
export type Piece =
  | Readonly<{ kind: 'block'; name: string; lines: readonly string[] }>
  | Readonly<{ kind: 'heading' }>
  | Readonly<{ kind: 'gap' }>
  | Readonly<{
      kind: 'line'
      /** The line as it stands, and without the mark of a bullet. */
      whole: string
      text: string
      /** The section it belongs to, in lower case; empty outside of all that are known. */
      section: string
    }>

const headings =
  /^## (question|table|rows|notes|rules|plan|steps|answer|goal|bookings|confirmation)\s*$/i

/** Takes a text apart. Knows its layout only, nothing of what it says. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  const lines = text.split('\n').map((line) => line.trim())
  let section = ''
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const fence = /^```(\w*)$/.exec(line)?.[1]
    const heading = headings.exec(line)?.[1]
    if (fence !== undefined) {
      const closing = lines.indexOf('```', at + 1)
      const end = closing < 0 ? lines.length : closing
      pieces.push({ kind: 'block', name: fence, lines: lines.slice(at + 1, end) })
      at = end
    } else if (heading !== undefined) {
      section = heading.toLowerCase()
      pieces.push({ kind: 'heading' })
    } else if (line === '') {
      pieces.push({ kind: 'gap' })
    } else {
      pieces.push({ kind: 'line', whole: line, text: line.replace(/^[-*] /, ''), section })
    }
  }
  return pieces
}

/** Whether a line looks as if it stated a fact: it is a bullet, or stands in a section that is known. */
export const looksLikeFact = ({ whole, text, section }: Extract<Piece, { kind: 'line' }>) =>
  whole !== text || section !== ''
