import { existsSync, readdirSync, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { FiredrillError } from '../core/errors.js'

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

const notFound = (message: string, hint: string) =>
  new FiredrillError('run-not-found', message, { hint })
