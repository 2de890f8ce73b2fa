import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import { type DecidedFault, type Detection, detectionSchema } from '../../core/schemas/detection.js'
import { renderDetection } from '../../reports/text/detection.js'
import { columns } from '../../reports/text/layout.js'

const fault = (name: string, counts: Partial<Record<keyof DecidedFault, number>>): DecidedFault => {
  const n = counts.n ?? 30
  const share = (row: keyof DecidedFault) => scoreOf(counts[row] ?? 0, n)
  return {
    ...{ fault: name, n, program: share('program'), heuristic: share('heuristic') },
    ...{ judge: share('judge'), undetermined: share('undetermined') },
    ...{ unclassified: share('unclassified'), doubtful: share('doubtful') },
  }
}
const detection = (changes: Partial<Detection> = {}): Detection =>
  detectionSchema.parse({
    schema: 1,
    tool: { name: 'firedrill', version: '0.1.0' },
    run: { id: 'r-1', evidence: 'simulated' },
    ...{ trials: 90, changed: 2, withoutTrace: 0, judge: null, unanswered: {} },
    faults: [
      fault('message-storm', { program: 30 }),
      fault('hallucination', { program: 12, undetermined: 10, unclassified: 8, doubtful: 3 }),
    ],
    ...changes,
  })
const render = (changes: Partial<Detection> = {}, width = 80) =>
  renderDetection(detection(changes), { width, colour: false })
const prose = (changes: Partial<Detection> = {}) => render(changes).replace(/\s+/g, ' ')

describe('what detect says', () => {
  test('reads as it shall', () => {
    expect(render()).toMatchInlineSnapshot(`
      " SIMULATED  Self-test on a simulated model: it shows how faults travel through
                  this topology, not how a real model behaves.
       DETECTED   90 trials of r-1 looked at again, 2 seen otherwise than when they
                  were run.

       fault                            decided by      trials  share
       message-storm                    program          30/30  100% [89, 100]
                                        unclassified      0/30  0% [0, 11]
       hallucination                    program          12/30  40% [25, 58]
                                        undetermined     10/30  33% [19, 51]
                                        unclassified      8/30  27% [14, 44]
                                        doubtful          3/30  10% [3, 26]

       undetermined  only a judge model could tell: --judge-model
       unclassified  none of the behaviours that are known for the fault
       doubtful      decided, but only a judge model can tell whether one that comes
                     first is seen as well

       Next  firedrill report r-1
      "
    `)
  })

  test('says SIMULATED of simulated runs alone', () => {
    expect(render()).toContain(' SIMULATED')
    expect(render({ run: { id: 'r-1', evidence: 'measured' } })).not.toContain('SIMULATED')
  })

  test('names the judge, what it took and why it did not answer', () => {
    const judge = { id: 'gpt-5-mini', asked: 10, decided: 7, undetermined: 3 }
    const text = prose({
      judge: { ...judge, tokens: 12_000, costUsd: null },
      unanswered: { none: 2, http: 1, 'invented-quote': 2 },
    })
    expect(text).toContain(
      'gpt-5-mini was asked: 10 questions, 7 decided, 3 left undetermined. 12,000 tokens of its own, cost unknown.',
    )
    expect(text).toContain('UNANSWERED http 1, invented-quote 2.')
    expect(prose({ judge: { ...judge, tokens: null, costUsd: 0 } })).toContain(
      'tokens unknown, $0.00.',
    )
  })

  test('says which trials could not be looked at, and when no fault acted', () => {
    expect(prose({ withoutTrace: 1 })).toContain('1 trial without a stored trace keeps what')
    expect(prose({ faults: [] })).toContain('FOUND Nothing: no fault acted in a trial.')
  })

  test('says of every fault how much is unclassified, and prints no share without its n', () => {
    const rows = render()
      .split('\n')
      .filter((row) => row.includes('%'))
    expect(rows.filter((row) => row.includes('unclassified'))).toHaveLength(2)
    for (const row of rows) expect(row).toMatch(/ \d+\/\d+ +\d+% \[\d+, \d+\]$/)
  })

  test('fits into 80 columns, whatever names hold', () => {
    const hostile = `evil\u001b[2J\u202e${'x'.repeat(200)}`
    const judge = { id: hostile, asked: 99_999, decided: 9, undetermined: 9 }
    const text = render({
      run: { id: hostile.slice(0, 20), evidence: 'simulated' },
      faults: [fault(hostile, { n: 99_999, program: 99_999, judge: 7 })],
      judge: { ...judge, tokens: 1e9, costUsd: null },
    })
    expect(stripVTControlCharacters(text)).toBe(text)
    expect(text).not.toContain('\u202e')
    for (const row of text.split('\n')) expect(columns(row)).toBeLessThanOrEqual(80)
  })
})
