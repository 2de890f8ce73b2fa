import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Summary, summarySchema } from '../core/schemas/summary.js'

const copied = [
  ...['analysis', 'cli', 'core', 'data', 'docs', 'engine', 'faults', 'models', 'reports'],
  ...['scenarios', 'schema', 'scripts', 'systems'],
  ...['package.json', 'tsconfig.json', 'biome.json', '.gitignore'],
]
const generated = ['docs/faults.md', 'faults/catalogue.ts']

/** The example of the page: the path that stands before the block, and the block. */
function exampleIn(page: string) {
  const [, path, code] = /^`(faults\/[^`]+\.ts)`:\n\n```ts\n(.*?)^```$/ms.exec(page) ?? []
  if (!path || !code) throw new Error('CONTRIBUTING.md shows no fault')
  return { path, code, id: path.replace(/^.*\/|\.ts$/g, '') }
}

const example = exampleIn(readFileSync('CONTRIBUTING.md', 'utf8'))
const copy = mkdtempSync(join(tmpdir(), 'firedrill-contributing-'))
const changed: string[] = []

beforeAll(async () => {
  for (const path of copied) cpSync(path, join(copy, path), { recursive: true })
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'))
  // What is not fresh in the working tree is none of the example's doing.
  await generate()
  const before = hashes()
  writeFileSync(join(copy, example.path), example.code)
  await generate()
  const after = hashes()
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(path) !== after.get(path)) changed.push(path)
  }
})

afterAll(() => rmSync(copy, { recursive: true, force: true }))

describe('the fault that CONTRIBUTING.md adds', () => {
  it('is new', () => {
    expect(existsSync(example.path)).toBe(false)
  })

  it('changes one file and what is generated from it', () => {
    expect(changed.sort()).toEqual([example.path, ...generated].sort())
  })

  it('has the style and the types of the others', async () => {
    const biome = join('node_modules', '@biomejs', 'biome', 'bin', 'biome')
    const lint = ['check', '--error-on-warnings', '--vcs-enabled=false', example.path]
    expect((await node(biome, ...lint)).code).toBe(0)
    writeFileSync(
      join(copy, 'tsconfig.example.json'),
      JSON.stringify({ extends: './tsconfig.json', include: [example.path] }),
    )
    const tsc = join('node_modules', 'typescript', 'bin', 'tsc')
    expect(await node(tsc, '-p', 'tsconfig.example.json')).toMatchObject({ code: 0, stdout: '' })
  })

  it('is listed', async () => {
    const { stdout } = await tsx('cli/main.ts', 'list', 'faults', '--json')
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ id: example.id }))
  })

  it('runs, bites and has its cell', async () => {
    const args = ['run', 'solo', '-f', example.id, '-t', '4', '--json', '--out', 'runs']
    const { code, stdout } = await tsx('cli/main.ts', ...args)
    expect([0, 3]).toContain(code)
    const { cells }: Summary = summarySchema.parse(JSON.parse(stdout))
    expect(cells.map(({ system, fault }) => `${system} ${fault}`)).toEqual([`solo ${example.id}`])
    expect(cells[0]?.n).toBeGreaterThan(0)
    expect(cells[0]?.void).toBe(0)
  })
})

/** The hash of each file in the copy, by its path. */
function hashes(): ReadonlyMap<string, string> {
  const files = readdirSync(copy, { recursive: true, withFileTypes: true, encoding: 'utf8' })
  return new Map(
    files
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(copy.length + 1), hashOf(readFileSync(path))]),
  )
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const tsx = (...args: readonly string[]) =>
  node(join('node_modules', 'tsx', 'dist', 'cli.mjs'), ...args)

async function generate(): Promise<void> {
  const { code, stderr } = await tsx('scripts/generate.ts')
  if (code !== 0) throw new Error(stderr)
}

/** What a script says in the copy, and how it ends. */
async function node(...args: readonly string[]) {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [...args], {
      cwd: copy,
      maxBuffer: 1 << 26,
    })
    return { code: 0, stdout, stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: unknown; stdout: string; stderr: string }
    if (typeof code !== 'number') throw error
    return { code, stdout, stderr }
  }
}
