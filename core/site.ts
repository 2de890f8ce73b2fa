import type { Rng } from './draw.js'

/**
 * Where a site is, in identities that are the same in every execution of a trial.
 *
 * `key` is an execution's key such as `math#0/agent#1`, for a `call` with the number of the call behind it (`….0`).
 * The index of a `tool` counts the results of its execution, the index of a `delivery` the routes to one receiver.
 */
export type SiteAddress =
  | Readonly<{ kind: 'input'; key: string }>
  | Readonly<{ kind: 'call'; key: string }>
  | Readonly<{ kind: 'tool'; key: string; index: number }>
  | Readonly<{ kind: 'delivery'; key: string; to: string; index: number }>

/**
 * The text form of an address; it parses back and is what plans, traces and `--site` use.
 *
 * @example
 * { kind: 'delivery', key: 'analyst#0', to: 'engineer', index: 0 }  ->  delivery:analyst#0>engineer.0
 */
export function siteId(at: SiteAddress): string {
  switch (at.kind) {
    case 'input':
    case 'call':
      return `${at.kind}:${at.key}`
    case 'tool':
      return `tool:${at.key}@${at.index}`
    case 'delivery':
      return `delivery:${at.key}>${at.to}.${at.index}`
    default:
      return at satisfies never
  }
}

/** A tool that an agent may call, as its model sees it. `schema` is JSON Schema. */
export type ToolFacts = Readonly<{
  name: string
  description: string
  schema: Readonly<Record<string, unknown>>
}>

/** Another agent of the same trial and what its system message says it is. */
export type Peer = Readonly<{ id: string; role: string }>

/** What a tool answered to a call. `failed`: it said so itself, or the layer around it did. */
export type ToolAnswer = Readonly<{ text: string; failed: boolean }>

/** Something that another agent said. */
export type Heard = Readonly<{ from: string; text: string }>

/** What is known of a site from the baseline and the task; lists and texts are empty when nothing is known. */
export type SiteFacts = Readonly<{
  /** Who acts here: the agent that reads, speaks or sends. */
  agent: string
  /** What the agent's system message says it is. */
  role: string
  /** For a delivery: the receiver. */
  to: string | null
  /** Whether what is said here goes to another agent. */
  handsOver: boolean
  /** What the task asks for. */
  taskText: string
  /** What the baseline's agents said and called after this site. */
  later: string
  /** The part of `later` that the agent itself said and called. */
  own: string
  /** What other agents had said before, oldest first. */
  heard: readonly Heard[]
  /** What tools answered to the calls of this message, call by call; null where nobody did. */
  results: readonly (ToolAnswer | null)[]
  /** Agents that read what this one said, with how many of its messages, most first. */
  handsTo: readonly Readonly<{ id: string; times: number }>[]
  /** For a delivery: the agents of the same graph that it could have gone to, by the names that deliveries use. */
  others: readonly string[]
  /** Tokens that the agent's model takes in; null when that is not known. */
  window: number | null
  /** What any agent of the baseline could read, this payload aside. */
  elsewhere: string
  /** What other agents than this one could read up to here. */
  readByOthers: string
  /** Whether another agent reads the task itself later: then it can make anew what was made from the task. */
  taskReread: boolean
  /** Strings that no fault may change: the oracle needs them verbatim. */
  protect: readonly string[]
  tools: readonly ToolFacts[]
  peers: readonly Peer[]
  /** Whom the system lets an agent ask: a colleague has read what agents read, a person knows what was meant. */
  canAsk: 'nobody' | 'peer' | 'person'
  /** Whether the system declares that it repairs calls of tools whose form is wrong. */
  repairsCalls: boolean
}>

/** One place where an injector acts, as a fault sees it. */
export type Site = SiteFacts &
  Readonly<{
    id: string
    /** Randomness of this fault at this site. */
    rng: Rng
    /** Randomness of this fault in this trial: the same at every site. */
    shared: Rng
    /** Values of the fault's parameters, within their bounds. */
    parameters: Readonly<Record<string, number>>
  }>

/** Facts of a site about which nothing is known. */
export const unknownSite: SiteFacts = {
  agent: 'agent',
  role: '',
  to: null,
  handsOver: true,
  taskText: '',
  later: '',
  own: '',
  heard: [],
  results: [],
  handsTo: [],
  others: [],
  window: null,
  elsewhere: '',
  readByOthers: '',
  taskReread: false,
  protect: [],
  tools: [],
  peers: [],
  canAsk: 'nobody',
  repairsCalls: false,
}
