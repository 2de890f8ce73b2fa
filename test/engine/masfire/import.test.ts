import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { summaryOf } from '../../../cli/reporting.js'
import { FiredrillError } from '../../../core/errors.js'
import { trialLineSchema } from '../../../core/schemas/trial-line.js'
import { readRelease, storeRelease } from '../../../engine/masfire/import.js'
import { readRunFile, readTrials } from '../../../engine/session.js'
import { folderWith, known, resultHead, tagTable } from './clone.js'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const accepts = 'Fully accepts incorrect information from other agents'
const filters = 'System correctly filters messages'
const stop = "GPT\u20115 doesn't support the stop parameter, causing abnormal response formatting."

const small = {
  'data/camel.csv': `${resultHead}
Camel,deepseek-v3,Blind Trust,0,${accepts},FAIL
Camel,deepseek-v3,Blind Trust,1,Judges independently and corrects successfully,PASS
Camel,deepseek-v3,Hallucination ,0,  Ignores misinformation ,pass
Camel,gpt-5,Blind Trust,0,${accepts},FAIL
`,
  'data/metagpt.csv': `${resultHead}
MetaGPT,gpt-5,Message Broadcast Amplification ,0,${filters},PASS
MetaGPT,gpt-5,Message Broadcast Amplification ,1,"Says something,
that ""nobody"" knows",PASS
`,
  'data/tablecritic.csv': `${resultHead}
Table-Critic,gpt-5,Inexecutable Plan,test-7,"${stop}",FAIL
Table-Critic,gpt-5,Inexecutable Plan,test-8,Restores faulty plan via inherent process,PASS
Table-Critic,gpt-5,Role Ambiguity,7,Agent remains unaffected and follows original role,PASS
`,
  'data/tag.csv': tagTable(),
}

type Files = Readonly<Record<string, string>>

function cloneOf(files: Files): string {
  const folder = folderWith(files)
  folders.push(folder)
  return folder
}
const releaseOf = (files: Files) => readRelease(cloneOf(files), known)

function errorOf(files: Files): string {
  try {
    releaseOf(files)
  } catch (error) {
    if (!(error instanceof FiredrillError)) throw error
    expect(error).toMatchObject({ code: 'bad-argument', hint: expect.stringContaining('clone') })
    return error.message
  }
  throw new Error('nothing was refused')
}

describe('a release', () => {
  const release = releaseOf(small)
  const trial = (id: string) => release.lines.find((line) => line.id === id)

  test('becomes trials of systems with their models, named without slashes', () => {
    expect(release.lines.filter(({ arm }) => arm === 'fault').map(({ id }) => id)).toEqual([
      'camel-deepseek-v3/webshop/blind-trust/0#1',
      'camel-deepseek-v3/webshop/blind-trust/1#1',
      'camel-deepseek-v3/webshop/hallucination/0#1',
      'camel-gpt-5/webshop/blind-trust/0#1',
      'metagpt-gpt-5/humaneval/message-broadcast-amplification/0#1',
      'metagpt-gpt-5/humaneval/message-broadcast-amplification/1#1',
      'table-critic-gpt-5/wikitablequestions/inexecutable-plan/7#1',
      'table-critic-gpt-5/wikitablequestions/inexecutable-plan/8#1',
      'table-critic-gpt-5/wikitablequestions/role-ambiguity/7#1',
    ])
    expect(release.plan.model).toMatchObject({ kind: 'provider' })
    expect(release.plan.model.id).toBe('deepseek-v3, gpt-5 (imported, published data)')
  })

  test('keeps what its labels say, and who said it', () => {
    expect(trial('camel-deepseek-v3/webshop/blind-trust/1#1')).toMatchObject({
      verdict: 'held',
      behaviours: [
        {
          ...{ id: 'judges-and-corrects', by: 'judge', detects: true, proof: [] },
          tiers: { prompt: 'success', reasoning: 'success' },
        },
      ],
    })
    expect(trial('camel-deepseek-v3/webshop/hallucination/0#1')?.behaviours[0]?.id).toBe(
      'ignores-misinformation',
    )
  })

  test('has one right baseline for each system and task, and no placebo', () => {
    const baselines = release.lines.filter(({ arm }) => arm === 'baseline')
    expect(baselines.map(({ system, task }) => `${system} ${task}`)).toEqual([
      ...['camel-deepseek-v3 0', 'camel-deepseek-v3 1', 'camel-gpt-5 0'],
      ...['metagpt-gpt-5 0', 'metagpt-gpt-5 1'],
      ...['table-critic-gpt-5 7', 'table-critic-gpt-5 8'],
    ])
    expect(release.lines.every(({ arm }) => arm !== 'placebo')).toBe(true)
  })

  test('names labels without tiers, known or not, and counts their trials in robustness only', () => {
    expect(release.warnings).toEqual([
      'Without tiers: 1 trial of message-broadcast-amplification with the label "Says something, that "nobody" knows", and nothing is known of it.',
      'Without tiers: 1 trial of inexecutable-plan with the label "GPT-5 doesn\'t support the stop parameter, causing abnormal response formatting." (failure of the published harness, not of the system).',
    ])
    const { cells } = summaryOf(
      stored().run,
      { lines: release.lines, judge: null },
      { gates: [], baselineFile: null },
    )
    const cell = cells.find(({ fault }) => fault === 'message-broadcast-amplification')
    expect(cell).toMatchObject({ n: 2, held: 2 })
    expect(cell?.tiers.rule).toMatchObject({ triggered: 1, occurrence: { n: 1 } })
  })

  function stored() {
    const folder = cloneOf({})
    const tool = { name: 'firedrill', version: '0.0.0' } as const
    const run = storeRelease(release, folder, { id: 'm-1', tool, created: '2026-01-01' })
    return { folder, run }
  }

  test('is stored as a run like any other', () => {
    const { folder, run } = stored()
    expect(readRunFile(folder)).toEqual(run)
    const { lines, broken } = readTrials(folder)
    expect({ lines, broken }).toEqual({ lines: release.lines, broken: 0 })
    for (const line of release.lines) expect(trialLineSchema.parse(line)).toEqual(line)
  })

  test('has a summary with the cells that were published and with nothing that was not', () => {
    const demands = { gates: ['placebo >= 0.5', 'baseline >= 0.5', 'score >= 0.5'] }
    const { run } = stored()
    const summary = summaryOf(
      run,
      { lines: release.lines, judge: null },
      { ...demands, baselineFile: null },
    )
    expect(summary.cells.map(({ system, fault, held, n }) => [system, fault, held, n])).toEqual([
      ['camel-deepseek-v3', 'hallucination', 1, 1],
      ['camel-deepseek-v3', 'blind-trust', 1, 2],
      ['camel-gpt-5', 'blind-trust', 0, 1],
      ['metagpt-gpt-5', 'message-broadcast-amplification', 2, 2],
      ['table-critic-gpt-5', 'inexecutable-plan', 1, 2],
      ['table-critic-gpt-5', 'role-ambiguity', 1, 1],
    ])
    expect(summary.run.evidence).toBe('measured')
    expect(summary.run.imported?.says).toContain('no placebo')
    expect(summary.totals.trials).toBe(summary.totals.planned)
    expect(summary.totals.costUsd).toBeNull()
    for (const cell of summary.cells) {
      expect(cell.placebo.n).toBe(0)
      expect([cell.damage.mean, cell.relative.mean]).toEqual([null, null])
      expect([cell.measured, cell.coverage]).toEqual([true, 1])
    }
    for (const system of summary.systems) {
      expect([system.baseline.n, system.score.mean, system.calls]).toEqual([0, null, null])
    }
    expect(summary.pairs).toEqual([])
    const subjects = summary.gates.flatMap((gate) => gate.subjects)
    expect(new Set(subjects.map(({ verdict }) => verdict))).toEqual(new Set(['undecided']))
  })

  test('brings the caveats of the cells that it has', () => {
    const { caveats } = release.imported
    expect(caveats).toContainEqual({
      ...{ system: 'camel-gpt-5', fault: 'blind-trust' },
      says: expect.stringContaining('no way to pass'),
    })
    expect(caveats.every(({ fault }) => fault !== 'tool-selection-error')).toBe(true)
  })
})

describe('tables in other shapes', () => {
  test('may lie in the folder itself and spell their columns otherwise', () => {
    const moved = Object.fromEntries(
      Object.entries(small).map(([name, text]) => [
        name.replace('data/tablecritic', 'Table-Critic').replace('data/', ''),
        text.replace(resultHead, resultHead.toUpperCase().replaceAll(' ', '_')),
      ]),
    )
    expect(releaseOf(moved).lines).toEqual(releaseOf(small).lines)
  })

  test('with other tiers than the taxonomy are believed, and that is said', () => {
    const other = tagTable().replace(
      `Blind Trust,${accepts},Prompt-level FT: Failure`,
      `Blind Trust,${accepts},Logical-level FT: Success`,
    )
    const { lines, warnings } = releaseOf({ ...small, 'data/tag.csv': other })
    const line = lines.find(({ id }) => id === 'camel-deepseek-v3/webshop/blind-trust/0#1')
    expect(line?.behaviours[0]?.tiers).toEqual({ rule: 'success' })
    expect(warnings[0]).toContain(`"${accepts}" (blind-trust) has other tiers`)
  })
})

describe('refused, with what was found', () => {
  const camel = small['data/camel.csv']
  const withCamel = (text: string): Files => ({ ...small, 'data/camel.csv': text })

  test('a folder that is not there', () => {
    const missing = join(cloneOf({}), 'nowhere')
    expect(() => readRelease(missing, known)).toThrow(`There is no folder ${missing}.`)
  })

  test('a missing file', () => {
    const { 'data/metagpt.csv': _, ...others } = small
    expect(errorOf(others)).toMatch(
      /has no metagpt\.csv; it has data\/camel\.csv, data\/tablecritic\.csv, data\/tag\.csv\.$/,
    )
    expect(errorOf({ 'README.md': 'nothing' })).toContain('it has no table at all')
  })

  test('a missing column', () => {
    expect(errorOf(withCamel(camel.replace(',Task Result', ',Outcome')))).toBe(
      'data/camel.csv has no column "Task Result"; it has Test System, Base Model, Failure Type, Task ID, Agent Behavior Category, Outcome.',
    )
  })

  test.each([
    [`Camel,gpt-5,Blind Trust,test-0,${accepts},PASS`, 'data/camel.csv:6 repeats data/camel.csv:5'],
    [
      'Camle,gpt-5,Blind Trust,3,x,PASS',
      'data/camel.csv:6: "Camle" is no system of the study; Camel',
    ],
    [
      'Camel,gpt-5,Blind Thrust,3,x,PASS',
      '"Blind Thrust" is no fault of the study; Blind Trust is',
    ],
    ['Camel,gpt-5,Blind Trust,3,x,MAYBE', 'data/camel.csv:6: "MAYBE" is no result'],
    ['Camel,,Blind Trust,3,x,PASS', 'data/camel.csv:6 names no model'],
    ['Camel,gpt-5,Blind Trust,,x,PASS', 'data/camel.csv:6 names no task'],
    ['Camel,gpt-5', 'data/camel.csv:6: "" is no fault'],
    ['Camel,gpt-5,"Blind', 'data/camel.csv:6 is not CSV'],
  ])('%s', (row, message) => {
    expect(errorOf(withCamel(`${camel}${row}\n`))).toContain(message)
  })

  test('tiers that say nothing', () => {
    const odd = tagTable().replace('Prompt-level FT: Failure', 'constructor-level FT: Failure')
    expect(errorOf({ ...small, 'data/tag.csv': odd })).toMatch(
      /^data\/tag\.csv:\d+: ".*constructor-level/,
    )
  })

  test('and no escape sequence of a table reaches a terminal', () => {
    const row = 'Camel,gpt-5,Blind \u001b[2JTrust,3,x,PASS\n'
    expect(errorOf(withCamel(camel + row))).not.toContain('\u001b')
  })
})
