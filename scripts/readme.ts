/**
 * Fills the outputs in README.md and in the page of an example by running the commands above them, so that what they show
 * is what a reader gets. With --check nothing is written, and an output that differs is an error. Ids of runs and dates
 * are evened out.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const check = process.argv.includes('--check')
// Four marks: what models write has fences of three.
const block = /<!-- \$ firedrill (.+) -->\n````text\n([\s\S]*?)````/g

// One folder for all commands: a replay reads the run that was made above it.
const out = mkdtempSync(join(tmpdir(), 'firedrill-readme-'))

function outputOf(command: string): string {
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '100' }
  const args = ['--import', 'tsx', 'cli/main.ts', ...wordsOf(command), '--out', out]
  // A gate that fails ends with 1, one without an answer with 3: what they print is what is shown.
  const { status, stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  if (![0, 1, 3].includes(status ?? -1))
    throw new Error(`firedrill ${command} ended with ${status}`)
  return evened(stdout)
}

/** Words as a shell parts them: gates stand between quotes. */
const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')

const evened = (text: string): string =>
  text
    .replace(/r-\d{8}-[0-9a-f]{6}/g, 'r-20261123-000000')
    .replaceAll(/ Kept {2}.*\n/g, ' Kept  .firedrill/runs/r-20261123-000000\n')
    .replace(/\d+ s,/g, '9 s,')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')

// A run of another length in seconds may break its lines elsewhere.
const words = (text: string) => text.replace(/\s+/g, ' ')
for (const page of ['README.md', join('examples', 'own-fault', 'README.md')]) {
  const before = readFileSync(page, 'utf8')
  const after = before.replace(block, (_, command: string) => {
    return `<!-- $ firedrill ${command} -->\n\`\`\`\`text\n${outputOf(command)}\`\`\`\``
  })
  if (check && words(before) !== words(after)) {
    console.error(`${page} does not show what its commands print. Run: npm run readme`)
    process.exitCode = 1
  }
  if (!check) writeFileSync(page, after)
}
rmSync(out, { recursive: true, force: true })
