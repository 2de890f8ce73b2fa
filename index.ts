/**
 * The public API of Firedrill: the types, the catalogues, and one function per verb.
 *
 * @packageDocumentation
 */
export { compare } from './analysis/compare.js'
export { observer } from './analysis/detect.js'
export { judge } from './analysis/judge.js'
export { summarise } from './analysis/summarise.js'
export type { Clock } from './core/clock.js'
export { type Rng, rng } from './core/draw.js'
export { FiredrillError } from './core/errors.js'
export type {
  Account,
  ActionSeen,
  CallSeen,
  Evidence,
  Finding,
  InjectionSeen,
  ResultSeen,
} from './core/evidence/evidence.js'
export {
  asksOf,
  callsAfter,
  ended,
  extraCalls,
  firstCarrying,
  newResults,
  noticeOf,
  proof,
  reachedIn,
  rejectionOf,
} from './core/evidence/seen.js'
export type {
  BehaviourRule,
  Change,
  Delivery,
  Fault,
  Parameter,
  PromptFault,
  ResponseFault,
  RoutingFault,
  Trigger,
  Written,
} from './core/fault.js'
export type { Gate } from './core/gate.js'
export { roleOf, textOf, toolCallsOf, withText } from './core/messages.js'
export type { Caller, Model, ModelContext } from './core/model.js'
export type { Report, ReportContext } from './core/report.js'
export type { Briefings, Environment, Mark, Scenario, Task, TaskFact } from './core/scenario.js'
export { type BaselineFile, baselineFileSchema } from './core/schemas/baseline-file.js'
export type { Behaviour, Proof, Spread } from './core/schemas/behaviour.js'
export { type Comparison, comparisonSchema } from './core/schemas/comparison.js'
export { type Config, defineConfig } from './core/schemas/config.js'
export { type Outcome, outcomeSchema } from './core/schemas/outcome.js'
export { type RunFile, runFileSchema } from './core/schemas/run-file.js'
export { type Summary, summarySchema } from './core/schemas/summary.js'
export { type TraceLine, traceLineSchema } from './core/schemas/trace-line.js'
export { type TrialLine, trialLineSchema } from './core/schemas/trial-line.js'
export { type VerificationLine, verificationLineSchema } from './core/schemas/verification.js'
export type { Heard, Peer, Site, SiteFacts, ToolAnswer, ToolFacts } from './core/site.js'
export type { BuildContext, CompiledGraph, Defence, Job, System } from './core/system.js'
export { lost, planted } from './core/text/lost.js'
export { mentions } from './core/text/mentions.js'
export { isRestorable } from './core/text/restorable.js'
export { parseTrialId, trialId } from './core/trial-id.js'
export { loadSystem } from './engine/load-system.js'
export { expand, type FaultsOfTrial, type Plan } from './engine/plan.js'
export { execute } from './engine/run.js'
export { parseSeeds, parseSite } from './engine/select.js'
export { selectFaults } from './engine/select-faults.js'
export { cutSeams, readRunFile, readTrace, readTrials, runSession } from './engine/session.js'
export { readVerifications, runVerification } from './engine/verification-session.js'
export { faults } from './faults/catalogue.js'
export { models } from './models/catalogue.js'
export { reports } from './reports/catalogue.js'
export { scenarios } from './scenarios/catalogue.js'
export { systems } from './systems/catalogue.js'
