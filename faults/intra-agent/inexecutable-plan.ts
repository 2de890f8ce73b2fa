import { AIMessage } from '@langchain/core/messages'
import {
  planRestored,
  planStepSkipped,
  planTakenAsItIs,
  planTriedInVain,
} from '../../core/evidence/plan.js'
import type { ResponseFault } from '../../core/fault.js'
import { roleOf, textOf, withText } from '../../core/messages.js'
import { read } from '../../core/text/facts.js'
import { impossible } from '../../core/text/impossible.js'
import { planSteps } from '../../core/text/plan-steps.js'
import { spoken } from '../../core/text/spoken.js'
import { wholeText } from '../../core/text/whole-text.js'

/**
 * A plan is handed on in which a step cannot be carried out: it needs a tool, a result or an agent that does not exist, or
 * it waits for a step that waits for it. The rest of the plan stays as it was.
 *
 * @example
 * 2. Compare the prices.  ->  2. Compare the prices, using the tool compare_all_v2.
 */
export const inexecutablePlan: ResponseFault = {
  id: 'inexecutable-plan',
  abbreviation: 'IP',
  category: 'planning',
  injector: 'response',
  summary: 'A plan is handed on in which a step cannot be carried out.',
  actsOn: 'a plan that an agent hands to another one',
  parameters: {
    steps: {
      summary: 'How many steps become impossible',
      default: 1,
      min: 1,
      max: 5,
      integer: true,
    },
  },
  example: {
    payload: new AIMessage(
      '1. Find the ferries from Genoa.\n2. Compare the prices.\n3. Book the cheapest one.',
    ),
    site: { later: 'The cheapest ferry from Genoa is booked.' },
  },

  inject(message, site) {
    const said = roleOf(message) === 'ai' ? spoken(message, site) : null
    const changed = said && impossible(said.text, site, site.parameters['steps'] ?? 1)
    return changed ? withText(message, changed.text) : null
  },

  written: {
    instruction: ({ parameters: { steps = 1 } }) =>
      `Make ${steps === 1 ? 'one step' : `${steps} steps`} of this plan impossible to carry out: let it need a tool, an earlier result or an agent that does not exist, or let two steps wait for each other. Keep the plan plausible and all other steps word for word.`,
    material: ['tools', 'peers'],
    ...wholeText,
    text: (message, site) =>
      planSteps(read(textOf(message))).length < 2 ? null : wholeText.text(message, site),
  },

  // What a plan says counts when somebody else goes by it; that they did is what the baseline shows.
  effect({ before, after }, { handsOver, later }) {
    const known = new Set(stepsIn(textOf(before)))
    const isChanged = stepsIn(textOf(after)).some((step) => !known.has(step))
    return isChanged && handsOver && later.trim() !== ''
  },

  // Nothing is missing from the plan: whoever sees that a step cannot be done can do the rest.
  recoverable: () => true,

  behaviours: [
    {
      id: 'restores-plan-via-process',
      summary: 'A review or another round of planning leads to a plan that can be carried out.',
      tiers: { mechanism: 'success' },
      by: 'program',
      detects: null,
      find: planRestored,
    },
    {
      id: 'responds-but-fails',
      summary: 'Somebody reacts to the step that cannot be done, and the goal is not reached.',
      tiers: { mechanism: 'success', reasoning: 'failure' },
      by: 'heuristic',
      detects: true,
      find: planTriedInVain,
    },
    {
      id: 'skips-inexecutable-part',
      summary: 'The impossible part is left out, and the other steps are carried out.',
      tiers: { reasoning: 'success' },
      by: 'heuristic',
      detects: null,
      find: planStepSkipped,
    },
    {
      id: 'no-correction',
      summary: 'The work goes by the impossible step or ends there.',
      tiers: {},
      by: 'program',
      detects: false,
      find: planTakenAsItIs,
    },
  ],
}

const stepsIn = (text: string): readonly string[] => planSteps(read(text)).map((step) => step.text)
