import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { z } from 'zod'
import { FiredrillError, messageOf } from '../core/errors.js'

/** A file of JSON lines that is only ever appended to. A line counts as saved after `flush`. */
export type LineFile = Readonly<{
  append: (line: unknown) => void
  flush: () => void
  close: () => void
}>

const batch = 64

/**
 * Opens a line file for appending and cuts off a torn tail: a line that a killed process left without its end would
 * swallow the next one.
 */
export function openLines(path: string): LineFile {
  makeFolder(dirname(path))
  const file = openSync(path, existsSync(path) ? 'r+' : 'w+')
  let end = endOfLastLine(file)
  ftruncateSync(file, end)
  let waiting: string[] = []
  const flush = () => {
    if (waiting.length === 0) return
    const bytes = Buffer.from(waiting.join(''))
    waiting = []
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(file, bytes, done, bytes.length - done, end + done)
    }
    end += bytes.length
    fdatasyncSync(file)
  }
  return {
    append(line) {
      waiting.push(`${JSON.stringify(line)}\n`)
      if (waiting.length >= batch) flush()
    },
    flush,
    close() {
      flush()
      closeSync(file)
    },
  }
}

/** Makes a folder and those around it, one by one: Node's own recursion never ends where nothing can be made, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    if (!existsSync(path)) throw error // Somebody else may have made it meanwhile.
  }
}

function endOfLastLine(file: number): number {
  const block = Buffer.alloc(65536)
  let end = fstatSync(file).size
  while (end > 0) {
    const size = Math.min(block.length, end)
    readSync(file, block, 0, size, end - size)
    const at = block.lastIndexOf('\n', size - 1)
    if (at >= 0) return end - size + at + 1
    end -= size
  }
  return 0
}

type Stored = Readonly<{ key: string; attempt: number }>

/**
 * The lines of a file, each key once: its highest attempt, and of one attempt the first line. What is not a line of
 * ours (a torn tail, a foreign line) is left out and counted.
 */
export function readLines<Line extends Stored>(
  path: string,
  schema: z.ZodType<Line>,
): Readonly<{ lines: readonly Line[]; broken: number }> {
  const byKey = new Map<string, Line>()
  let broken = 0
  for (const text of linesOf(path)) {
    const line = parsed(text, schema)
    if (!line) broken++
    else if ((byKey.get(line.key)?.attempt ?? 0) < line.attempt) byKey.set(line.key, line)
  }
  return { lines: [...byKey.values()], broken }
}

/**
 * The lines of a file with certain keys, one by one and in their order, each key and attempt once. For files that may be
 * larger than memory.
 */
export function* eachLine<Line extends Stored>(
  path: string,
  schema: z.ZodType<Line>,
  wanted: Pick<ReadonlySet<string>, 'has'>,
): Generator<Line> {
  const seen = new Set<string>()
  for (const text of linesOf(path)) {
    const { key, attempt } = (jsonOf(text) ?? {}) as Partial<Stored>
    const name = `${attempt}/${key}`
    if (key === undefined || !wanted.has(key) || seen.has(name)) continue
    const line = parsed(text, schema)
    if (!line) continue
    seen.add(name)
    yield line
  }
}

function parsed<Line>(text: string, schema: z.ZodType<Line>): Line | null {
  const result = schema.safeParse(jsonOf(text))
  return result.success ? result.data : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined // Not JSON: the torn tail of a killed process.
  }
}

/** The lines of a file, read in blocks: a run may be larger than the longest string. */
function* linesOf(path: string): Generator<string> {
  if (!existsSync(path)) return
  const file = openSync(path, 'r')
  const block = Buffer.alloc(1 << 20)
  let rest: Buffer = Buffer.alloc(0)
  try {
    for (;;) {
      const size = readSync(file, block, 0, block.length, null)
      if (size === 0) break
      const bytes = Buffer.concat([rest, block.subarray(0, size)])
      let from = 0
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
        yield bytes.toString('utf8', from, at)
        from = at + 1
      }
      rest = Buffer.from(bytes.subarray(from))
    }
    if (rest.length > 0) yield rest.toString('utf8')
  } finally {
    closeSync(file)
  }
}

/** Writes a whole file so that a reader sees the old one or the new one, never half of it. */
export function writeWhole(path: string, text: string): void {
  try {
    makeFolder(dirname(path))
    const temporary = `${path}.tmp`
    writeFileSync(temporary, text)
    sync(temporary)
    renameSync(temporary, path)
    sync(dirname(path))
  } catch (cause) {
    throw new FiredrillError('unwritable', `Cannot write ${path}: ${messageOf(cause)}.`, {
      hint: 'Choose a folder that you may write to with --out DIR.',
      cause,
    })
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Reads a whole JSON file and checks it; throws `run-not-found` when it is missing or not what it should be. */
export function readWhole<Content>(path: string, schema: z.ZodType<Content>): Content {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new FiredrillError(
      'run-not-found',
      `Cannot read ${path}: ${messageOf(cause).split('\n')[0]}.`,
      {
        hint: 'Name a folder below .firedrill/runs, or "latest".',
        cause,
      },
    )
  }
}

/** The files of a run's folder. */
export const runFiles = (folder: string) => ({
  run: join(folder, 'run.json'),
  trials: join(folder, 'trials.jsonl'),
  traces: join(folder, 'traces.jsonl'),
  injections: join(folder, 'injections.jsonl'),
  judgements: join(folder, 'judgements.jsonl'),
  behaviours: join(folder, 'behaviours.jsonl'),
  verifications: join(folder, 'verifications.jsonl'),
  summary: join(folder, 'summary.json'),
})
