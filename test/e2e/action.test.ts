import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { foreignFolder, main, repository } from './command.js'

const { inputs, runs } = parse(readFileSync(join(repository, 'action.yml'), 'utf8'))
const [step] = runs.steps

const cwd = foreignFolder()
mkdirSync(join(cwd, 'node_modules', '.bin'), { recursive: true })
symlinkSync(main, join(cwd, 'node_modules', '.bin', 'firedrill'))
afterAll(() => rmSync(cwd, { recursive: true }))

/** Does what GitHub does with the step: inputs become variables, and its bash ends at the first failure. */
function performed(given: Readonly<Record<string, string>>) {
  const values = Object.entries<{ default: string }>(inputs).map(
    ([name, input]) => [name, given[name] ?? input.default] as const,
  )
  const filled = (text: string) =>
    values.reduce((all, [name, value]) => all.replace(`\${{ inputs.${name} }}`, value), text)
  const env = Object.fromEntries(
    Object.entries<string>(step.env).map(([name, text]) => [name, filled(text)]),
  )
  const script = join(cwd, 'step.sh')
  writeFileSync(script, step.run)
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-e', '-o', 'pipefail', script],
    {
      cwd,
      encoding: 'utf8',
      env: {
        ...{ PATH: process.env['PATH'], HOME: cwd, GITHUB_ACTIONS: 'true', ...env },
        GITHUB_STEP_SUMMARY: join(cwd, 'step-summary.md'),
      },
    },
  )
  return { status, said: `${stdout}${stderr}` }
}

test('the action fails the step with a gate that fails, and leaves what a pipeline reads', () => {
  const command = 'run pipeline -f H\n-t 12 -q'
  const gates = '\nrobustness >= 0.98\n\nrobustness >= 0.1\n'
  const { status, said } = performed({ command, gates })
  expect(status, said).toBe(1)
  expect(said).toMatch(/^::error title=firedrill/m)
  expect(readFileSync(join(cwd, 'firedrill-junit.xml'), 'utf8')).toContain('<failure')
  expect(readFileSync(join(cwd, 'firedrill-comment.md'), 'utf8')).toMatch(/^<!-- firedrill:/)
  expect(readFileSync(join(cwd, 'step-summary.md'), 'utf8')).toContain('robustness >= 0.98')
})

test('the action passes what passes, and a gate is never a command', () => {
  const command = 'run pipeline -f H -t 12 -q'
  expect(performed({ command, gates: 'robustness >= 0.1' })).toMatchObject({ status: 0 })
  const { status, said } = performed({ command, gates: '$(touch stolen) >= 0.1' })
  expect(status, said).toBe(2)
  expect(() => readFileSync(join(cwd, 'stolen'))).toThrow()
})
