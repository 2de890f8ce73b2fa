import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The folder of the repository. */
export const repository = resolve(import.meta.dirname, '../..')

/** What a process left behind. */
export type Ended = Readonly<{
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}>

/** A process under way, with what it has said so far. */
export type Started = Readonly<{
  child: ChildProcess
  ended: Promise<Ended>
  /** Resolves as soon as stderr holds a text, or the process has ended. */
  says: (text: string) => Promise<void>
}>

/** The command line as users get it; `built.ts` sees to it that it is there. */
export const main = join(repository, 'dist/cli/main.js')

type Where = Readonly<{ cwd: string; env?: Readonly<Record<string, string>> }>

/** Starts the command line as a process of its own. */
export function start(args: readonly string[], { cwd, env = {} }: Where): Started {
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(FIREDRILL_|FORCE_COLOR|NO_COLOR|CI$|COLUMNS|NODE_ENV|VITEST)/.test(name),
  )
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...Object.fromEntries(clean), ...env },
  })
  const said = { stdout: '', stderr: '' }
  const waiting = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text
    for (const look of waiting) look()
  })
  const ended = new Promise<Ended>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => done({ code, signal, ...said }))
  })
  const says = (text: string) =>
    Promise.race([
      ended.then(() => undefined),
      new Promise<void>((found) => {
        const look = () => {
          if (said.stderr.includes(text)) found()
        }
        waiting.add(look)
        look()
      }),
    ])
  return { child, ended, says }
}

/** Runs the command line to its end. */
export const command = (args: string, where: Where): Promise<Ended> =>
  start(args.split(' ').filter(Boolean), where).ended

/** A new folder of nobody's. */
export const foreignFolder = (): string => mkdtempSync(join(tmpdir(), 'firedrill-e2e-'))

/** The only run that is kept below a folder. */
export function onlyRun(folder: string): string {
  const runs = readdirSync(join(folder, '.firedrill/runs'))
  const [id] = runs
  if (!id || runs.length > 1) throw new Error(`There are ${runs.length} runs.`)
  return join(folder, '.firedrill/runs', id)
}

/** The lines of a file in an order that does not hang on time. */
export const sortedLines = (path: string): readonly string[] =>
  readFileSync(path, 'utf8').split('\n').filter(Boolean).sort()
