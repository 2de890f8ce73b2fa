/**
 * Fills the outputs in README.md and in the page of an example by running the commands above them, so that what they show
 * is what a reader gets. With --check nothing is written, and an output that differs is an error. Ids of runs and dates
 * are evened out.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const check = process.argv.includes('--check')
// Four marks: what models write has fences of three.
const block = /<!-- \$ firedrill (.+) -->\n````text\n([\s\S]*?)````/g

/** What a page shows, in order: a run, and below it the commands that read it, which wait for it. */
async function outputsOf(page: string): Promise<readonly string[]> {
  const commands = [...page.matchAll(block)].map(([, command = '']) => command)
  const starts = commands.flatMap((command, at) => (at === 0 || /^run /.test(command) ? [at] : []))
  const chains = starts.map((from, at) => commands.slice(from, starts[at + 1]))
  return (await Promise.all(chains.map(chainOf))).flat()
}

async function chainOf(commands: readonly string[]): Promise<readonly string[]> {
  const out = mkdtempSync(join(tmpdir(), 'firedrill-readme-'))
  const outputs: string[] = []
  for (const command of commands) outputs.push(await outputOf(command, out))
  rmSync(out, { recursive: true, force: true })
  return outputs
}

function outputOf(command: string, out: string): Promise<string> {
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '100' }
  const args = ['--import', 'tsx', 'cli/main.ts', ...wordsOf(command), '--out', out]
  return new Promise((done, fail) => {
    const child = execFile(process.execPath, args, { env, maxBuffer: 1 << 26 }, (_, stdout) => {
      // A gate that fails ends with 1, one without an answer with 3: what they print is what is shown.
      if ([0, 1, 3].includes(child.exitCode ?? -1)) done(evened(stdout))
      else fail(new Error(`firedrill ${command} ended with ${child.exitCode}`))
    })
  })
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
async function fill(page: string): Promise<void> {
  const before = readFileSync(page, 'utf8')
  const outputs = await outputsOf(before)
  let at = 0
  const after = before.replace(block, (_, command: string) => {
    return `<!-- $ firedrill ${command} -->\n\`\`\`\`text\n${outputs[at++]}\`\`\`\``
  })
  if (check && words(before) !== words(after)) {
    console.error(`${page} does not show what its commands print. Run: npm run readme`)
    process.exitCode = 1
  }
  if (!check) writeFileSync(page, after)
}

await Promise.all(['README.md', join('examples', 'own-fault', 'README.md')].map(fill))
