import chalk from 'chalk'
import type { Display } from './console.js'

/** Entries as a table whose last column is wrapped; the columns are the members of the first entry. */
export function rows(
  entries: readonly Readonly<Record<string, string>>[],
  { width }: Pick<Display, 'width'>,
): string {
  const [first] = entries
  if (!first) return 'none'
  const names = Object.keys(first)
  const fixed = names.slice(0, -1)
  const last = names.at(-1) ?? ''
  const widths = fixed.map((name) =>
    Math.min(40, Math.max(...entries.map((entry) => (entry[name] ?? '').length))),
  )
  const indent = widths.reduce((sum, columns) => sum + columns + 2, 0)
  // With too little room left, the text goes below its entry.
  const below = width - indent < 30
  return entries
    .map((entry) => {
      const cells = fixed.map((name, at) => (entry[name] ?? '').padEnd(widths[at] ?? 0)).join('  ')
      const room = below ? width - 4 : width - indent
      const [start = '', ...rest] = wrapped(entry[last] ?? '', room)
      const margin = ' '.repeat(below ? 4 : indent)
      const head = below ? [cells.trimEnd(), `${margin}${start}`] : [`${cells}  ${start}`.trimEnd()]
      return [...head, ...rest.map((line) => `${margin}${line}`)].join('\n')
    })
    .join('\n')
}

/** A text in lines of at most so many columns. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${line} ${word}`
    } else lines.push(word)
  }
  return lines
}

/** A label in front of a text that may take several lines. */
export function labelled(label: string, text: string, { width }: Pick<Display, 'width'>): string {
  const [first = '', ...rest] = wrapped(text, width - 13)
  return [
    ` ${chalk.dim(label.padEnd(11))} ${first}`,
    ...rest.map((line) => ' '.repeat(13) + line),
  ].join('\n')
}
