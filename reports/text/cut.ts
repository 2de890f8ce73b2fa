/**
 * A text cut to so many bytes between two lines, with a line that says so; as it is when it fits. A fence of code that
 * the cut leaves open is closed.
 */
export function cut(text: string, bytes: number): string {
  const size = (part: string) => new TextEncoder().encode(part).length
  if (size(text) <= bytes) return text
  const note = '\n*Cut here: the whole report is in the folder of the run.*\n'
  const fence = '```\n'
  const lines = text.split('\n')
  const kept: string[] = []
  let left = bytes - size(note) - size(fence)
  for (const line of lines) {
    left -= size(line) + 1
    if (left < 0) break
    kept.push(line)
  }
  const isOpen = kept.filter((line) => line.startsWith('```')).length % 2 === 1
  return `${kept.join('\n')}\n${isOpen ? fence : ''}${note}`
}
