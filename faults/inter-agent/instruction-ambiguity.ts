import { type BaseMessage, HumanMessage } from '@langchain/core/messages'
import {
  ambiguityMissed,
  askedAboutIt,
  guessedOpenly,
  noticedButNobodyToAsk,
} from '../../core/evidence/instruction.js'
import type { PromptFault } from '../../core/fault.js'
import { roleOf, textOf } from '../../core/messages.js'
import type { Site } from '../../core/site.js'
import { holdsTask, taskAfter, withTask } from '../../core/task-text.js'
import { blurred } from '../../core/text/blur.js'
import { isEnglish } from '../../core/text/english.js'
import type { Fact } from '../../core/text/fact.js'
import { lost } from '../../core/text/lost.js'
import { mentions } from '../../core/text/mentions.js'
import { normalise } from '../../core/text/normalise.js'
import { keepsAll } from '../../core/text/occurrences.js'

/**
 * The task leaves open what the work needs: values give way to vague words, so that several readings are reasonable. All
 * agents read the same.
 *
 * @example
 * A room for 3 nights in Rome.  ->  A room for a few nights in the usual place.
 */
export const instructionAmbiguity: PromptFault = {
  id: 'instruction-ambiguity',
  abbreviation: 'IA',
  category: 'instruction',
  injector: 'prompt',
  point: 'input',
  trigger: 'every',
  summary: 'The task lacks details, so that several readings are reasonable.',
  actsOn: 'the task, wherever an agent reads it',
  parameters: {
    facts: { summary: 'How many facts become vague', default: 2, min: 1, max: 10, integer: true },
  },
  example: {
    payload: [
      new HumanMessage(
        'Book a room for 3 nights in Rome with at least 2 beds, for 90 EUR or less.',
      ),
    ],
    site: {
      taskText: 'Book a room for 3 nights in Rome with at least 2 beds, for 90 EUR or less.',
      later: 'Booked: 3 nights in Rome, 2 beds, for 90 EUR.',
    },
  },

  inject(messages, site) {
    const vague = vagueTask(site)
    const after = vague === null ? null : withTask(messages, site.taskText, vague)
    const texts = (all: readonly BaseMessage[]) => all.map(textOf).join('\n')
    return after && keepsAll(texts(messages), texts(after), site.protect) ? after : null
  },

  written: {
    instruction: ({ parameters: { facts = 2 } }) =>
      `Blur ${facts === 1 ? 'one detail' : `${facts} details`} of what is demanded, so that at least two sensible readings remain. Take nothing else away, and do not say that anything is open.`,
    material: [],
    text: (messages, site) =>
      messages.some((message) => holdsTask(message, site.taskText)) ? site.taskText : null,
    apply: (messages, site, text) => withTask(messages, site.taskText, text),
  },

  effect({ before, after, prompts }, site) {
    const vague = taskAfter(before, after, site.taskText)
    if (vague === null) return false
    const read = prompts ?? after.filter((message) => roleOf(message) === 'human').map(textOf)
    const holding = read.filter((text) => normalise(text).includes(normalise(vague)))
    // Where the same prompt tells the detail elsewhere, nothing is open.
    const isOpen = (fact: Fact) => holding.some((text) => !mentions(text)(fact))
    return lost(site.taskText, vague).some((fact) => mentions(site.later)(fact) && isOpen(fact))
  },

  // Colleagues have read the same; only a person knows what was meant, or somebody who read the task as it was.
  recoverable: (_, { canAsk, taskReread }) => canAsk === 'person' || taskReread,

  behaviours: [
    {
      id: 'notices-and-asks',
      summary: 'An agent asks about what the task leaves open.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'program',
      detects: true,
      find: askedAboutIt,
    },
    {
      id: 'notices-cannot-ask',
      summary: 'An agent notices what is open, and there is nobody whom it could ask.',
      tiers: { mechanism: 'failure', reasoning: 'success' },
      by: 'heuristic',
      detects: true,
      find: noticedButNobodyToAsk,
    },
    {
      id: 'notices-and-guesses',
      summary: 'An agent says which value it assumes and goes on.',
      tiers: { reasoning: 'success' },
      by: 'heuristic',
      detects: true,
      find: guessedOpenly,
    },
    {
      id: 'misses-ambiguity',
      summary: 'Nobody mentions that anything is open.',
      tiers: { reasoning: 'failure' },
      by: 'heuristic',
      detects: false,
      find: ambiguityMissed,
    },
  ],
}

/** The task with facts of its demands made vague; the same for all who read it. */
function vagueTask({ taskText, protect, shared, parameters }: Site): string | null {
  const { facts: count = 2 } = parameters
  if (!isEnglish(taskText)) return null // Vague words are English.
  return blurred(taskText, { protect, count, rng: shared.fork('vague') })
}
