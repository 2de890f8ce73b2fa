import type { Behaviour } from '../../core/schemas/behaviour.js'
import { questionKey } from '../../core/schemas/judgement.js'
import type { TraceLine } from '../../core/schemas/trace-line.js'
import type { Injection, TrialLine } from '../../core/schemas/trial-line.js'
import { faultWithoutParameters } from '../../core/trial-id.js'
import type { Checked } from './answer.js'
import { type JudgedFault, judgePrompt } from './prompt.js'
import { fitting, type InjectionAt, shownSteps } from './shown-steps.js'
import { saidIn } from './shown-text.js'

/** A question that only a judge model can answer: how a trial dealt with one of its faults. */
export type Question = Readonly<{
  key: string
  line: TrialLine
  behaviour: Behaviour
  fault: JudgedFault
}>

/** The questions that trials leave open: those in which a fault acted and a behaviour could not be told from another. */
export function questionsOf(
  lines: readonly TrialLine[],
  faults: readonly JudgedFault[],
): readonly Question[] {
  const known = new Map(faults.map((fault) => [fault.id, fault]))
  return lines
    .filter(({ arm, verdict }) => arm === 'fault' && (verdict === 'held' || verdict === 'broke'))
    .flatMap((line) =>
      line.behaviours.flatMap((behaviour) => {
        const fault = known.get(faultWithoutParameters(behaviour.fault))
        return fault && behaviour.undecided.length > 0
          ? [{ key: questionKey(line, behaviour), line, behaviour, fault }]
          : []
      }),
    )
}

/** What a judge model is asked about a trace, and what its answer is checked against. */
export function askedOf(
  { line, behaviour, fault }: Question,
  trace: TraceLine,
): Readonly<{ prompt: string; checked: Checked }> {
  const injections = effectiveIn(trace, line.injections, behaviour.fault)
  const shown = fitting(shownSteps(trace, injections))
  const { undecided: asked } = behaviour
  const prompt = judgePrompt({
    fault,
    asked,
    taskText: taskIn(trace, injections),
    injections,
    shown,
  })
  return { prompt, checked: { asked, steps: shown.steps } }
}

/** Where the trace has the injections that mattered; all of the fault when their sites are not known. */
function effectiveIn(
  { steps }: TraceLine,
  injections: readonly Injection[],
  fault: string,
): readonly InjectionAt[] {
  const all = steps.flatMap((injection, step) =>
    injection.kind === 'injection' && injection.fault === fault ? [{ step, injection }] : [],
  )
  const sites = new Set(
    injections.filter((one) => one.effective && one.fault === fault).map(({ site }) => site),
  )
  const effective = all.filter(({ injection }) => sites.has(injection.site))
  return effective.length > 0 ? effective : all
}

/** The task as the first prompt of the trial puts it; where a fault has changed that, as it was before. */
function taskIn({ messages }: TraceLine, injections: readonly InjectionAt[]): string {
  const task =
    messages.find(({ name }) => name === 'task') ?? messages.find(({ role }) => role === 'human')
  const text = task ? saidIn(task) : ''
  const before = injections.flatMap(({ injection }) => {
    const at = injection.after.indexOf(text)
    return at < 0 ? [] : injection.before.slice(at, at + 1)
  })
  return before[0] ?? text
}
