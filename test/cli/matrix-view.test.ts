import { describe, expect, test } from 'vitest'
import { cellsOf, matrixText } from '../../cli/matrix-view.js'
import type { Looked } from '../../engine/applicability.js'
import { faults } from '../../faults/catalogue.js'

const looked = (system: string, ...kinds: readonly (string | null)[]): readonly Looked[] =>
  kinds.map((kind) => ({
    ...{ system, scenario: 'work' },
    faults: kind === null ? null : (new Map(faults.map(({ id }) => [id, kind])) as never),
  }))
const some = [{ id: 'hallucination' }]

describe('a cell', () => {
  test.each<readonly [readonly (string | null)[], string]>([
    [['no-place', 'site', null], 'site'],
    [['nothing-to-change', 'no-effect'], 'no-effect'],
    [['no-hand-over', 'no-hand-over'], 'no-hand-over'],
    [['no-place', 'nothing-to-change'], 'nothing-to-change'],
    [[null, null], 'unsolved'],
  ])('of %j is %s', (kinds, stands) => {
    const [cell] = cellsOf(looked('solo', ...kinds), some)
    expect(cell).toMatchObject({ system: 'solo', scenario: 'work', fault: 'hallucination', stands })
    expect(cell?.because === null).toBe(stands === 'site')
  })
})

describe('the matrix', () => {
  const systems = [{ id: 'generator-verifier' }, { id: 'solo' }, { id: 'debate' }]
  const scenarios = [{ id: 'work' }, { id: 'shop' }]
  const cells = [
    ...cellsOf(looked('generator-verifier', 'site'), faults),
    ...cellsOf(looked('solo', 'no-hand-over'), faults),
    ...faults.map(({ id: fault }) => ({
      ...{
        system: 'debate',
        scenario: 'work',
        fault,
        stands: 'left-out' as const,
        because: 'Why.',
      },
    })),
  ]
  const shown = (width: number) =>
    matrixText(cells, { faults, systems, scenarios, tasks: 3 }, { width })

  test.each([60, 80, 100, 120])(
    'fits %i columns and shows every fault of every system',
    (width) => {
      const text = shown(width)
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
      for (const { abbreviation } of faults)
        expect(text).toMatch(new RegExp(` ${abbreviation}( |$)`, 'm'))
      expect(text.match(/●/g)?.length).toBe(faults.length + 1)
    },
  )

  test('says why a cell is empty and who is left out', () => {
    expect(shown(80)).toContain('no agent hands anything on to another: solo IP, CIL')
    expect(shown(80)).toMatch(/left out +Why: debate\./)
    expect(shown(80)).not.toMatch(/^ debate/m)
  })
})
