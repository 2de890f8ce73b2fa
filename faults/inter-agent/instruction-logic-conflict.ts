import { HumanMessage } from '@langchain/core/messages'
import type { PromptFault } from '../../core/fault.js'
import { roleOf, textOf } from '../../core/messages.js'
import type { Site } from '../../core/site.js'
import { withTask } from '../../core/task-text.js'
import { type Contradiction, contradictions } from '../../core/text/contradiction.js'
import { withEdits } from '../../core/text/edits.js'
import { mentions } from '../../core/text/mentions.js'
import { normalise } from '../../core/text/normalise.js'

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

  effect({ after, prompts }, site) {
    const found = conflictsOf(site)
    const texts = after.filter((message) => roleOf(message) === 'human').map(textOf)
    const isRead = (read: readonly string[]) =>
      read.map(normalise).some((text) => found.some((conflict) => states(text, conflict)))
    const isDelivered = prompts === undefined || isRead(prompts)
    return isRead(texts) && isDelivered && found.some((conflict) => wasUsed(conflict, site))
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
    },
    {
      id: 'notices-conflict-cannot-ask',
      summary: 'An agent notices the conflict, and there is nobody whom it could ask.',
      tiers: { mechanism: 'failure', reasoning: 'success' },
      by: 'heuristic',
      detects: true,
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
    },
    {
      id: 'misses-conflict',
      summary: 'Nobody mentions the conflict, and the added demand is carried on.',
      tiers: { reasoning: 'failure' },
      by: 'heuristic',
      detects: false,
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
