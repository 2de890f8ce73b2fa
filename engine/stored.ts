import { type BehavioursLine, behavioursLineSchema } from '../core/schemas/behaviours-line.js'
import { judgementSchema } from '../core/schemas/judgement.js'
import { type TraceLine, traceLineSchema } from '../core/schemas/trace-line.js'
import { eachLine, readLines, runFiles, writeWhole } from './store.js'

/** What judge models have said of the trials of a run so far. */
export const readJudgements = (folder: string) =>
  readLines(runFiles(folder).judgements, judgementSchema)

/** What a later version has recognised in the traces of a run; empty when none has looked. */
export const readBehaviours = (folder: string) =>
  readLines(runFiles(folder).behaviours, behavioursLineSchema)

/** Keeps what has been recognised in the traces of a run, in place of what was kept before. */
export function writeBehaviours(folder: string, lines: readonly BehavioursLine[]): void {
  writeWhole(runFiles(folder).behaviours, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

/** The stored traces of certain trials, one by one: all of them may be more than memory holds. */
export const tracesOf = (
  folder: string,
  wanted: Pick<ReadonlySet<string>, 'has'>,
): Generator<TraceLine> => eachLine(runFiles(folder).traces, traceLineSchema, wanted)
