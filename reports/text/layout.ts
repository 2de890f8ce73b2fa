// Characters that terminals draw two columns wide: East Asian ones and emoji.
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u

const columnsOf = (character: string) => (wide.test(character) ? 2 : 1)

/** How many columns a text without control characters takes, at most. */
export function columns(text: string): number {
  let sum = 0
  for (const character of text) sum += columnsOf(character)
  return sum
}

/** A text that takes at most so many columns, with an ellipsis where it was cut. */
export function clip(text: string, width: number): string {
  if (columns(text) <= width) return text
  let [kept, left] = ['', width - 1]
  for (const character of text) {
    left -= columnsOf(character)
    if (left < 0) break
    kept += character
  }
  return `${kept}…`
}

/** A text filled up with spaces to a width. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - columns(text)))
  return align === 'left' ? text + space : space + text
}

/** The lines of a text, broken at spaces, but not within an interval or before it; a word that is longer than a line is cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ (?!\[[-+\d]|[-+]?[\d.]+\])/).map((one) => clip(one, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (columns(longer) <= width) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}
