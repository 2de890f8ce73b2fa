/** What a step waits for before it can be done. */
type Condition =
  | Readonly<{ kind: 'tool'; name: string }>
  | Readonly<{ kind: 'step'; number: number }>
  | Readonly<{ kind: 'approval'; by: string }>

/** A line of a plan: what is to be done, and on what condition. */
type Line = Readonly<{ bare: string; condition: Condition | null }>

const tool = /, using the tool ([\w.-]*\w)(?=[.!]*$)/i
const step = /, (?:based on the result of|after) step (\d+)(?: is done)?(?=[.!]*$)/i
const approval = /, once (?:the )?([\w-]+) has approved it(?=[.!]*$)/i

function readLine(sentence: string): Line {
  const found = [tool, step, approval].map((form) => form.exec(sentence))
  const at = found.findIndex((match) => match !== null)
  const match = found[at]
  if (!match) return { bare: sentence, condition: null }
  const [whole, name = ''] = match
  const bare = sentence.replace(whole, '')
  if (at === 0) return { bare, condition: { kind: 'tool', name } }
  if (at === 1) return { bare, condition: { kind: 'step', number: Number(name) } }
  return { bare, condition: { kind: 'approval', by: name } }
}

/** A line of a plan as it can be used. `possible` is false when its condition can never be met. */
export type PlanLine = Readonly<{ sentence: string; bare: string; possible: boolean }>

/**
 * Reads the conditions of a plan's lines. Plans that are written here name neither tools nor anybody who approves, so what
 * is named is not there; a step can wait for another one of the plan that does not wait for it in turn.
 */
export function readConditions(sentences: readonly string[]): readonly PlanLine[] {
  const lines = sentences.map(readLine)
  return lines.map(({ bare, condition }, at) => ({
    sentence: sentences[at] ?? '',
    bare,
    possible: condition === null || (condition.kind === 'step' && comesUp(lines, at)),
  }))
}

/** Whether going from a step to the one that it waits for, and on from there, comes to an end. */
function comesUp(lines: readonly Line[], from: number): boolean {
  const passed = new Set<number>()
  let at = from
  for (;;) {
    const line = lines[at]
    if (!line || passed.has(at)) return false
    const { condition } = line
    if (condition?.kind !== 'step') return true
    passed.add(at)
    at = condition.number - 1
  }
}

/** A list of steps as it was read: those that can be done, the lines that say none, and of these the ones nobody can read. */
export type StepList<Step> = Readonly<{
  steps: readonly Step[]
  broken: readonly string[]
  unread: readonly string[]
}>

/** Reads the lines of an `ops` block, whatever kind of work its steps are. */
export function stepsIn<Step>(
  lines: readonly string[],
  readStep: (sentence: string) => Step | null,
): StepList<Step> {
  const sentences = lines
    .map((line) => line.replace(/^(?:\d+[.)]|[-*])\s*/, ''))
    .filter((line) => line !== '')
  const read = readConditions(sentences).map(({ sentence, bare, possible }) => ({
    ...{ sentence, possible },
    step: readStep(bare),
  }))
  return {
    steps: read.flatMap(({ step, possible }) => (step && possible ? [step] : [])),
    broken: read.flatMap(({ sentence, step, possible }) => (step && possible ? [] : [sentence])),
    unread: read.flatMap(({ sentence, step }) => (step ? [] : [sentence])),
  }
}
