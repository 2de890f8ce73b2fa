import { looksLikeFact, piecesOf } from './pieces.js'
import { sentencesIn } from './sentence-form.js'

type Unread = Readonly<{ kind: 'remark' }> | Readonly<{ kind: 'unread'; text: string }>

/** How the texts of one kind of work are read. */
export type Reading<Statement> = Readonly<{
  block: (name: string, lines: readonly string[]) => readonly Statement[]
  /** What a line or a sentence of it may be as a whole; the first reader that knows it decides. */
  readers: readonly ((text: string) => Statement | null)[]
  /** What a sentence of the work itself says; null when it is none. */
  sentence: (sentence: string) => Statement | null
}>

/** Everything that a text says, in the order in which it says it. Knows nothing about who said it. */
export function readText<Statement>(
  text: string,
  { block, readers, sentence }: Reading<Statement>,
): readonly (Statement | Unread)[] {
  const firstOf = (part: string): Statement | null => {
    for (const read of readers) {
      const statement = read(part)
      if (statement) return statement
    }
    return null
  }
  const readLine = (line: string, isFactLike: boolean): readonly (Statement | Unread)[] => {
    const whole = firstOf(line)
    if (whole) return [whole]
    return sentencesIn(line).flatMap((part): readonly (Statement | Unread)[] => {
      const known = firstOf(part) ?? sentence(part)
      if (known) return [known]
      return isFactLike ? [{ kind: 'unread', text: part }] : []
    })
  }
  return piecesOf(text).flatMap((piece): readonly (Statement | Unread)[] => {
    if (piece.kind === 'block') return block(piece.name, piece.lines)
    if (piece.kind === 'heading') return [{ kind: 'remark' }]
    return piece.kind === 'line' ? readLine(piece.text, looksLikeFact(piece)) : []
  })
}
