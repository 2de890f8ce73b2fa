import { existsSync, readdirSync, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { FiredrillError } from '../core/errors.js'
import type { RunFile } from '../core/schemas/run-file.js'

/** The folder of a run: given by its id, its own path, or `latest`. */
export function findRun(name: string, out: string): string {
  const runs = existsSync(out)
    ? readdirSync(out).filter((entry) => existsSync(join(out, entry, 'run.json')))
    : []
  if (name === 'latest') {
    const [newest] = runs
      .map((id) => ({ id, at: statSync(join(out, id, 'run.json')).mtimeMs }))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    if (newest) return join(out, newest.id)
    throw notFound(`There is no run in ${out} yet.`, 'Make one first: firedrill run.')
  }
  if (runs.includes(name)) return join(out, name)
  const path = isAbsolute(name) ? name : resolve(name)
  if (existsSync(join(path, 'run.json'))) return path
  const shown = runs.slice(-5).join(', ')
  throw notFound(
    `There is no run "${name}" in ${out}.`,
    shown ? `There are: ${shown}.` : 'Make one first: firedrill run.',
  )
}

/** Refuses to execute anything of a run that others executed: their systems are not here. */
export function requireExecutable({ id, imported }: Pick<RunFile, 'id' | 'imported'>): void {
  if (!imported) return
  const message = `Run ${id} was imported: others executed its trials, and their systems are not here.`
  throw new FiredrillError('unsupported', message, {
    hint: `What is stored can be read: firedrill report ${id}.`,
  })
}

const notFound = (message: string, hint: string) =>
  new FiredrillError('run-not-found', message, { hint })
