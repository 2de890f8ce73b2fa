import { AIMessage } from '@langchain/core/messages'
import { Command, type Send } from '@langchain/langgraph'
import type { ScriptedCall } from './scripted-model.js'

/** A situation in which a defence acts. */
export type Provocation = Readonly<{
  script?: (call: ScriptedCall) => string | AIMessage
  input?: unknown
}>

/** What the contract test of systems has to know of one system; in `test/systems/<id>/situations.ts`. */
export type Situations = Readonly<{
  /** For every defence of its own a situation in which it acts. */
  provocations: Readonly<Record<string, Provocation>>
  /** An agent with the tools of the work. */
  producer: string
  /** How often it is called when it never stops calling tools. Default: 21, once more than tools may be called. */
  restless?: number
  /** What it does with a model that always rejects, always asks and never ends: how often each agent then speaks. */
  stubborn: Readonly<{
    script: (call: ScriptedCall) => string | AIMessage
    turns: Readonly<Record<string, number>>
  }>
}>

/** A message that stands in the state when a graph is entered in the middle. */
export const said = (agent: string, content: string) =>
  new AIMessage({ id: `${agent}#1`, name: agent, content })

/** Enters a graph at nodes of one's choice, with messages in its state. */
export const start = (nodes: readonly (string | Send)[], ...messages: readonly unknown[]) =>
  new Command({ goto: [...nodes], update: { messages } })
