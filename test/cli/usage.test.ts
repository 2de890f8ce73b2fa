import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { main } from '../../cli/program.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-usage-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The exit code of the command line and what it said on stderr. */
async function saidBy(args: readonly string[]) {
  const written: string[] = []
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
  const { write } = process.stdout
  try {
    return { code: await main(args), said: written.join('') }
  } finally {
    spy.mockRestore()
    process.stdout.write = write
  }
}

const wrong: readonly (readonly [string, RegExp])[] = [
  ['', /Say what to do: run, list/],
  ['rum', /Did you mean run\?/],
  ['run --taks 3', /taks/],
  ['run -t', /argument/i],
  ['run -t 0', /0 is no number of tasks/],
  ['run -j many', /--concurrency cannot be "many"/],
  ['run -j 0', /whole number/],
  ['run --max-tokens 10k', /--max-tokens cannot be "10k"\.\n.*--max-tokens 500000/],
  ['run --max-time 20', /--max-time cannot be "20"\.\n.*90s, 20m or 2h/],
  ['run --max-cost free', /--max-cost cannot be "free"\.\n.*US dollars above 0/],
  ['run --trial-calls 0', /--trial-calls cannot be "0"\.\n.*--trial-calls 2x/],
  ['run --trial-calls 0.5x', /--trial-calls cannot be "0\.5x"/],
  ['plan --trial-calls many', /--trial-calls cannot be "many"/],
  ['run --trial-calls', /argument/i],
  ['run -f halucination', /Did you mean hallucination\?/],
  ['run -f MS:copies=0', /whole number from 1 to 1000/],
  ['run -f H,!H', /leaves no fault/],
  ['run pipelin', /Did you mean pipeline\?/],
  ['run -s table-q', /Did you mean table-qa\?/],
  ['run -m gpt', /There is no model "gpt"/],
  ['run --seeds 3-1', /"3-1" are no seeds/],
  ['run --site a#b', /"a#b" is no site/],
  ['run pipeline --without dedup', /Did you mean dedupe\?/],
  ['run solo --without dedupe', /There is no defence "dedupe"/],
  ['run -t t1,t99999999', /There is no task "t99999999"/],
  ['run -r htlm', /There is no report "htlm"/],
  ['run --traces some', /some/],
  ['run --resume r-none', /There is no run/],
  ['run --system none.ts', /There is no file/],
  ['run pipeline --system graph.ts', /exclude each other/],
  ['run --tasks-file tasks.json', /There is no file tasks.json/],
  [
    'run --tasks-file none.json --system examples/supervisor/graph.ts',
    /There is no file none\.json/,
  ],
  ['list nothing', /nothing/],
  ['list', /what|argument/i],
  ['explain nothing', /There is no fault "nothing"/],
  ['replay nothing', /"nothing" is not the id of a trial/],
  ['replay a/b/c/d#1', /There is no run in/],
  ['report --weights scoeps', /names no weights.*\n.*uniform, scopes, faults/],
  ['report r-1', /There is no run "r-1"/],
]

const hasRuns = (args: string) => /^(run|replay|report)\b/.test(args)

test.each(wrong)(
  'firedrill %s is refused with what to do, and nothing is run',
  async (args, words) => {
    const given = args.split(' ').filter(Boolean)
    const out = hasRuns(args) ? ['--out', folder] : []
    const { code, said } = await saidBy([...given, ...out])
    expect(code, said).toBe(2)
    expect(said).toMatch(words)
    // A sentence on what is wrong and one on what to do now; only bugs of ours show a stack.
    expect(said.trimEnd().split('\n').length).toBeGreaterThanOrEqual(2)
    expect(said).not.toMatch(/^\s+at /m)
    expect(readdirSync(folder)).toEqual([])
  },
)

test('a folder that cannot be written is refused before anything runs', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const { code, said } = await saidBy(['run', 'solo', '-t', '1', '-q', '--out', file])
  rmSync(file)
  expect(code).toBe(2)
  expect(said).toMatch(/Cannot write .*\n.*--out DIR/)
})
