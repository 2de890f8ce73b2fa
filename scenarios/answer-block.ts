/**
 * The lines of the answer in a reply, white space evened out and empty ones left out; null when there is none. It stands
 * in the last `answer` block. Some systems hand over what stood in the block alone, so a text without any block is an
 * answer as well; prose is not, and several lines are prose unless the work asks for `several`.
 */
export function answerIn(
  reply: string,
  { several = false }: Readonly<{ several?: boolean }> = {},
): readonly string[] | null {
  const blocks = [...reply.matchAll(/^[ \t]*```answer[ \t]*\n([\s\S]*?)^[ \t]*```/gm)]
  const isBare = !reply.includes('```') && (several || !reply.trim().includes('\n'))
  const given = blocks.at(-1)?.[1] ?? (isBare ? reply : '')
  const lines = given
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
  return lines.length > 0 ? lines : null
}
