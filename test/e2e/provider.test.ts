import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { summarySchema } from '../../core/schemas/summary.js'
import { trialLineSchema } from '../../core/schemas/trial-line.js'
import { problems } from '../../scenarios/gsm8k/problems.js'
import { command, foreignFolder, onlyRun, sortedLines } from './command.js'
import { completionsServer, type Request, type Say } from './completions-server.js'

const key = 'a-very-secret-key'
const env = { FIREDRILL_MODEL_KEY: key }

/** Knows all problems by heart, as a real model may; a falsified one it does not know. */
const knowing: Say = ({ body: { messages, tools = [] } }: Request) => {
  const [system = '', ...others] = messages.map(({ content }) => String(content))
  if (tools.length > 0 && others.length === 1) return { call: 'list_columns', args: {} }
  if (system.includes('Your job is to plan')) return '```ops\n1. Work it out.\n```'
  const known = problems().find(({ question }) => others.join('\n').includes(question))
  return `So it is:\n\`\`\`answer\n${known?.solution ?? 'unknown'}\n\`\`\``
}

let server: Awaited<ReturnType<typeof completionsServer>>
let folder = ''
beforeAll(async () => {
  server = await completionsServer(knowing)
  folder = foreignFolder()
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const model = () => `--model openai:scripted --model-url ${server.url}`
const trialsIn = (at: string) =>
  sortedLines(join(onlyRun(at), 'trials.jsonl')).map((line) =>
    trialLineSchema.parse(JSON.parse(line)),
  )

const baselineIn = (trials: ReturnType<typeof trialsIn>) =>
  trials.find(({ arm }) => arm === 'baseline')

/** Runs in a folder of its own and removes it. */
async function runOnce(args: string, say: Say) {
  server.says(say)
  const cwd = foreignFolder()
  const ended = await command(`run ${args} ${model()} -q`, { cwd, env })
  const trials = trialsIn(cwd)
  rmSync(cwd, { recursive: true })
  return { ...ended, trials, requests: [...server.requests] }
}

describe('a run of reference systems on a real model', () => {
  let stdout = ''
  let requests: readonly Request[] = []
  beforeAll(async () => {
    const args = `run solo pipeline -s gsm8k -t 3 -f H,MS ${model()} -q`
    const run = await command(args, { cwd: folder, env })
    expect(run.code, run.stderr).toBe(0)
    stdout = run.stdout
    requests = [...server.requests]
  })

  test('is MEASURED, its baselines are right, and what it costs is not known', () => {
    expect(stdout).toMatch(/MEASURED +Agents were answered by openai:scripted\./)
    expect(stdout).not.toContain('SIMULATED')
    expect(stdout).toContain('cost unknown')
    const summary = JSON.parse(readFileSync(join(onlyRun(folder), 'summary.json'), 'utf8'))
    const { run, totals } = summarySchema.parse(summary)
    expect(run.evidence).toBe('measured')
    expect(totals).toMatchObject({ costUsd: null, tokens: 100 * requests.length })
    const baselines = trialsIn(folder).filter(({ arm }) => arm === 'baseline')
    expect(baselines).toHaveLength(6)
    for (const { outcome, duration } of baselines) {
      expect(outcome).toMatchObject({ kind: 'answered', correct: true })
      expect(duration).toBeGreaterThan(0)
    }
  })

  test('sends what every model gets, once for each call', () => {
    expect(requests).toHaveLength(trialsIn(folder).reduce((sum, { calls }) => sum + calls, 0))
    for (const { body } of requests) {
      expect(body).toMatchObject({ model: 'scripted', temperature: 0 })
      expect(body.messages[0]?.content).toMatch(/^You are the \w+\. Your job is to /)
    }
  })

  test('sets faults at the seams as in any other run', () => {
    const faulted = trialsIn(folder).filter(({ arm }) => arm === 'fault')
    for (const fault of ['hallucination', 'message-storm']) {
      const acted = faulted.filter((trial) => trial.fault === fault && trial.verdict === 'held')
      expect(acted.length, fault).toBeGreaterThan(0)
      for (const { injections } of acted) {
        expect(injections[0]).toMatchObject({ changed: true, delivered: true, effective: true })
      }
    }
  })

  test('keeps which model it was, and its key nowhere', () => {
    const run = onlyRun(folder)
    const stored = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'))
    expect(stored.plan.model).toMatchObject({ id: 'openai:scripted', kind: 'provider' })
    expect(stored.arguments.modelUrl).toBe(server.url)
    for (const name of readdirSync(run)) {
      expect(readFileSync(join(run, name), 'utf8'), name).not.toContain(key)
    }
    expect(stdout).not.toContain(key)
    expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${key}`]),
    )
  })

  test('that is done is resumed without key and server', async () => {
    server.says(() => 500)
    const again = await command('run --resume latest -q', { cwd: folder })
    expect(again).toMatchObject({ code: 0, stdout })
    expect(server.requests).toEqual([])
  })

  test('is replayed by asking again', async () => {
    server.says(knowing)
    const id = 'solo/gsm8k/hallucination/t1#1'
    const { code, stdout: shown } = await command(`replay ${id}`, { cwd: folder, env })
    expect(code).toBe(0)
    expect(shown).not.toContain('SIMULATED')
    expect(server.requests.length).toBeGreaterThan(0)
  })
})

test('tools reach the model, and its calls reach the tools', async () => {
  const { requests, trials } = await runOnce('solo -s table-qa -t 1 -f H', knowing)
  const [first, second] = requests
  expect(first?.body.tools?.map((tool) => tool.function.name)).toContain('list_columns')
  expect(second?.body.messages.at(-1)).toMatchObject({
    role: 'tool',
    content: expect.stringMatching(/^Columns: /),
  })
  expect(baselineIn(trials)).toMatchObject({
    calls: 2,
    outcome: { kind: 'answered', correct: false },
  })
})

test('a file of tasks is work for reference systems, marked by the module of its owner', async () => {
  const cwd = foreignFolder()
  const text =
    'oracle: custom\nbriefings: {produce: Your job is to produce a greeting.}\ntasks:\n- {id: hi, text: Greet me.}\n'
  writeFileSync(join(cwd, 'greetings.yaml'), text)
  writeFileSync(join(cwd, 'polite.ts'), 'export default (_: unknown, a: string) => a === "Hello."')
  server.says(() => '```answer\nHello.\n```')
  const args = `run solo -f CIL --tasks-file greetings.yaml --oracle polite.ts ${model()} -q`
  const { stderr } = await command(args, { cwd, env })
  expect(baselineIn(trialsIn(cwd)), stderr).toMatchObject({
    ...{ id: 'solo/greetings-file/baseline/hi#1', outcome: { correct: true } },
  })
  expect(server.requests[0]?.body.messages[0]?.content).toContain(
    'Your job is to produce a greeting. Reply with exactly one ```answer block',
  )
  rmSync(cwd, { recursive: true })
})

test('a setting that the model refuses is left out', async () => {
  const { requests, trials } = await runOnce('solo -s gsm8k -t 2 -f H -j 1', (request) =>
    request.body.temperature === undefined
      ? knowing(request)
      : { status: 400, error: "Unsupported value: 'temperature' does not support 0." },
  )
  expect(baselineIn(trials)?.outcome).toMatchObject({ kind: 'answered', correct: true })
  expect(requests.length).toBeGreaterThan(2)
})

describe('what goes wrong', () => {
  test.each([429, 500, 401])('with HTTP %i is no word about the system', async (status) => {
    const { requests, trials, code } = await runOnce('solo -s gsm8k -t 2 -f H', () => status)
    // Each baseline asks once: nothing tries again behind the back of the trial.
    expect(requests).toHaveLength(2)
    expect(baselineIn(trials)?.outcome).toEqual({
      kind: 'void',
      reason: `the model's server said HTTP ${status}`,
    })
    expect(trials.map(({ verdict }) => verdict)).not.toContain('broke')
    expect(code).toBe(3)
  })

  test('with a request that is too long is the system’s', async () => {
    const say: Say = () => ({ status: 400, error: 'This maximum context length is exceeded.' })
    const { trials } = await runOnce('solo -s gsm8k -t 1 -f H', say)
    expect(baselineIn(trials)?.outcome).toMatchObject({ kind: 'crashed' })
  })

  const cases = [
    ['without a key', '--model openai:x', 'Set FIREDRILL_MODEL_KEY or OPENAI_API_KEY'],
    [
      'without a server',
      '--model openai:x --model-url http://127.0.0.1:1/v1',
      '--model-url (FIREDRILL_MODEL_URL)',
    ],
    ['with a URL that is none', '--model openai:x --model-url me:key@there', '--model-url https:'],
    ['without a name', '--model openai:', '--model openai:gpt-5-mini'],
    ['with another name', '--model gpt-5-mini', 'openai:NAME'],
  ] as const
  test.each(cases)('%s nothing runs, and it says what to set', async (_, options, hint) => {
    const cwd = foreignFolder()
    const ended = await command(`run solo -t 1 -f H ${options}`, { cwd })
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain(hint)
    expect(ended.stderr).not.toContain('me:key')
    expect(readdirSync(cwd)).toEqual([])
    rmSync(cwd, { recursive: true })
  })

  test('the plan needs neither key nor server, and says that the cost is unknown', async () => {
    const args = 'plan solo -s gsm8k -t 5 -f H --model openai:gpt-5-mini'
    const { code, stdout } = await command(args, { cwd: folder })
    expect(code).toBe(0)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Whatever openai:gpt-5-mini costs, which nobody here knows',
    )
  })

  test('a limit of cost is refused, since nobody would notice it', async () => {
    const args = `run solo -s gsm8k -t 1 -f H --max-cost 5 ${model()}`
    const { code, stderr } = await command(args, { cwd: folder, env })
    expect(code).toBe(2)
    expect(stderr).toContain('nobody knows what openai:scripted costs')
  })
})
