import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exitCodes } from '../../cli/exit-codes.js'
import { demandsOf, gateCode } from '../../cli/gates.js'
import { looksOf } from '../../cli/stopping.js'
import { FiredrillError } from '../../core/errors.js'
import { plannedOf, runOf } from '../analysis/lines.js'
import { summaryOf } from '../reports/summary.js'

const run = runOf({
  faults: [plannedOf('hallucination'), plannedOf('message-storm')],
  seeds: [1, 2, 3],
})

/** The error of demands that a plan cannot meet. */
function errorOf(ask: () => unknown): FiredrillError {
  try {
    ask()
  } catch (error) {
    if (error instanceof FiredrillError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('demands', () => {
  test('are kept as they were written', () => {
    const { gates, parsed } = demandsOf({ gate: ['robustness(H,MS)  >= 0.8', 'score>=0.5'] }, run)
    expect(gates).toEqual(['robustness(H,MS)  >= 0.8', 'score>=0.5'])
    expect(parsed.map(({ rule }) => rule)).toEqual(['robustness(H,MS) >= 0.8', 'score>=0.5'])
  })

  test.each([
    [{ gate: ['robustness(solo) >= 0.8'] }, 'nothing that is called "solo"'],
    [{ gate: ['regression <= 0.1'] }, 'needs a baseline file'],
    [{ baseline: 'nowhere.json' }, 'There is no baseline file nowhere.json'],
  ])('%o are refused', (given, message) => {
    const error = errorOf(() => demandsOf(given, run))
    expect(error.message).toContain(message)
    expect(error.hint).toMatch(/\.$/)
  })

  test('a file that is no baseline file is refused by its name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'firedrill-baseline-'))
    const path = join(folder, 'mine.json')
    for (const text of ['{"schema":1}', 'not json', '[]']) {
      writeFileSync(path, text)
      expect(errorOf(() => demandsOf({ baseline: path }, run)).message).toContain('mine.json is no')
    }
    rmSync(folder, { recursive: true })
  })
})

describe('what may end a run early', () => {
  const stopping = (...gate: readonly string[]) => looksOf(demandsOf({ gate }, run).parsed)

  test('is a gate with a zone; its looks are there before the run', () => {
    const [one, ...others] = stopping('robustness >= 0.9 fail 0.8', 'coverage >= 0.9')
    expect(others).toEqual([])
    expect(one?.rule).toBe('robustness >= 0.9 fail 0.8')
    expect(one?.looks.at(-1)).toEqual({ n: 176, failAt: 150, passAt: 151 })
  })

  test.each([
    [[], 'has nothing to decide'],
    [['coverage >= 0.9'], 'has nothing to decide'],
    [['robustness >= 0.9'], 'has no zone'],
    [['score >= 0.9'], 'cannot end a run early'],
    [['robustness <= 0.1 fail 0.2'], 'cannot end a run early'],
    [['baseline >= 0.9 fail 0.8', 'robustness >= 0.9 fail 0.8'], 'cannot end a run early'],
  ])('%o is refused', (gates, message) => {
    expect(errorOf(() => stopping(...gates)).message).toContain(message)
  })

  test('a gate without a zone is shown with one', () => {
    expect(errorOf(() => stopping('robustness >= 0.85')).hint).toContain(
      'robustness >= 0.85 fail 0.75',
    )
  })
})

describe('the exit code of gates', () => {
  const code = (
    verdict: 'passed' | 'failed' | 'undecided' | 'none',
    onUndecided = 'stop',
    lost = 0,
  ) => {
    const summary = summaryOf({ verdict })
    return gateCode({ ...summary, totals: { ...summary.totals, void: lost } }, onUndecided)
  }

  test('follows the verdict and what doubts lead to', () => {
    expect(code('none')).toBeNull()
    expect(code('passed')).toBe(exitCodes.done)
    expect(code('failed', 'warn')).toBe(exitCodes.gateFailed)
    expect(code('undecided')).toBe(exitCodes.noVerdict)
    expect(code('undecided', 'fail')).toBe(exitCodes.gateFailed)
    expect(code('undecided', 'warn')).toBe(exitCodes.done)
  })

  test('is no verdict when a run lost its trials, whatever doubts are accepted', () => {
    expect(code('undecided', 'warn', 30)).toBe(exitCodes.noVerdict)
    expect(code('undecided', 'fail', 30)).toBe(exitCodes.noVerdict)
    expect(code('failed', 'stop', 30)).toBe(exitCodes.gateFailed)
  })
})
