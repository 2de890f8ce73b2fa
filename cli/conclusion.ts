import { relative } from 'node:path'
import type { Summary } from '../core/schemas/summary.js'
import { counted } from '../reports/text/numbers.js'
import type { Budget } from './budget.js'
import { log } from './console.js'
import { exitCodes } from './exit-codes.js'
import { gateCode } from './gates.js'

/** How a run ended, besides what it found. */
type Ending = Readonly<{
  interrupted: boolean
  /** The limit that was reached; null when none was. */
  limit: ReturnType<Budget['reached']>
  folder: string
  onUndecided: string
  /** Arguments that a run does not keep and that have to be given again to go on. */
  again: string
}>

/** The exit code of a run; says why when there is no verdict. */
export function concluded(summary: Summary, ending: Ending): number {
  const {
    totals,
    run: { evidence },
    cells,
  } = summary
  if (ending.interrupted) return unfinished(summary, ending)
  if (evidence === 'simulated' && totals.placeboDiffers > 0) {
    log(
      `bug: ${totals.placeboDiffers} placebo trials differ from their baselines. Please report this run's folder.`,
    )
    return exitCodes.bug
  }
  const byGates = gateCode(summary, ending.onUndecided)
  if (byGates !== null) return byGates
  const because = noVerdict(cells)
  if (because === null) return exitCodes.done
  log(`No verdict: ${because}.`)
  return exitCodes.noVerdict
}

function unfinished({ run: { id } }: Summary, { limit, folder, again }: Ending): number {
  const [says, more] = limit ? [limit.says, ` ${limit.goOn}${again}`] : ['Interrupted.', again]
  const where = relative(process.cwd(), folder)
  log(`${says} What is done is saved; go on with: firedrill run --resume ${id}${more} (${where})`)
  return limit ? exitCodes.budget : exitCodes.interrupted
}

/** Why a run says nothing; a cell that had nothing to ask does not spoil what others say. */
function noVerdict(cells: Summary['cells']): string | null {
  const applicable = cells.filter((cell) => cell.applicable)
  if (applicable.length === 0) return 'no fault found a site'
  if (!applicable.some((cell) => cell.measured)) {
    return 'nothing was counted: no task is solved unharmed, or nothing that a fault changes is used'
  }
  const lossy = applicable.filter(({ measured, coverage }) => !measured && coverage !== null)
  if (lossy.length === 0) return null
  return `${lossy.length} of ${counted(applicable.length, 'cell')} lost too many trials`
}
