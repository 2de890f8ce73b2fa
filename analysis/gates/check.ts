import jstat from 'jstat'
import { metrics } from '../../core/gate.js'
import type { GateResult, GateSubject } from '../../core/schemas/summary.js'
import { holm } from '../corrections.js'
import { tOver } from '../interval.js'
import { decideFixed } from '../sequential.js'
import { chanceAtBound, keepsBound, levelOfBound } from './bound.js'
import { type Evidence, type Finding, findingsOf } from './evidence.js'
import { moreTasks, moreTrials } from './more.js'
import type { Gate } from './select.js'

const { studentt } = jstat.jStat

/** A gate, and whether it was declared before the run. */
export type AskedGate = Readonly<{ gate: Gate; declared: boolean }>

/** The answer of a stop rule to one question. */
type EarlyAnswer = Readonly<{
  verdict: 'passed' | 'failed'
  after: number
  longest: number
}>

/** That no stop rule has answered yet, and how many trials it may still take. */
type Open = Readonly<{ verdict: null; more: number }>

/** What gates are decided by, besides what the trials show. */
export type GateFacts = Readonly<{
  /** False while trials of the plan are missing: then nothing is decided by intervals. */
  complete: boolean
  /** What a stop rule said; null where none was in force. */
  early: (gate: Gate, system: string) => EarlyAnswer | Open | null
  /** The questions of a gate on regression. */
  regression: (gate: Gate) => readonly Tested[]
}>

/** One question with all that its answer depends on. */
export type Tested = Readonly<{
  finding: Finding
  answer: Answer
}>

type Answer =
  | Readonly<{ by: 'nothing'; because: GateSubject['because']; more?: number }>
  | Readonly<{ by: 'rule'; verdict: GateSubject['verdict']; early: GateSubject['early'] }>
  /** `p`: the chance of a result this bad if the bound were just met. */
  | Readonly<{ by: 'test'; passed: boolean; p: number; family: 'bound' | 'regression' }>

/** Chances of a false alarm, over all questions of a family: 2.5% as in the printed interval, 5% for a margin. */
const levels = { bound: levelOfBound, regression: 0.05 }

/**
 * The answers of all gates. Passing needs no correction, since all must pass; failing does, since any may fail by
 * chance: Holm's over all questions of the run.
 */
export function checkGates(
  asked: readonly AskedGate[],
  evidence: Evidence,
  facts: GateFacts,
): readonly GateResult[] {
  const all = asked.map((one) => ({ ...one, tested: testedOf(one.gate, evidence, facts) }))
  const flat = all.flatMap(({ tested }) => tested)
  const corrected = new Map<Tested, number>()
  for (const family of ['bound', 'regression'] as const) {
    const members = flat.flatMap((one) =>
      one.answer.by === 'test' && one.answer.family === family ? [{ one, p: one.answer.p }] : [],
    )
    const adjusted = holm(members.map(({ p }) => p))
    members.forEach(({ one }, at) => {
      corrected.set(one, adjusted[at] ?? 1)
    })
  }
  return all.map(({ gate, declared, tested }) => {
    const subjects = tested.map((one) => subjectOf(gate, one, corrected.get(one) ?? null))
    const { rule, metric, comparison, bound, fail } = gate
    const covered = { scenarios: [...gate.scenarios], faults: [...gate.faults] }
    return {
      rule,
      metric,
      comparison,
      bound,
      fail,
      ...covered,
      declared,
      verdict: together(subjects),
      subjects,
    }
  })
}

/** Any failure fails a gate; it is undecided without an answer, also where no trial could count. */
function together(subjects: readonly GateSubject[]): GateResult['verdict'] {
  const verdicts = new Set(subjects.map(({ verdict }) => verdict))
  if (verdicts.has('failed')) return 'failed'
  return verdicts.has('undecided') || !verdicts.has('passed') ? 'undecided' : 'passed'
}

/** The verdict of a run from its gates. */
export function verdictOf(gates: readonly GateResult[]): GateResult['verdict'] | 'none' {
  if (gates.length === 0) return 'none'
  const verdicts = new Set(gates.map(({ verdict }) => verdict))
  if (verdicts.has('failed')) return 'failed'
  return verdicts.has('undecided') ? 'undecided' : 'passed'
}

function testedOf(gate: Gate, evidence: Evidence, facts: GateFacts): readonly Tested[] {
  if (metrics[gate.metric].kind === 'regression') return facts.regression(gate)
  return findingsOf(gate, evidence).map((finding) => ({
    finding,
    answer: answerTo(gate, finding, facts),
  }))
}

function answerTo(gate: Gate, finding: Finding, facts: GateFacts): Answer {
  const { system, actual, unasked, held } = finding
  const early = system === null || gate.fail === null ? null : facts.early(gate, system)
  // A question whose trials were lost has no answer, however clear those looked that are left.
  if (early?.verdict && finding.lost.length === 0) {
    const { verdict, after, longest } = early
    return { by: 'rule', verdict, early: { after, longest } }
  }
  if (unasked) return { by: 'rule', verdict: unasked, early: null }
  const { kind } = metrics[gate.metric]
  if (kind === 'count') return counted(gate, finding, facts)
  const because = whyUnanswered(finding, facts)
  if (because) return { by: 'nothing', because }
  if (early?.verdict === null) return { by: 'nothing', because: null, more: early.more }
  if (gate.fail !== null && held !== null) return byZone(gate, gate.fail, held, actual.n)
  return held === null ? byTasks(gate, finding) : byTrials(gate, held, actual.n)
}

function whyUnanswered({ lost, actual }: Finding, { complete }: GateFacts): GateSubject['because'] {
  if (!complete) return 'unfinished'
  if (lost.length > 0) return 'not measured'
  return actual.mean === null || actual.n === 0 ? 'no trials' : null
}

/** Counts of what happened have no interval: they are what they are, once everything has happened. */
function counted(
  { comparison, bound }: Gate,
  { actual }: Finding,
  { complete }: GateFacts,
): Answer {
  if (!complete) return { by: 'nothing', because: 'unfinished' }
  if (actual.n === 0) return { by: 'nothing', because: 'no trials' }
  if (actual.mean === null) return { by: 'nothing', because: 'unknown' }
  const isMet = comparison === '>=' ? actual.mean >= bound : actual.mean <= bound
  return { by: 'rule', verdict: isMet ? 'passed' : 'failed', early: null }
}

/** A zone in a run that was not stopped: the fixed design, which asks for less than a sequential one. */
function byZone({ comparison, bound }: Gate, fail: number, held: number, n: number): Answer {
  const verdict =
    comparison === '>='
      ? decideFixed({ pass: bound, fail }, held, n)
      : decideFixed({ pass: 1 - bound, fail: 1 - fail }, n - held, n)
  return { by: 'rule', verdict, early: null }
}

/** The printed interval decides whether it passed; whether it failed, the test behind it, or an exact one. */
function byTrials(gate: Gate, held: number, n: number): Answer {
  const [passed, p] = [keepsBound(held, n, gate), chanceAtBound(held, n, gate)]
  return { by: 'test', passed, p, family: 'bound' }
}

function byTasks({ comparison, bound }: Gate, { actual }: Finding): Answer {
  const { mean, low, high, n } = actual
  if (mean === null || low === null || high === null) {
    return { by: 'nothing', because: n < 6 ? 'too few tasks' : 'no interval' }
  }
  const sign = comparison === '>=' ? 1 : -1
  const error = (high - mean) / tOver(n)
  const passed = comparison === '>=' ? low >= bound : high <= bound
  const p = studentt.cdf((sign * (mean - bound)) / error, n - 1)
  return { by: 'test', passed, p, family: 'bound' }
}

function subjectOf(gate: Gate, { finding, answer }: Tested, p: number | null): GateSubject {
  const { system, part, unit, actual, lost, held } = finding
  const base = { system, part, unit, actual, lost: [...lost], p, more: null, early: null }
  if (answer.by === 'rule') {
    return { ...base, verdict: answer.verdict, because: null, early: answer.early }
  }
  if (answer.by === 'nothing') {
    const { because, more = null } = answer
    return { ...base, verdict: 'undecided', because, more }
  }
  if (answer.passed) return { ...base, verdict: 'passed', because: null }
  if ((p ?? 1) < levels[answer.family]) return { ...base, verdict: 'failed', because: null }
  if (answer.family === 'regression') return { ...base, verdict: 'undecided', because: null }
  const asked = { limit: gate, questions: answer.p > 0 ? (p ?? answer.p) / answer.p : 1 }
  const more = held === null ? moreTasks(actual, asked) : moreTrials(held, actual.n, asked)
  return { ...base, verdict: 'undecided', because: more === null ? 'too close' : null, more }
}
