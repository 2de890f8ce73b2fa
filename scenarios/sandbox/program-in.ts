/**
 * The program in an answer, null when there is none. Some systems hand over what stood in the block, others a whole
 * reply; text without a block is a program only when it names the function that was asked for.
 */
export function programIn(answer: string, name: string): string | null {
  const blocks = [...answer.matchAll(/^[ \t]*```(?:js|javascript)[ \t]*\n([\s\S]*?)^[ \t]*```/gm)]
  const isBare = !answer.includes('```') && answer.includes(name)
  const code = blocks.length > 0 ? (blocks.at(-1)?.[1] ?? '') : isBare ? answer : ''
  return code.trim() === '' ? null : code
}
