import type { Line } from './fences.js'
import { isRow } from './tables.js'

const opening = /^\s{0,40}(?:\/\*{1,2}|\/\/{1,2}|"""|''')/
const closing = /\s{0,40}(?:\*\/|"""|''')\s{0,40}$/

/** A line of code, a call with what it returns, or a value that gets a name. */
const code =
  /[;{}]\s*$|=>|^\s*(?:def|function|const|let|var|import|class|SELECT)\s|^\s*return (?=[^;]{0,80};?\s*$)[^\p{Lu}.]{0,40}[()[\]=+;'"]|^\s*>>> |^\s*(?:[*-] )?\w{1,40}\(.*\)\s*(?:$|[=-]=?=?>?|[➞➔→⇒])|^\s*(?:[Ff]or |assert )?\w{1,40} ?={1,3} ?[[{("'\d]/u
const literal = /^(?:[-\d.,\s[\](){}'":]|true|false|null|none|undefined|'[^']*'|"[^"]*")+$/i

/** Whether a line is code. Only its ends are looked at: a line can be as long as a file. */
export const isCode = (line: string): boolean =>
  code.test(line.slice(0, 200)) || code.test(line.slice(-200))

/** Whether a line is what the line of code before it returns. */
export const isResult = (line: string, before: string): boolean =>
  />>> /.test(before.slice(0, 60)) && line.length < 200 && literal.test(line.trim())

const starts = /^\s{0,40}(?:[-*•–+]\s|\d{1,4}[.)]\s|\([a-z\d]\)|#{1,6} |>>> |@)/

/** Words after which no sentence ends. */
const unfinished =
  /(?:,|\b(?:the|an?|of|in|on|at|by|for|from|to|with|than|and|or|is|are|that|which|this|you|will|your?))$/i

/**
 * Lines without the marks of comments around them, and those that were broken only because they were long made one
 * again: what is between them is counted as part of the line.
 */
export function paragraphs(lines: readonly Line[]): readonly Line[] {
  const groups: Line[][] = []
  for (const line of lines) {
    const bare = uncommented(line)
    const group = groups.at(-1)
    const last = group?.at(-1)
    const follows =
      last !== undefined && last.end + 1 === bare.start && goesOn(last.text, bare.text)
    if (group && follows && group.length < mostLines) group.push(bare)
    else groups.push([bare])
  }
  return groups.map((group) => ({
    start: group[0]?.start ?? 0,
    end: group.at(-1)?.end ?? 0,
    text: group.map(({ text }) => text).join('\n'),
  }))
}

const mostLines = 60

function uncommented({ start, end, text }: Line): Line {
  const [from, to] = [opening, closing].map((mark) => mark.exec(text)?.[0].length ?? 0)
  const [head = 0, tail = 0] = text.trim() === '"""' ? [text.length, 0] : [from, to]
  const inner = text.slice(head, Math.max(head, text.length - tail))
  return { start: start + head, end: end - (text.length - head - inner.length), text: inner }
}

const long = 40

function goesOn(before: string, next: string): boolean {
  const line = before.trimEnd()
  if (line.trim() === '' || next.trim() === '' || starts.test(next)) return false
  if ([line, next].some((one) => isRow(one) || isCode(one)) || /[.?!:;]["”')]{0,2}$/.test(line)) {
    return false
  }
  const word = next.trimStart()
  if (/^\p{Lu}/u.test(word)) return unfinished.test(line.slice(-12)) && line.length >= long
  return /^[\p{Ll}\d("'“]/u.test(word) && line.length >= long
}
