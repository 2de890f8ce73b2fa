import { writeSync } from 'node:fs'
import chalk from 'chalk'

/** How this process may show things; decided once, from flags, environment and terminal. */
export type Display = Readonly<{ colour: boolean; width: number; interactive: boolean }>

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Whether to use colours: `--no-color`, then NO_COLOR, then FORCE_COLOR, then whether somebody looks. Also tells chalk,
 * which does not know NO_COLOR.
 */
export function displayOf(
  args: readonly string[],
  env: Environment,
  out: NodeJS.WriteStream,
): Display {
  const asked = wishes(args, env)
  const colour = asked ?? Boolean(out.isTTY && env['TERM'] !== 'dumb')
  chalk.level = colour ? 1 : 0
  const width = Math.min(120, Math.max(60, out.columns ?? (Number(env['COLUMNS']) || 100)))
  return {
    colour,
    width,
    interactive: Boolean(process.stderr.isTTY && env['TERM'] !== 'dumb' && !env['CI']),
  }
}

function wishes(args: readonly string[], env: Environment): boolean | null {
  if (args.includes('--no-color') || args.includes('--no-colour')) return false
  if (env['NO_COLOR']) return false
  const forced = env['FORCE_COLOR']
  return forced === undefined ? null : forced !== '0' && forced !== 'false'
}

/** Writes a result to stdout, all of it, before it returns; a reader that has gone away is no error. */
export function print(text: string): void {
  const bytes = Buffer.from(text.endsWith('\n') ? text : `${text}\n`)
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(1, bytes, done)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
    }
  }
}

/**
 * Keeps stdout for the result, which `print` writes past Node's stream: what a system prints while it works, or while it
 * is loaded, goes to stderr.
 */
export function reserveStdout(): void {
  process.stdout.write = process.stderr.write.bind(process.stderr)
}

/** Writes one JSON document to stdout. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2))

/** Writes a notice to stderr. */
export function log(text: string): void {
  process.stderr.write(`${text}\n`)
}
