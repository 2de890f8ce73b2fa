import { type Block, blocks, type Line } from './fences.js'
import { isCode, isResult, paragraphs } from './paragraphs.js'
import { hasHeader, isBorder, isRow } from './tables.js'

/**
 * A piece of text that says one thing. `item` is a line of a list, `row` and `header` are lines of a table, `field` is a
 * line `key: value`, `value` is a line that is nothing but a value, and `code` is a whole block or a line of code.
 */
export type Unit = Readonly<{
  kind: 'sentence' | 'item' | 'row' | 'header' | 'field' | 'value' | 'heading' | 'code'
  start: number
  end: number
  /** Where its words begin: behind the mark of a list item and the key of a field. */
  body: number
  /** The heading or label that it stands under. */
  section: string
}>

const marker = /^\s{0,40}(?:[-*•–+]|\d{1,4}[.)]|\([a-z\d]\))\s{1,10}(?=\S)/
const key =
  /^\s{0,40}\**[\p{L}][\p{L}\p{N}_()'-]{0,40}(?: [\p{L}\p{N}_()'-]{1,40}){0,3}\**:\**[ \t]{1,10}(?=\S)/u
const verb = /["“«`]|\b(?:is|are|was|were|has|have|had|must|should|can|cannot|will|do|does|did)\b/i

/** Whether a text is a bare value rather than a sentence: a few words, no verb that we know, no full stop. */
export function isValue(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 120 || /[.?!:;,]$/.test(trimmed)) return false
  return trimmed.split(/\s+/).length <= 8 && !verb.test(trimmed)
}

/** Finds where the units of a text are, in order. */
export function units(text: string): readonly Unit[] {
  const all = blocks(text)
  const state = { section: '' }
  return all.flatMap((block) =>
    block.kind === 'fence' ? fenced(block, state) : plain(block, state),
  )
}

type State = { section: string }

function fenced(block: Extract<Block, { kind: 'fence' }>, state: State): readonly Unit[] {
  const [first, last] = [block.lines[0], block.lines.at(-1)]
  if (!first || !last) return []
  if (!block.lines.some(({ text }) => isCode(text))) return plain(block, state)
  const { section } = state
  return [{ kind: 'code', start: first.start, end: last.end, body: first.start, section }]
}

function plain({ lines }: Pick<Block, 'lines'>, state: State): readonly Unit[] {
  const written = lines.filter(({ text }) => text.trim() !== '')
  const bare = written.every(({ text }) => isRow(text) || lead(text) > 0 || isValue(text))
  let before = ''
  return runs(paragraphs(lines)).flatMap((run) => {
    const [first] = run
    const isExample = first !== undefined && (isCode(first.text) || isResult(first.text, before))
    before = first?.text ?? ''
    if (first && isExample) return codeLine(first, state)
    if (first && isRow(first.text)) return table(run, state)
    return run.flatMap((line) => lineUnits(line, state, bare))
  })
}

function codeLine({ start, text }: Line, { section }: State): readonly Unit[] {
  const from = start + text.length - text.trimStart().length
  const end = start + text.trimEnd().length
  return [{ kind: 'code', start: from, end, body: from, section }]
}

/** Lines in groups: the rows of one table together, every other line alone. */
function runs(lines: readonly Line[]): readonly (readonly Line[])[] {
  const groups: Line[][] = []
  let rows: Line[] | null = null
  for (const line of lines) {
    const continues = isRow(line.text) || (rows !== null && isBorder(line.text))
    if (continues && rows) rows.push(line)
    else groups.push([line])
    if (!continues) rows = null
    else rows ??= groups.at(-1) ?? null
  }
  return groups
}

function table(rows: readonly Line[], { section }: State): readonly Unit[] {
  const header = hasHeader(rows) ? rows[0] : undefined
  return rows
    .filter(({ text }) => !isBorder(text))
    .map((line) => {
      const kind = line === header ? 'header' : 'row'
      return { kind, start: line.start, end: line.end, body: line.start, section }
    })
}

const lead = (text: string) => (marker.exec(text) ?? key.exec(text))?.[0].length ?? 0

function lineUnits({ start, text }: Line, state: State, bare: boolean): readonly Unit[] {
  const end = start + text.trimEnd().length
  if (start === end) return []
  const whole = { start, end, body: start, section: state.section }
  if (/^ {0,3}#{1,6} /.test(text)) {
    state.section = text.replace(/^[\s#]+/, '').trim()
    return [{ ...whole, kind: 'heading' }]
  }
  const mark = marker.exec(text)?.[0].length ?? 0
  const label = key.exec(text.slice(mark))?.[0].length ?? 0
  if (label > 0) return [{ ...whole, kind: 'field', body: start + mark + label }]
  if (mark > 0) return [{ ...whole, kind: 'item', body: start + mark }]
  if (bare) return [{ ...whole, kind: 'value' }]
  if (/^\S.{0,60}:$/.test(text.trim())) state.section = text.trim().slice(0, -1)
  return sentencesIn(text.trimEnd(), start).map((span) => ({ ...whole, ...span, kind: 'sentence' }))
}

// Not Intl.Segmenter: its sentences change with the ICU of the Node version, and its time is quadratic.
const ending = /[.?!…]{1,10}["”’')\]*]{0,4}(?:\s+|$)/gu
const word = /[\p{L}\p{N}]/u
const abbreviation =
  /(?:^|[\s(])(?:\p{Lu}|e\.g|i\.e|etc|vs|cf|No|Dr|Mr|Mrs|Ms|St|Prof|approx)\.\s*$/u

function sentencesIn(text: string, offset: number) {
  const spans: { start: number; end: number; body: number }[] = []
  let start = text.length - text.trimStart().length
  for (const match of text.matchAll(ending)) {
    const next = match.index + match[0].length
    const goesOn =
      match[0].startsWith('.') &&
      (/\p{Ll}/u.test(text[next] ?? '') ||
        abbreviation.test(text.slice(Math.max(0, next - 12), next)))
    if (goesOn && next < text.length) continue
    const end = next - (match[0].length - match[0].trimEnd().length)
    spans.push({ start: offset + start, end: offset + end, body: offset + start })
    start = next
  }
  const end = text.trimEnd().length
  if (end > start) spans.push({ start: offset + start, end: offset + end, body: offset + start })
  return spans.filter((span) => word.test(text.slice(span.start - offset, span.end - offset)))
}
