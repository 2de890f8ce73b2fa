/** One line of a text, without its line break. */
export type Line = Readonly<{ start: number; end: number; text: string }>

/** A fenced block, or the lines between two of them. A fence that is never closed reaches to the end. */
export type Block = Readonly<
  | { kind: 'lines'; lines: readonly Line[] }
  | { kind: 'fence'; info: string; lines: readonly Line[]; start: number; end: number }
>

function linesOf(text: string): readonly Line[] {
  let start = 0
  return text.split('\n').map((line) => {
    const here = { start, end: start + line.length, text: line }
    start += line.length + 1
    return here
  })
}

/** A text cut into its fenced blocks and what stands between them. */
export function blocks(text: string): readonly Block[] {
  const found: Block[] = []
  let open: Readonly<{ mark: string; info: string; start: number }> | null = null
  let lines: Line[] = []
  const close = (end: number) => {
    if (open) found.push({ kind: 'fence', info: open.info, lines, start: open.start, end })
    else if (lines.length > 0) found.push({ kind: 'lines', lines })
    lines = []
  }
  for (const line of linesOf(text)) {
    const fence = /^ {0,3}(`{3,}|~{3,})(.{0,100})/.exec(line.text)
    if (!fence || (open && !isClosing(line.text, open.mark))) {
      lines.push(line)
      continue
    }
    close(line.end)
    const [, mark = '', info = ''] = fence
    open = open ? null : { mark, info: info.trim(), start: line.start }
  }
  close(text.length)
  return found
}

function isClosing(line: string, mark: string): boolean {
  const trimmed = line.trim()
  return trimmed.startsWith(mark) && trimmed === (mark[0] ?? '').repeat(trimmed.length)
}
