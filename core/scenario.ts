import type { StructuredToolInterface } from '@langchain/core/tools'
import type { Job } from './system.js'

/** Something that a task states, and what else determines it when the statement is lost. */
export type TaskFact = Readonly<{
  sentence: string
  normal: string
  ordinal: number
  determinedBy: 'examples' | 'tool' | 'none'
}>

/** One input of a scenario. Systems and models get `text`, and the sentences of its facts if they ask; never normal forms. */
export type Task = Readonly<{
  id: string
  text: string
  /** Strings that no fault may change, because the oracle needs them verbatim. */
  protect: readonly string[]
  facts: readonly TaskFact[]
}>

/** Tools with their state, fresh for every trial. */
export type Environment = Readonly<{ tools: readonly StructuredToolInterface[] }>

/** What the oracle says of an answer. `result` is one of a few names that the scenario defines. */
export type Mark = Readonly<{ correct: boolean; result: string; reward?: number; note: string }>

/** What the tools of a work do to the world that all agents share: nothing, something that can be undone, or not. */
export type Effects = 'none' | 'undoable' | 'final'

/** What each job of this work means, in plain English; a job without a briefing does not occur in this work. */
export type Briefings = Readonly<Partial<Record<Job, string>>>

/** A kind of work: tasks, an environment with tools, an oracle, and briefings for the jobs. */
export type Scenario = Readonly<{
  id: string
  summary: string
  licence: string
  /** Where the material comes from, when it is not ours; printed wherever tasks are. */
  attribution?: string
  /** What its tools do to what all agents share. Default: nothing. */
  effects?: Effects
  /** Whether only real models can do it: simulated ones read generated sentences alone. Default: false. */
  realOnly?: boolean
  /** Whether tasks keep the numbers that they have in a data set. Default: they are numbered from 1. */
  keepsNumbers?: boolean
  /** The first `count` tasks. Task n is the same whatever the count. */
  tasks: (
    options: Readonly<{ count: number; seed: number }>,
  ) => readonly Task[] | Promise<readonly Task[]>
  environment?: (task: Task) => Environment
  briefings: Briefings
  /** Decides whether an answer is right; sees neither the trace nor which fault was set. */
  oracle: (task: Task, answer: string, environment?: Environment) => Promise<Mark>
}>
