import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { main, repository } from './command.js'

const config = 'tsconfig.build.json'

/** Builds the command line anew when a source is younger: these tests run what users get. */
export function setup(): void {
  if (existsSync(main) && newest() <= changed(main)) return
  execFileSync(process.execPath, [join('scripts', 'build.mjs')], {
    ...{ cwd: repository, stdio: 'inherit' },
  })
}

const changed = (path: string): number => statSync(path).mtimeMs

function newest(): number {
  const { include } = JSON.parse(readFileSync(join(repository, config), 'utf8'))
  const files = [config, 'tsconfig.json', ...(include as readonly string[]).flatMap(filesIn)]
  return Math.max(...files.map((path) => changed(join(repository, path))))
}

function filesIn(path: string): readonly string[] {
  if (path.endsWith('.ts')) return [path]
  return readdirSync(join(repository, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(path, name))
}
