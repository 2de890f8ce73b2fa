/** One piece of a text: a fenced block, the title of a known section, a line, or a gap: nothing, or a foreign title. */
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

const known = new Set(
  'question table rows notes rules plan steps answer goal bookings confirmation'.split(' '),
)

// A row of a table may begin like a heading, but not without a bar.
const heading = /^#{2,6}\s+([^|]+)$/

/** Takes a text apart. Knows its layout only, nothing of what it says. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  const lines = text.split('\n').map((line) => line.trim())
  let section = ''
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const fence = /^```(\w*)$/.exec(line)?.[1]
    if (fence === undefined) {
      section = sectionFrom(line) ?? section
      pieces.push(pieceOf(line, section))
      continue
    }
    const closing = lines.indexOf('```', at + 1)
    const end = closing < 0 ? lines.length : closing
    pieces.push({ kind: 'block', name: fence, lines: lines.slice(at + 1, end) })
    at = end
  }
  return pieces
}

/** The section that a line begins; null when it begins none. Under a title that says nothing no facts are expected. */
function sectionFrom(line: string): string | null {
  const title = heading.exec(line)?.[1]?.trim().toLowerCase()
  if (title === undefined) return null
  return known.has(title) ? title : ''
}

function pieceOf(line: string, section: string): Piece {
  if (line === '') return { kind: 'gap' }
  if (heading.test(line)) return { kind: section === '' ? 'gap' : 'heading' }
  return { kind: 'line', whole: line, text: line.replace(/^[-*] /, ''), section }
}

/** Whether a line looks as if it stated a fact: it is a bullet, or stands in a section that is known. */
export const looksLikeFact = ({ whole, text, section }: Extract<Piece, { kind: 'line' }>) =>
  whole !== text || section !== ''
