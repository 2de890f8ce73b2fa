import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { detectionSchema } from '../../core/schemas/detection.js'
import { judgementSchema } from '../../core/schemas/judgement.js'
import { summarySchema } from '../../core/schemas/summary.js'
import { trialLineSchema } from '../../core/schemas/trial-line.js'
import { command, foreignFolder, onlyRun, sortedLines } from './command.js'
import { completionsServer, type Request, type Say } from './completions-server.js'

const key = 'a-very-secret-key'
const env = { FIREDRILL_JUDGE_KEY: key }

/** What a prompt offers, and the first words that an agent says in it. */
function offered({ prompt }: Request) {
  const [, behaviour = ''] =
    /You may answer one of these, or "none":\n- ([\w-]+):/.exec(prompt) ?? []
  const steps = prompt.slice(prompt.indexOf('\n5. Steps\n'), prompt.indexOf('\n6. Behaviours\n'))
  const [before = '', ...after] = steps.split(/\nIt says \(ai\):\n`+\n/)
  const step = Number([...before.matchAll(/^Step (\d+):/gm)].at(-1)?.[1])
  const quote = after[0]?.split('\n')[0]?.slice(0, 150) ?? ''
  return { behaviour, step, quote }
}
const say = (changes: object, request: Request): string =>
  JSON.stringify({ ...offered(request), because: 'I see it there.', ...changes })
const rightly: Say = (request) => say({}, request)

let server: Awaited<ReturnType<typeof completionsServer>>
let folder = ''
beforeAll(async () => {
  server = await completionsServer(rightly)
  folder = foreignFolder()
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const judge = () => `--judge-model scripted --judge-url ${server.url}`
const fileIn = (at: string, name: string) => join(onlyRun(at), name)
const trialsIn = (at: string) =>
  sortedLines(fileIn(at, 'trials.jsonl')).map((line) => trialLineSchema.parse(JSON.parse(line)))
const judgementsIn = (at: string) =>
  sortedLines(fileIn(at, 'judgements.jsonl')).map((line) => judgementSchema.parse(JSON.parse(line)))
const openIn = (at: string) =>
  trialsIn(at).filter(({ behaviours }) => behaviours.some((one) => one.undecided.length > 0))
const summaryIn = (at: string) =>
  summarySchema.parse(JSON.parse(readFileSync(fileIn(at, 'summary.json'), 'utf8')))
const copyOf = (at: string) => {
  const cwd = foreignFolder()
  cpSync(at, cwd, { recursive: true })
  return cwd
}

const plan = 'run solo pipeline -t 3 -f ILC,MS'

describe('a run with a judge model', () => {
  let stdout = ''
  let requests: readonly Request[] = []
  beforeAll(async () => {
    const run = await command(`${plan} ${judge()}`, { cwd: folder, env })
    expect(run.code, run.stderr).toBe(0)
    expect(run.stderr).toContain('Asking scripted what no program can tell:')
    stdout = run.stdout
    requests = [...server.requests]
  })

  test('asks once for each trial in which rules leave a behaviour open, and keeps the answer', () => {
    const open = openIn(folder)
    expect(open.length).toBeGreaterThan(1)
    const judgements = judgementsIn(folder)
    expect(judgements.map(({ trial }) => trial).sort()).toEqual(open.map((one) => one.key).sort())
    expect(requests).toHaveLength(open.length)
    for (const { behaviour, asked, proof, judge: by, answeredBy } of judgements) {
      expect(behaviour).toBe(asked[0])
      expect(proof).toMatchObject([{ shows: 'quotes', what: expect.stringMatching(/\S/) }])
      expect({ ...by, answeredBy }).toMatchObject({ id: 'scripted', answeredBy: 'scripted-1' })
    }
  })

  test('cites words that stand in the step of the stored trace', () => {
    const traces = new Map(
      sortedLines(fileIn(folder, 'traces.jsonl')).map((line) => {
        const trace = JSON.parse(line)
        return [trace.key, trace]
      }),
    )
    for (const { trial, proof } of judgementsIn(folder)) {
      const { messages, steps } = traces.get(trial)
      const step = steps[proof[0]?.step ?? -1]
      expect(step.kind).toBe('call')
      const { text, toolCalls = [] } = messages[step.reply]
      const said = `${text} ${JSON.stringify(toolCalls)}`.replace(/\s+/g, ' ')
      const words = (proof[0]?.what ?? '').split('(')[0] ?? ''
      expect(said).toContain(words)
    }
  })

  test('joins what it says to the summary and leaves the record of the trials as it was', () => {
    const { run, cells, totals } = summaryIn(folder)
    const asked = requests.length
    expect(run.judge).toEqual({
      ...{ id: 'scripted', asked, decided: asked, undetermined: 0 },
      ...{ tokens: 100 * asked, costUsd: null },
    })
    expect(openIn(folder)).toHaveLength(asked)
    expect(cells.every(({ undetermined }) => undetermined === 0)).toBe(true)
    expect(totals.tokens).toBe(trialsIn(folder).reduce((sum, { tokens }) => sum + tokens, 0))
    expect(totals.costUsd).toBe(0)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `scripted was asked: ${asked} questions, ${asked} decided, 0 left undetermined.`,
    )
  })

  test('shows its key to the server and to nobody else', () => {
    expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${key}`]),
    )
    for (const name of readdirSync(onlyRun(folder))) {
      expect(readFileSync(fileIn(folder, name), 'utf8'), name).not.toContain(key)
    }
    expect(stdout).not.toContain(key)
  })

  test('asks nobody again, and needs no key for what it has', async () => {
    server.says(() => 500)
    const before = readFileSync(fileIn(folder, 'judgements.jsonl'), 'utf8')
    const again = await command(`run --resume latest -q ${judge()}`, { cwd: folder })
    expect(again, again.stderr).toMatchObject({ code: 0, stdout })
    const report = await command('report', { cwd: folder })
    expect(report.stdout).toBe(stdout)
    const detected = await command(`detect ${judge()}`, { cwd: folder })
    expect(detected.code, detected.stderr).toBe(0)
    expect(detected.stdout).toMatch(/instruction-logic-conflict +\w+ +\d+\/\d+ +\d+% \[/)
    expect(readFileSync(fileIn(folder, 'judgements.jsonl'), 'utf8')).toBe(before)
    expect(server.requests).toEqual([])
  })
})

describe('detect on a run that had no judge', () => {
  let without = ''
  beforeAll(async () => {
    without = foreignFolder()
    const run = await command(`${plan} -q`, { cwd: without })
    expect(run.code, run.stderr).toBe(0)
  })
  afterAll(() => rmSync(without, { recursive: true }))

  test('sees in its traces what the run saw, and says how much is undetermined', async () => {
    const trials = readFileSync(fileIn(without, 'trials.jsonl'), 'utf8')
    const { code, stdout } = await command('detect --json', { cwd: without })
    const detection = detectionSchema.parse(JSON.parse(stdout))
    expect({ code, ...detection }).toMatchObject({
      ...{ code: 0, changed: 0, withoutTrace: 0, judge: null, unanswered: {} },
      run: { evidence: 'simulated' },
    })
    expect(detection.trials).toBeGreaterThan(0)
    const undetermined = trialsIn(without).flatMap(({ behaviours }) =>
      behaviours.filter(({ id, undecided }) => id === null && undecided.length > 0),
    )
    const counts = detection.faults.map(({ undetermined: { mean, n } }) => (mean ?? 0) * n)
    expect(Math.round(counts.reduce((a, b) => a + b))).toBe(undetermined.length)
    expect(readFileSync(fileIn(without, 'trials.jsonl'), 'utf8')).toBe(trials)
    for (const name of ['behaviours.jsonl', 'judgements.jsonl']) {
      expect(existsSync(fileIn(without, name)), name).toBe(false)
    }
  })

  test.each<readonly [string, Say, string, boolean]>([
    ['none', (request) => say({ behaviour: 'none' }, request), 'none', true],
    ['malformed output', () => 'I think it corrects the conflict.', 'malformed', false],
    ['an invented step', (request) => say({ step: 99_999 }, request), 'invented-step', false],
    [
      'an invented quote',
      (request) => say({ quote: 'These words stand nowhere.' }, request),
      'invented-quote',
      false,
    ],
    [
      'a behaviour that is not open',
      (request) => say({ behaviour: 'misses-conflict' }, request),
      'not-allowed',
      false,
    ],
    ['HTTP 500', () => 500, 'http', false],
    ['silence', () => 'silence', 'timeout', false],
  ])('%s is counted and ends nothing', async (_, answer, because, isDecided) => {
    server.says(answer)
    const cwd = copyOf(without)
    const asked = openIn(cwd).length
    const ended = await command(`detect --json -j 20 --judge-timeout 1 ${judge()}`, { cwd, env })
    expect(ended.code, ended.stderr).toBe(0)
    const { judge: used, unanswered, faults } = detectionSchema.parse(JSON.parse(ended.stdout))
    const decided = isDecided ? asked : 0
    expect(used).toMatchObject({ asked, decided, undetermined: asked - decided })
    expect(unanswered).toEqual({ [because]: asked })
    const judged = faults.map(({ judge: { mean } }) => mean)
    expect(judged.every((share) => share === 0)).toBe(true)
    const open = faults.some(({ undetermined: { mean } }) => mean !== 0)
    expect(open).toBe(!isDecided)
    const summary = await command('report --json', { cwd })
    expect(summarySchema.parse(JSON.parse(summary.stdout)).run.judge).toEqual(used)
    rmSync(cwd, { recursive: true })
  })

  test('that nobody answered is asked again, and another judge is asked all', async () => {
    const cwd = copyOf(without)
    const asked = openIn(cwd).length
    server.says(() => 401)
    await command(`detect -q ${judge()}`, { cwd, env })
    server.says(rightly)
    await command(`detect -q ${judge()}`, { cwd, env })
    expect(server.requests).toHaveLength(asked)
    const other = `--judge-model other --judge-url ${server.url}`
    const { stdout } = await command(`detect -q --json ${other}`, { cwd, env })
    expect(server.requests).toHaveLength(2 * asked)
    expect(detectionSchema.parse(JSON.parse(stdout)).judge).toMatchObject({
      ...{ id: 'other', asked, decided: asked },
    })
    rmSync(cwd, { recursive: true })
  })
})

test('what a judge takes counts towards the limit of tokens, and the run can go on', async () => {
  server.says(rightly)
  const cwd = foreignFolder()
  const { tokens } = summaryIn(folder).totals
  const stopped = await command(`${plan} -j 1 --max-tokens ${tokens + 150} ${judge()}`, {
    cwd,
    env,
  })
  expect(stopped.code, stopped.stderr).toBe(4)
  expect(stopped.stderr).toContain('The limit of tokens is reached')
  expect(stopped.stderr).toContain(`--max-tokens MORE ${judge()}`)
  expect(judgementsIn(cwd)).toHaveLength(2)
  const went = await command(`run --resume latest --max-tokens ${2 * tokens} ${judge()}`, {
    ...{ cwd, env },
  })
  expect(went.code, went.stderr).toBe(0)
  expect(judgementsIn(cwd)).toHaveLength(openIn(cwd).length)
  expect(server.requests).toHaveLength(openIn(cwd).length)
  rmSync(cwd, { recursive: true })
})

describe('nothing runs', () => {
  test.each([
    ['without a key', '--judge-model gpt-5-mini', 'FIREDRILL_JUDGE_KEY or OPENAI_API_KEY'],
    [
      'without a server',
      '--judge-model x --judge-url http://127.0.0.1:1/v1',
      'set --judge-url (FIREDRILL_JUDGE_URL)',
    ],
    ['with a URL that is none', '--judge-model x --judge-url nowhere', '--judge-url https:'],
    [
      'without traces',
      '--judge-model x --judge-url http://127.0.0.1:1/v1 --traces none',
      '--traces all is the default',
    ],
    [
      'with a limit of cost that cannot be kept',
      '--judge-model x --judge-url http://127.0.0.1:1/v1 --max-cost 1',
      'nobody knows what the judge model x costs',
    ],
  ])('%s, and it says what to do', async (_, options, hint) => {
    const cwd = foreignFolder()
    const { code, stderr, stdout } = await command(`run pipeline -t 1 -f ILC ${options}`, { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain(hint)
    expect(stdout).toBe('')
    expect(readdirSync(cwd)).toEqual([])
    rmSync(cwd, { recursive: true })
  })
})

test('a fault without such behaviours needs neither key nor server', async () => {
  const cwd = foreignFolder()
  const { code, stderr } = await command('run pipeline -t 1 -f MS --judge-model gpt-5-mini', {
    cwd,
  })
  expect(code, stderr).toBe(0)
  expect(summaryIn(cwd).run.judge).toBeNull()
  rmSync(cwd, { recursive: true })
})

test('the plan says how many calls that will be at most, and doctor what is set', async () => {
  const where = { cwd: folder, env: { ...env, FIREDRILL_JUDGE_MODEL: 'gpt-5-mini' } }
  const { stdout } = await command('plan pipeline solo -t 5 -f ILC,MS', where)
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'gpt-5-mini is asked what no program can tell of instruction-logic-conflict: at most 20 calls, 2 for each of 10 trials',
  )
  const doctor = await command('doctor', where)
  expect(doctor.stdout).toContain('gpt-5-mini at https://api.openai.com/v1')
  expect(doctor.stdout).toContain('key from FIREDRILL_JUDGE_KEY')
  expect(doctor.stdout).not.toContain(key)
})
