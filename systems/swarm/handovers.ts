import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages'
import { type ToolRuntime, tool } from '@langchain/core/tools'
import { Command, END } from '@langchain/langgraph'
import { textOf } from '../../core/messages.js'
import { speakerOf } from '../messages.js'
import type { Demand } from '../speaker.js'
import { colleaguesAre, type Member } from '../team.js'
import type { Turn } from '../tool-loop.js'

const maxHandovers = 8

/** How a member is told to hand the work over. */
export const handoversTo = (others: readonly Member[]): string =>
  `${colleaguesAre(others)} When your part is done, write it down and hand the work over to whoever goes next with a tool. Whoever answers without handing over ends the work.`

/** What limits handing over, and whether all that was said goes along with the work. */
export type Rules = Readonly<{ pingPongGuard: boolean; turnLimit: boolean; fullHistory: boolean }>

/** A tool with which one member of a swarm hands the work over to another one. */
export function handover(from: string, { name: to, job }: Member, rules: Rules) {
  const hand = (given: unknown, { state, toolCallId }: ToolRuntime) => {
    const { reason } = given as { reason: string }
    const { messages, turn } = state as { messages: BaseMessage[]; turn: Turn }
    const { course, ...said } = turn
    if (rules.pingPongGuard && isPingPong(course, from, to)) {
      return resultOf(toolCallId, `You and ${to} have had the work twice. Finish it yourself.`)
    }
    const words = textOf(messages.at(-1) ?? new AIMessage(''))
    return new Command({
      graph: Command.PARENT,
      goto: rules.turnLimit && course.length >= maxHandovers ? END : to,
      update: {
        active: to,
        // The result of the call is what the others get to know of it.
        messages: [
          ...(words.trim() === '' ? [] : [new AIMessage({ ...said, content: words })]),
          resultOf(toolCallId, `Handed over to ${to}.\n${reason}`, said),
        ],
      },
    })
  }
  const schema = {
    type: 'object' as const,
    properties: { reason: { type: 'string' as const, description: described(rules) } },
    required: ['reason'],
    additionalProperties: false,
  }
  const description = `Hand the work over to ${to} (${job}).`
  return tool(hand, { name: `transfer_to_${to}`, description, schema })
}

// Whoever gets the work without its history knows nothing else of it.
const described = ({ fullHistory }: Rules): string =>
  fullHistory ? 'Why, and what it is about.' : 'Everything that is needed to go on with the work.'

/** Whether two have handed the work to each other and back twice in a row. */
const isPingPong = (course: readonly string[], from: string, to: string): boolean =>
  course.slice(-4).join() === [from, to, from, to].join()

const resultOf = (
  tool_call_id: string,
  content: string,
  said: Readonly<{ id: string; name: string }> | null = null,
) => new ToolMessage({ tool_call_id, content, ...(said && { id: `${said.id}+`, name: said.name }) })

/** What is left for a reader who is told the reason of the newest hand-over alone: that, and its own words. */
export const reasonFor = (reader: string) => (messages: readonly BaseMessage[]) => {
  const newest = messages.findLast((message) => speakerOf(message) !== reader)
  return messages.filter((message) => message === newest || speakerOf(message) === reader)
}

/** A hand-over has to reach somebody; triage has nothing else to do. */
export const knownAgent = ({ job }: Member): Demand => ({
  reminder: 'Reply with exactly one call of a tool that hands the work over.',
  isMet: (reply) => job !== 'route' && (reply as AIMessage).invalid_tool_calls?.length === 0,
})
