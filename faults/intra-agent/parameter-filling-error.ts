import { AIMessage } from '@langchain/core/messages'
import {
  correctedByAgent,
  reachedOtherwise,
  retriedBySystem,
  takenAsItIs,
  triedInVain,
} from '../../core/evidence/changed-call.js'
import type { ResponseFault } from '../../core/fault.js'
import { changedCall, type HeldCall, heldCalls } from '../../core/held-calls.js'
import { roleOf, textOf } from '../../core/messages.js'
import type { Site } from '../../core/site.js'
import { isSameAnswer, isUsed } from '../../core/used-result.js'
import { writtenCall } from '../../core/written-call.js'
import { rejectedValues, schemaOf, wrongValues } from '../../core/wrong-arguments.js'

/**
 * The right tool is called with a wrong value. The value is of the same kind and the schema takes it, so the tool answers
 * truthfully to a wrong question; with `loud` the schema rejects it.
 *
 * @example
 * book_flight({ flight_id: 'F218', passengers: 2 })  ->  book_flight({ flight_id: 'F218', passengers: 3 })
 */
export const parameterFillingError: ResponseFault = {
  id: 'parameter-filling-error',
  abbreviation: 'PFE',
  category: 'action',
  injector: 'response',
  summary: 'An agent calls the right tool with a wrong value in an argument.',
  actsOn: 'a call of a tool that an agent makes',
  parameters: {
    arguments: {
      summary: 'How many arguments are wrong',
      default: 1,
      min: 1,
      max: 5,
      integer: true,
    },
    loud: {
      summary: 'Whether the value is one that the schema takes (0) or rejects (1)',
      default: 0,
      min: 0,
      max: 1,
      integer: true,
    },
  },
  example: {
    payload: new AIMessage({
      content: '',
      tool_calls: [{ id: 'call-1', name: 'book_ferry', args: { ferry_id: 'G104', cabins: 2 } }],
    }),
    site: {
      elsewhere: 'G104 leaves Genoa at 14:30. G117 leaves Genoa at 18:15.',
      later: 'Booked: ferry G104, 2 cabins, 80 EUR.',
      results: [{ text: 'Booked: ferry G104, 2 cabins, 80 EUR.', failed: false }],
    },
  },

  inject(message, site) {
    if (roleOf(message) !== 'ai') return null
    for (const call of heldCalls(message, site.tools)) {
      const args = withWrongValues(call, site)
      if (args) return call.with({ name: call.name, args })
    }
    return null
  },

  written: {
    instruction: ({ parameters: { arguments: count = 1, loud = 0 } }) =>
      `Give ${count === 1 ? 'one argument' : `up to ${count} arguments`} of this call another value ${loud ? 'that the schema of its tool rejects' : 'that the schema of its tool takes and that is wrong for the work'}. Keep the tool and the names of the arguments.`,
    ...writtenCall,
  },

  effect({ before, after, results }, site) {
    const at = changedCall(before, after)
    // A call in the text has no result that could be found; that it was read is all that can be known.
    if (at === null) return textOf(before) !== textOf(after)
    const usual = site.results[at]
    if (!usual || !isUsed(usual, site.later)) return false
    if (!results) return true
    const now = results[at]
    return now !== null && now !== undefined && !isSameAnswer(now, usual)
  },

  // The tool is still there, and its answer shows what was asked.
  recoverable: () => true,

  behaviours: [
    {
      id: 'agent-corrects',
      summary: 'The agent sees the result and makes the call that it had meant.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'program',
      detects: true,
      find: correctedByAgent,
    },
    {
      id: 'system-retries',
      summary: 'A parser, a retry or the ordinary loop repairs or repeats the call.',
      tiers: { mechanism: 'success' },
      by: 'heuristic',
      detects: null,
      find: retriedBySystem,
    },
    {
      id: 'alternative-path',
      summary: 'Another call or another agent brings what the call would have brought.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'heuristic',
      detects: null,
      find: reachedOtherwise,
    },
    {
      id: 'responds-but-fails',
      summary: 'Somebody reacts to the wrong result, and the goal is not reached.',
      tiers: { mechanism: 'success', reasoning: 'failure' },
      by: 'heuristic',
      detects: true,
      find: triedInVain,
    },
    {
      id: 'no-correction',
      summary: 'The result of the wrong call is used as if it were right.',
      tiers: {},
      by: 'program',
      detects: false,
      find: takenAsItIs,
    },
  ],
}

type Args = HeldCall<unknown>['args']

/** A value as text; one of JSON may be called anything, `toString` too. */
const written = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '')

/** The arguments of a call with some of them wrong; null when none can be. Those whose value was used later go first. */
function withWrongValues({ name, args, tool }: HeldCall<unknown>, site: Site): Args | null {
  const { arguments: count = 1, loud = 0 } = site.parameters
  const chance = site.rng.fork('call', name)
  const isLater = (value: unknown) => site.later.includes(written(value))
  const isHeld = (value: unknown) => site.protect.some((held) => written(value).includes(held))
  const wrong = chance
    .shuffle(Object.entries(args))
    .filter(([, value]) => !isHeld(value))
    .flatMap(([key, value]) => {
      const schema = schemaOf(tool?.schema ?? {}, key)
      const rng = chance.fork(key)
      const [other] = loud
        ? rejectedValues(value, schema, rng)
        : wrongValues(value, schema, { ...site, rng })
      return other === undefined ? [] : [{ key, other, rank: isLater(value) ? 0 : 1 }]
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
  if (wrong.length === 0) return null
  return { ...args, ...Object.fromEntries(wrong.map(({ key, other }) => [key, other])) }
}
