import { Chalk } from 'chalk'
import type { ReportContext } from '../../core/report.js'
import type { Summary } from '../../core/schemas/summary.js'
import { visible } from './escape.js'
import { evidenceNote } from './evidence.js'
import { gateNotes } from './gates.js'
import { noted } from './notes.js'

/** What the gates of a run came to, for a terminal. */
export function gateText(summary: Summary, { width, colour }: ReportContext): string {
  const pen = { width: Math.max(60, width), paint: new Chalk({ level: colour ? 1 : 0 }) }
  const [first, ...rest] = gateNotes(summary, visible)
  const evidence = evidenceNote(summary, visible)
  return `${noted([...(first ? [first] : []), evidence, ...rest], pen).join('\n')}\n`
}
