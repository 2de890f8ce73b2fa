import { appendFileSync } from 'node:fs'
import { messageOf } from '../core/errors.js'
import type { ReportContext } from '../core/report.js'
import type { Summary } from '../core/schemas/summary.js'
import { annotations, github } from '../reports/github.js'
import { log } from './console.js'

/**
 * What a step of GitHub Actions shows of a run, without being asked: its summary, and annotations of what failed. They go
 * to stderr, where GitHub reads them as well; stdout is for the result.
 */
export function forGithub(
  summary: Summary,
  context: ReportContext,
  env: Readonly<Record<string, string | undefined>>,
): void {
  const path = env['GITHUB_STEP_SUMMARY']
  if (path) {
    try {
      appendFileSync(path, github.render(summary, { ...context, colour: false }))
    } catch (error) {
      // The verdict stands whether or not GitHub can show it.
      log(`The step summary cannot be written: ${messageOf(error)}.`)
    }
  }
  if (env['GITHUB_ACTIONS'] === 'true') for (const line of annotations(summary, context)) log(line)
}
