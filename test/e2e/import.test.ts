import { rmSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import type { Summary } from '../../core/schemas/summary.js'
import { wholeClone } from '../engine/masfire/clone.js'
import { command, foreignFolder } from './command.js'

const clone = wholeClone()
const folder = foreignFolder()
const firedrill = (args: string) => command(args, { cwd: folder })

afterAll(() => {
  for (const one of [clone, folder]) rmSync(one, { recursive: true })
})

test('a published study becomes a run that is reported like any other, and says whose it is', async () => {
  const imported = await firedrill(`import masfire ${clone} --json`)
  expect([imported.code, imported.stderr]).toEqual([0, ''])
  const told = JSON.parse(imported.stdout)
  expect(told).toMatchObject({ trials: 11_495, cells: 64 })
  expect(told.warnings).toHaveLength(3)
  expect(told.imported.cite).toBe('arXiv:2602.19843')

  const json: Summary = JSON.parse((await firedrill(`report ${told.run} --json`)).stdout)
  expect(json.cells.reduce((sum, { n }) => sum + n, 0)).toBe(11_495)
  expect(json.run.imported).toEqual(told.imported)

  const { stdout } = await firedrill('report latest')
  expect(stdout).toContain('(imported, published data)')
  expect(stdout).toContain('22/348')
  expect(stdout).toMatch(/^ IMPORTED +Others executed these trials/m)
  expect(stdout).toMatch(/^ How metagpt-deepseek-v3 dealt with the faults$/m)
  expect(stdout).toContain('146 system-filters-messages')
  expect(stdout).not.toMatch(/INCOMPLETE|SIMULATED|\b0 calls|score none|replay|--judge-model/)

  const gate = await firedrill('gate latest --gate tier.rule(MS)>=0.8 --gate tier.prompt(MS)<=0.9')
  expect(gate.code).toBe(3)
  expect(gate.stdout).toMatch(/PASSED +tier\.rule\(MS\)/)
  expect(gate.stdout).toMatch(/UNDECIDED +tier\.prompt\(MS\)/)
  expect(gate.stdout).toContain('metagpt-gpt-5 nothing triggered the tier')
  expect(gate.stdout).toContain('and 1 more that passed with more to spare.')
}, 60_000)

test('what others executed is not executed again', async () => {
  await firedrill(`import masfire ${clone}`)
  for (const args of ['replay camel-gpt-5/webshop/blind-trust/0#1', 'run --resume latest']) {
    const { code, stderr } = await firedrill(args)
    expect(code).toBe(2)
    expect(stderr).toContain('was imported: others executed its trials')
  }
}, 60_000)

test('a folder that is no clone is refused before anything is written', async () => {
  const { code, stderr } = await firedrill(`import masfire ${folder} --out elsewhere`)
  expect(code).toBe(2)
  expect(stderr).toContain('has no camel.csv; it has no table at all')
  expect((await firedrill('report latest --out elsewhere')).stderr).toContain('There is no run')
}, 60_000)
