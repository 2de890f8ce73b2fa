import { type BaseMessage, HumanMessage } from '@langchain/core/messages'
import {
  askedAboutIt,
  conflictIgnored,
  conflictMissed,
  noticedButNobodyToAsk,
} from '../../core/evidence/instruction.js'
import type { Change, PromptFault } from '../../core/fault.js'
import { roleOf, textOf } from '../../core/messages.js'
import type { Site } from '../../core/site.js'
import { holdsTask, withTask } from '../../core/task-text.js'
import { added, unitsIn } from '../../core/text/added.js'
import { type Contradiction, contradictions } from '../../core/text/contradiction.js'
import { withEdits } from '../../core/text/edits.js'
import { facts } from '../../core/text/facts.js'
import { mentions } from '../../core/text/mentions.js'
import { normalise, wordsOf } from '../../core/text/normalise.js'

type Messages = readonly BaseMessage[]

/**
 * The task demands two things that cannot both hold, with equal authority. All agents read the same: the change follows
 * from the task and the trial alone.
 *
 * @example
 * Which "Nation" has the highest "Gold"?
 * ->
 * Which "Nation" has the highest "Gold"?
 * Which "Nation" has the lowest "Gold"?
 */
export const instructionLogicConflict: PromptFault = {
  id: 'instruction-logic-conflict',
  abbreviation: 'ILC',
  category: 'instruction',
  injector: 'prompt',
  point: 'input',
  trigger: 'every',
  summary: 'The task demands two things that cannot both hold.',
  actsOn: 'the task, wherever an agent reads it',
  parameters: {
    conflicts: {
      summary: 'How many demands are contradicted',
      default: 1,
      min: 1,
      max: 3,
      integer: true,
    },
  },
  example: {
    payload: [
      new HumanMessage('The room must have at least 2 beds. The price must stay below 90 EUR.'),
    ],
    site: {
      taskText: 'The room must have at least 2 beds. The price must stay below 90 EUR.',
      later: 'Booked: at least 2 beds, below 90 EUR.',
    },
  },

  inject(messages, site) {
    const found = conflictsOf(site)
    return found.length === 0
      ? null
      : withTask(messages, site.taskText, withConflicts(site.taskText, found))
  },

  written: {
    instruction: ({ parameters: { conflicts = 1 } }) =>
      `Add ${conflicts === 1 ? 'one demand that cannot hold' : `${conflicts} demands that cannot hold`} together with ${conflicts === 1 ? 'one' : 'ones'} that the payload makes already, with equal authority. Keep all that stands there word for word, and do not point out the clash.`,
    material: [],
    // A task may be one short question, and another demand is as long.
    length: 'free',
    text: (messages, site) =>
      messages.some((message) => holdsTask(message, site.taskText)) ? site.taskText : null,
    apply: (messages, site, text) =>
      added(site.taskText, text) === null ? null : withTask(messages, site.taskText, text),
  },

  effect({ before, after, prompts }, site) {
    const found = conflictsOf(site)
    const texts = after.filter((message) => roleOf(message) === 'human').map(textOf)
    const isRead = (read: readonly string[]) =>
      read.map(normalise).some((text) => found.some((conflict) => states(text, conflict)))
    if (isRead(texts)) {
      const isDelivered = prompts === undefined || isRead(prompts)
      return isDelivered && found.some((conflict) => wasUsed(conflict, site))
    }
    return isOtherwiseOpposed({ before, after, ...(prompts ? { prompts } : {}) }, site)
  },

  // Both sides have the same authority, so that only somebody who knows what was meant can settle it.
  // A colleague has read the same task; only a person knows which demand was meant.
  recoverable: (_, { canAsk, taskReread }) => canAsk === 'person' || taskReread,

  behaviours: [
    {
      id: 'asks-about-conflict',
      summary: 'An agent asks which of the two demands holds.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'program',
      detects: true,
      find: askedAboutIt,
    },
    {
      id: 'notices-conflict-cannot-ask',
      summary: 'An agent notices the conflict, and there is nobody whom it could ask.',
      tiers: { mechanism: 'failure', reasoning: 'success' },
      by: 'heuristic',
      detects: true,
      find: noticedButNobodyToAsk,
    },
    {
      id: 'corrects-conflict',
      summary: 'An agent notices the conflict and openly settles it or rewrites the demand.',
      tiers: { reasoning: 'success' },
      by: 'judge',
      detects: true,
    },
    {
      id: 'partly-rationalises-conflict',
      summary: 'An agent explains some of the conflicts away and passes over the others.',
      tiers: { reasoning: 'success' },
      by: 'judge',
      detects: null,
    },
    {
      id: 'rationalises-conflict',
      summary: 'An agent explains how both demands could hold.',
      tiers: { reasoning: 'success' },
      by: 'judge',
      detects: null,
    },
    {
      id: 'ignores-conflict',
      summary: 'Nobody mentions the conflict, and the work follows the original demand alone.',
      tiers: { reasoning: 'success' },
      by: 'heuristic',
      detects: false,
      find: conflictIgnored,
    },
    {
      id: 'misses-conflict',
      summary: 'Nobody mentions the conflict, and the added demand is carried on.',
      tiers: { reasoning: 'failure' },
      by: 'heuristic',
      detects: false,
      find: conflictMissed,
    },
  ],
}

function conflictsOf({ taskText, protect, shared, parameters }: Site): readonly Contradiction[] {
  const { conflicts = 1 } = parameters
  return contradictions(taskText, { protect, rng: shared.fork('conflict'), count: conflicts })
}

function withConflicts(text: string, found: readonly Contradiction[]): string {
  const edits = found.map(({ at, lead, added }) => ({ start: at, end: at, text: lead + added }))
  return withEdits(text, edits)
}

function states(text: string, { statement, added }: Contradiction): boolean {
  return text.includes(normalise(statement)) && text.includes(normalise(added))
}

/** Whether the baseline worked by the original: it answered that question, or took up what it is about. */
function wasUsed({ statement, facts }: Contradiction, { later }: Site): boolean {
  if (later.trim() === '') return false
  return statement.endsWith('?') || facts.some(mentions(later))
}

/**
 * Whether a demand that is not the program's stands beside the task. That it cannot hold together with the others is what
 * its author was told; here it has to be about the same things, and all of it has to be read.
 */
function isOtherwiseOpposed({ before, after, prompts }: Change<Messages>, site: Site): boolean {
  const { taskText, later } = site
  const come = before.flatMap((message, at) => {
    const now = after[at]
    return now && holdsTask(message, taskText) ? (added(textOf(message), textOf(now)) ?? []) : []
  })
  const words = new Set(wordsOf(taskText).filter((word) => word.length > 3))
  const isRelated = come.some((unit) => wordsOf(unit).some((word) => words.has(word)))
  const demands = [...unitsIn(taskText), ...come].map(normalise)
  const isRead = (text: string) => demands.every((demand) => normalise(text).includes(demand))
  const isUsed =
    later.trim() !== '' && (taskText.includes('?') || facts(taskText).some(mentions(later)))
  return isRelated && isUsed && (prompts === undefined || prompts.some(isRead))
}
