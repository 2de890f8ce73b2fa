import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FlowGraph } from '../../core/flow.js'
import { columns } from '../../reports/text/layout.js'
import { command, foreignFolder, onlyRun } from './command.js'

let folder = ''
beforeAll(async () => {
  folder = foreignFolder()
  const plan = 'run solo pipeline critic-loop -f hallucination,message-storm -t 2'
  const { code, stderr } = await command(`${plan} --verify-tiers -q`, { cwd: folder })
  expect(code, stderr).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true }))

const known = new Map<string, Promise<string>>()
/** What `replay` prints of a trial; asked once for the same. */
function replayed(id: string, more = '', width = 80): Promise<string> {
  const asked = `${id} ${more} ${width}`
  const text = known.get(asked) ?? printed(id, more, width)
  known.set(asked, text)
  return text
}
async function printed(id: string, more: string, width: number): Promise<string> {
  const where = { cwd: folder, env: { COLUMNS: String(width) } }
  const { code, stdout, stderr } = await command(`replay ${id} ${more}`, where)
  expect(code, stdout + stderr).toBe(0)
  return stdout
}
const broken = 'pipeline/table-qa/hallucination/t2#1'
const held = 'critic-loop/table-qa/hallucination/t1#1'

describe('a replayed trial', () => {
  test('says what the system did, with the steps that prove it', async () => {
    const text = await replayed(held)
    const said = text.slice(text.indexOf('What the system did')).replace(/\s+/g, ' ')
    for (const one of [
      'behaviour detects-and-seeks-truth: Somebody notices the false fact and asks,',
      'decided by heuristic: by words, with expected errors',
      'tiers mechanism success, reasoning success',
      'proof step 26 judge/tools answers "November 5"',
      'step 29 judge/model doubts: I get "November 5"; the answer says "November 6".',
      'noticed at step 29 by judge/model',
      'came to 1 agent: generator/model, last at step 14; stopped at step 22 by judge/model',
      'verified necessary: the trial breaks without judge-loop',
      'tool:sort_rows -> generator/model step 14 carries "November 6"',
      'generator/model x router step 34 dropped: "November 6"',
    ]) {
      expect(said).toContain(one)
    }
  })

  test('shows its steps under the numbers that all else has, with marks and what they mean', async () => {
    const text = await replayed(held)
    const { line, trace } = JSON.parse(await replayed(held, '--json'))
    const marked = (mark: string) =>
      [...text.matchAll(/^ ([!#=~]{1,2}) +(\d+) {2}/gm)]
        .filter(([, marks]) => marks?.includes(mark))
        .map(([, , step]) => Number(step))
    expect(marked('!')).toEqual([line.spread.injected])
    expect(marked('#')).toEqual([line.spread.lastTainted])
    expect(marked('~')).toEqual([line.spread.firstDivergent])
    expect(marked('=')).toEqual([line.spread.contained])
    expect(trace.steps[line.noticed].key).toBe('judge#0/model#1.0')
    expect(text).toContain(' 29  judge#0/model#1.0  says  REJECT')
    expect(text).toMatch(
      /^ ! injected {3}# passes the fault on {3}~ first unlike the baseline {3}= stops it$/m,
    )
  })

  test('says what only a judge model could tell, and that nothing stopped it', async () => {
    const text = (await replayed(broken)).replace(/\s+/g, ' ')
    expect(text).toContain(
      'undecided pursues-true-intent, asked first: only a judge model can tell',
    )
    expect(text).toContain('noticed by nobody')
    expect(text).toContain('nothing stopped it')
  })

  test.each([80, 100])('keeps to %i columns', async (width) => {
    for (const id of [held, broken, 'pipeline/table-qa/message-storm/t2#1']) {
      const lines = (await replayed(id, '', width)).split('\n')
      expect(lines.filter((line) => columns(line) > width)).toEqual([])
    }
  })

  test('shows a baseline without marks and without a word of faults', async () => {
    const text = await replayed('pipeline/table-qa/baseline/t1#1')
    expect(text).not.toContain('What the system did')
    expect(text).not.toMatch(/^ [!#=~]/m)
  })
})

describe('as data', () => {
  test('a replayed trial has its behaviours, its verification and its flow', async () => {
    const document = JSON.parse(await replayed(held, '--json'))
    const stored = readFileSync(join(onlyRun(folder), 'trials.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .find(({ id }) => id === held)
    expect(document.behaviours).toEqual(stored.behaviours)
    expect(document.verification).toMatchObject({ id: held, verdict: 'necessary' })
    const flow: FlowGraph = document.flow
    expect(flow).toMatchObject({ fault: 'hallucination', spread: stored.spread })
    expect(flow.edges).toContainEqual({
      ...{ from: 'tool:sort_rows', to: 'generator/model', step: 14, messages: 1 },
      ...{ carries: 'planted', what: 'November 6', became: { how: 'carried', step: 14 } },
    })
  })

  test('a trial without a fault has a flow of its readings', async () => {
    const { flow } = JSON.parse(await replayed('pipeline/table-qa/baseline/t1#1', '--json'))
    expect(flow).toMatchObject({ fault: null, spread: null })
    expect(flow.edges.map(({ from, to }: FlowGraph['edges'][number]) => `${from} ${to}`)).toContain(
      'analyst engineer/model',
    )
  })
})

describe('as a diagram', () => {
  test.each([80, 100])(
    'a replayed trial is Mermaid and nothing else, at %i columns',
    async (width) => {
      const text = await replayed(held, '--mermaid', width)
      expect(text.startsWith('flowchart LR\n')).toBe(true)
      expect(text).toContain('SIMULATED')
      expect(text).toContain('==>|"step 14<br/>planted #34;November 6#34;"|')
      const statement =
        /^ {2}(?:\w+(?:\[|\(\[).+|n\d+ (?:==>|--x|-\.->)\|"[^"]*"\| n\d+|classDef .+)$/
      expect(
        text
          .trimEnd()
          .split('\n')
          .slice(1)
          .filter((line) => !statement.test(line)),
      ).toEqual([])
    },
  )

  test('there is none of what was not executed', async () => {
    const id = 'solo/table-qa/message-storm/t1#1'
    const { code, stdout, stderr } = await command(`replay ${id} --mermaid`, { cwd: folder })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`Nobody read anything in ${id}.`)
  })
})
