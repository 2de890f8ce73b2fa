const fenced = /^[ \t]*```(\w+)[^\n]*\n([\s\S]*?)^[ \t]*```[ \t]*$/gm

/** Types of blocks that deliver something. */
const delivering = ['answer', 'js']

/** The content of the last fenced block of a type; null when there is none or nothing in it. */
export function lastBlock(text: string, type: string): string | null {
  const blocks = [...text.matchAll(fenced)].filter(([, found]) => found === type)
  return blocks.at(-1)?.[2]?.trim() || null
}

/** The content of the last fenced block that delivers something, a plan does not; null when there is none. */
export function lastDeliverable(text: string): string | null {
  const blocks = [...text.matchAll(fenced)].filter(([, type = '']) => delivering.includes(type))
  return blocks.at(-1)?.[2]?.trim() || null
}

/** The type of the block that a briefing demands as deliverable; null when it demands none. */
export function demandedBlock(briefing: string): string | null {
  return /one ```(\w+) block/.exec(briefing)?.[1] ?? null
}

/** A deliverable without the steps from one on, and without the result that came of them. */
export function keepStepsBefore(text: string, step: number): string {
  const kept = text.replace(fenced, (_, type: string, body: string) =>
    type === 'ops' ? `\`\`\`ops\n${stepsBefore(body, step)}\`\`\`` : '',
  )
  return kept.trim() || 'No step is kept.'
}

function stepsBefore(body: string, step: number): string {
  return body
    .split('\n')
    .filter((row) => Number(/^\s*(\d+)\./.exec(row)?.[1] ?? step) < step)
    .map((row) => `${row}\n`)
    .join('')
}
