import { performance } from 'node:perf_hooks'

/** How long a reader needs for texts it has not seen: median milliseconds a text, and seconds for a large text. */
export type Speed = Readonly<{ perText: number; large: number }>

/** Measures a reader, after it has read everything once. */
export function speedOf(read: (text: string) => unknown, texts: readonly string[]): Speed {
  for (const text of texts) read(text)
  // A reader that remembers texts shall not profit from it.
  const times = texts.map((text) => timed(() => read(`${text}  `))).sort((a, b) => a - b)
  const all = texts.join('\n')
  const text = all.repeat(Math.ceil(size / all.length)).slice(0, size)
  return {
    perText: times[Math.floor(times.length / 2)] ?? 0,
    large: timed(() => read(text)) / 1000,
  }
}

const size = 100_000

/** Milliseconds that some work takes. */
function timed(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
