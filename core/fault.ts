import type { AIMessage, BaseMessage, ToolMessage } from '@langchain/core/messages'
import type { Evidence, Finding } from './evidence/evidence.js'
import type { Site, SiteFacts, ToolAnswer } from './site.js'
import type { Category, Tier } from './taxonomy.js'

/** A named number of a fault. Values outside the bounds are refused before anything runs. */
export type Parameter = Readonly<{
  summary: string
  default: number
  min: number
  max: number
  /** Whether only whole numbers make sense. */
  integer: boolean
}>

/** One message on its way. `message` is the newest one that the sender wrote, if any. */
export type Delivery = Readonly<{ from: string; to: string; message?: BaseMessage }>

/** What may be observed after an injection, and which tiers that speaks for (MAS-FIRE, section 5). */
export type BehaviourRule = Readonly<{
  id: string
  summary: string
  tiers: Readonly<Partial<Record<Tier, 'success' | 'failure'>>>
  /** How a trace decides it: exactly, with expected errors, or only with a judge model. */
  by: 'program' | 'heuristic' | 'judge'
  /** Whether somebody noticed: yes, no, or the behaviour does not say. */
  detects: boolean | null
  /**
   * The steps that prove it; null when it is not to be seen. Rules are asked in their order, the first that holds is the
   * behaviour of the trial. Absent where only a judge model can tell.
   */
  find?: (evidence: Evidence) => Finding | null
}>

/** A payload before and after an injection. */
export type Change<Payload> = Readonly<{
  before: Payload
  after: Payload
  /**
   * Texts of the prompts that the changed agent's model got afterwards; absent while a site is only being considered,
   * before the trial has been executed.
   */
  prompts?: readonly string[]
  /**
   * What tools answered to the calls of the message before, call by call; absent before the trial has been executed.
   */
  results?: readonly (ToolAnswer | null)[]
}>

/**
 * How an injector model may write a fault in place of the program: which text it gets, what it is told to do with it, and
 * how its answer goes back into the payload.
 */
export type Written<Payload> = Readonly<{
  /** What it is told to do with the text: a sentence or two in the imperative. */
  instruction: (site: Site) => string
  /** What it is shown besides the text and the task. */
  material: readonly ('tools' | 'peers')[]
  /** How long the new text may be: from half to one and a half times the old one, or `free`. Default: `near`. */
  length?: 'near' | 'free'
  /** The text that is to be changed; null when there is none here. */
  text: (payload: Payload, site: Site) => string | null
  /** The payload with the changed text in place of that one; null when it does not fit. */
  apply: (payload: Payload, site: Site, text: string) => Payload | null
}>

/**
 * When a fault fires: `once` at a chosen site, from there on at every site of the same `agent`, or at `every` site of the
 * trial.
 */
export const triggers = ['once', 'agent', 'every'] as const
export type Trigger = (typeof triggers)[number]

type FaultOn<Injector extends string, Payload> = Readonly<{
  /** Kebab-case, equals the file's name. */
  id: string
  abbreviation: string
  category: Category
  injector: Injector
  /** One sentence; CLI, docs and every report print it. */
  summary: string
  /** What it changes, in a few words that people read. Default: what its injector changes. */
  actsOn?: string
  /** When it fires unless the user says otherwise. Default: `once`. */
  trigger?: Trigger
  parameters?: Readonly<Record<string, Parameter>>
  /** A payload this fault bites on, with what the site must know for it. Docs show it, the contract test runs it. */
  example: Readonly<{ payload: Payload; site?: Partial<SiteFacts> }>
  /** A changed copy of the payload; null when there is nothing to bite on here. Pure: chance comes from the site. */
  inject: (payload: Payload, site: Site) => Payload | null
  /** Which of several sites it is set at: the lowest number, the first of equals. Default: the first site. */
  prefers?: (payload: Payload, site: SiteFacts) => number
  /** How an injector model may write it; absent when only the program can. */
  written?: Written<Payload>
  /** Whether the change matters: what was changed is something that the baseline made use of. */
  effect: (change: Change<Payload>, site: Site) => boolean
  /** Whether a right answer can still be reached otherwise than by luck. */
  recoverable: (change: Change<Payload>, site: Site) => boolean
  /** Something that the ledger shall keep of an injection; null when there is nothing to say. */
  note?: (change: Change<Payload>, site: Site) => string | null
  behaviours: readonly BehaviourRule[]
  /** Only of faults that come from a configuration: a hash of their code, so that a change of it is another trial. */
  codeHash?: string
}>

/**
 * Changes what an agent reads: at `input` the messages that its node starts with, before the system's own trimming, or
 * at `call` the final prompt of a model call.
 */
export type PromptFault = FaultOn<'prompt', readonly BaseMessage[]> &
  Readonly<{ point: 'input' | 'call' }>
/** Changes what an agent or a tool said, before anyone sees it. */
export type ResponseFault = FaultOn<'response', AIMessage | ToolMessage>
/** Changes who gets a message and how often. The payload is what one agent sends at one moment. */
export type RoutingFault = FaultOn<'routing', readonly Delivery[]>

/** One entry of the taxonomy, declared in one file. */
export type Fault = PromptFault | ResponseFault | RoutingFault
