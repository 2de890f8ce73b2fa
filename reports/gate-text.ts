import type { ReportContext } from '../core/report.js'
import type { Summary } from '../core/schemas/summary.js'
import { visible } from './text/escape.js'
import { headline } from './text/headline.js'

export const gateText = (summary: Summary, _context: ReportContext): string =>
  headline(summary, visible)
    .map(({ label, text }) => `${label} ${text}`)
    .join('\n')
