import { AIMessage } from '@langchain/core/messages'
import { changed } from '../../core/changed.js'
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
import { misspelt, renamedKey } from '../../core/slips.js'
import { parseJson } from '../../core/text/json.js'
import type { CallChange } from '../../core/tool-calls.js'
import { isSameAnswer, isUsed } from '../../core/used-result.js'
import { writtenCall } from '../../core/written-call.js'

/**
 * The right call in a form that the interface does not accept: a misspelt name, a wrong key, all arguments in one string, or
 * text that is no JSON. In process such text is an invalid tool call, on the wire it is the arguments themselves.
 *
 * @example
 * search({ query: 'Paris' })  ->  serach({ query: 'Paris' })
 */
export const toolFormatError: ResponseFault = {
  id: 'tool-format-error',
  abbreviation: 'TFE',
  category: 'action',
  injector: 'response',
  summary: 'An agent means the right tool call but writes it in a form that is not accepted.',
  actsOn: 'a call of a tool that an agent makes',
  parameters: {
    variant: {
      summary: 'Name (1), key (2), one string (3), broken text (4), or by seed (0)',
      default: 0,
      min: 0,
      max: 4,
      integer: true,
    },
  },
  example: {
    payload: new AIMessage({
      content: '',
      tool_calls: [{ id: 'call-1', name: 'find_ferry', args: { from_port: 'Genoa' } }],
    }),
    site: {
      tools: [
        {
          name: 'find_ferry',
          description: 'Find ferries.',
          schema: {
            type: 'object',
            properties: { from_port: { type: 'string' } },
            required: ['from_port'],
          },
        },
      ],
      later: 'G104 leaves Genoa at 14:30.',
      results: [{ text: 'G104 leaves Genoa at 14:30.', failed: false }],
    },
  },

  inject(message, site) {
    if (roleOf(message) !== 'ai') return null
    const [call] = heldCalls(message, site.tools)
    if (!call) return null
    const { variant = 0 } = site.parameters
    const wanted = variant === 0 ? site.rng.fork('variant').shuffle([1, 2, 3, 4]) : [variant]
    for (const one of wanted) {
      const change = forms[one]?.(call, site) ?? null
      const after = change && call.with(change)
      // A call in brackets has no keys: there another key changes nothing.
      if (after && changed(message, after)) return after
    }
    return null
  },

  written: {
    instruction: () =>
      'Write this call in a form that its tool does not accept, as a hasty author might: a misspelt name of the tool, a wrong name of an argument, or all arguments in one string. The values stay what they are.',
    ...writtenCall,
  },

  effect({ before, after, results }, site) {
    const at = changedCall(before, after)
    if (at === null) return textOf(before) !== textOf(after)
    const usual = site.results[at]
    if (!usual || usual.failed || !isUsed(usual, site.later)) return false
    if (!results) return true
    const now = results[at]
    // No answer: the call was not run. The usual answer: somebody who is there for it repaired the form, or else it was none.
    return !now || site.repairsCalls || !isSameAnswer(now, usual)
  },

  // What was meant can still be called, and the schema says how.
  recoverable: () => true,

  behaviours: [
    {
      id: 'agent-corrects',
      summary: 'The agent sees the error and makes the call in the right form.',
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
      summary: 'Somebody reacts to the error, and the goal is not reached.',
      tiers: { mechanism: 'success', reasoning: 'failure' },
      by: 'heuristic',
      detects: true,
      find: triedInVain,
    },
    {
      id: 'no-correction',
      summary: 'The work goes on without the result of the call.',
      tiers: {},
      by: 'program',
      detects: false,
      find: takenAsItIs,
    },
  ],
}

type Form = (call: HeldCall<unknown>, site: Site) => CallChange | null

/** The forms by their number. */
const forms: Readonly<Record<number, Form>> = {
  1: ({ name, args }, { tools, rng }) => {
    const wrong = misspelt(name, rng.fork('name')).find((one) => !tools.some((t) => t.name === one))
    return wrong === undefined ? null : { name: wrong, args }
  },
  2: ({ name, args, tool }, { rng }) => {
    const { properties = {}, required = [] } = tool ? schemaParts(tool.schema) : {}
    const known = (key: string) => key in properties || key in args
    const candidates = [...rng.fork('key').shuffle(Object.keys(args))]
    // A key that may be left out is missed by nobody, so one that is required goes first.
    for (const key of candidates.sort((a, b) => rank(required, a) - rank(required, b))) {
      const wrong = renamedKey(key).find((one) => !known(one))
      if (wrong === undefined) continue
      const renamed = Object.entries(args).map(([k, value]) => [k === key ? wrong : k, value])
      return { name, args: Object.fromEntries(renamed) }
    }
    return null
  },
  3: ({ name, args, tool, index }) => {
    const { properties = {} } = tool ? schemaParts(tool.schema) : {}
    const isTaken = 'input' in properties || 'input' in args
    if (index === null || isTaken || Object.keys(args).length === 0) return null
    return { name, args: { input: JSON.stringify(args) } }
  },
  4: ({ name, args }, { rng }) => {
    const whole = JSON.stringify(args)
    if (whole === '{}') return { name, broken: '{' }
    // Not cut off: some clients complete what is cut off, and then nothing would be wrong with it.
    const single = whole.replaceAll('"', "'")
    const unquoted = whole.replace(/"([\w$]+)":/g, '$1: ')
    // Keys of nothing but marks need their quotation marks, so they keep them, and nothing is broken.
    const ways = parseJson(unquoted) ? ([single] as const) : ([single, unquoted] as const)
    return { name, broken: rng.fork('broken').pick(ways) }
  },
}

const rank = (required: readonly string[], key: string) => (required.includes(key) ? 0 : 1)

const schemaParts = (schema: Readonly<Record<string, unknown>>) =>
  schema as Readonly<{ properties?: Readonly<Record<string, unknown>>; required?: string[] }>
