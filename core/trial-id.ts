import { FiredrillError } from './errors.js'

/** The arm of a trial without a fault. */
export const baselineArm = 'baseline'

/** The parts of a trial's id. `fault` is a fault's id with its parameters, or the name of an arm that is no fault. */
export type TrialParts = Readonly<{
  system: string
  scenario: string
  fault: string
  task: string
  seed: number
}>

/**
 * The name of a fault without its parameters, under which its trials are counted together.
 *
 * @example
 * hallucination+message-storm:copies=5  ->  hallucination+message-storm
 */
export const faultWithoutParameters = (name: string): string =>
  name
    .split('+')
    .map((part) => part.split(':', 1)[0] ?? part)
    .join('+')

/** The ids of the faults that were set together under a name. */
export const faultsIn = (name: string): readonly string[] => faultWithoutParameters(name).split('+')

const reserved = /[%/#\s\p{Cc}]/gu

const encode = (part: string) => part.replace(reserved, (mark) => encodeURIComponent(mark))

/**
 * The id of a trial: `system/scenario/fault/task#seed`. Characters that would make it ambiguous are percent-encoded.
 *
 * @example
 * pipeline, table-qa, message-storm, t17, 3  ->  pipeline/table-qa/message-storm/t17#3
 */
export function trialId({ system, scenario, fault, task, seed }: TrialParts): string {
  return `${[system, scenario, fault, task].map(encode).join('/')}#${seed}`
}

/** The parts of an id; throws `bad-trial-id` when the text is not one. */
export function parseTrialId(id: string): TrialParts {
  const match = /^([^/#]+)\/([^/#]+)\/([^/#]+)\/([^/#]+)#(-?\d+)$/.exec(id)
  const parts = match?.slice(1, 5).map(decode)
  if (!match || !parts?.every((part) => part !== null)) {
    throw new FiredrillError('bad-trial-id', `"${id}" is not the id of a trial.`, {
      hint: 'An id looks like pipeline/table-qa/hallucination/t17#3; a run keeps its ids in trials.jsonl.',
    })
  }
  const [system = '', scenario = '', fault = '', task = ''] = parts as string[]
  return { system, scenario, fault, task, seed: Number(match[5]) }
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null // A stray percent sign: not one of our ids.
  }
}
