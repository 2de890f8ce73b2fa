import { AIMessage, type BaseMessage, SystemMessage } from '@langchain/core/messages'
import type { LangGraphRunnableConfig } from '@langchain/langgraph'
import { textOf } from '../core/messages.js'
import type { BuildContext, Job } from '../core/system.js'
import { relay, speakerOf } from './messages.js'
import { speaker } from './speaker.js'

/** What connects an agent to its colleagues. */
export type Wiring = Readonly<{
  /** Whose messages may activate it. */
  hears: readonly string[]
  /** Whose messages go into its prompt. */
  reads: readonly string[] | 'all'
  /** Sentences about its channels, after the briefing. */
  channel?: string
  /** Whether a question to a colleague may stand in place of the deliverable. */
  mayAsk?: boolean
  /** Whether it gets the tools of the work. */
  usesTools?: boolean
  /** The job of every turn after the first, where it is another one. */
  laterJob?: Job
  /** What it sees of the messages that it reads. */
  view?: (inbox: readonly BaseMessage[]) => readonly BaseMessage[]
}>

/**
 * A node that answers the newest message it hears. What it has answered is kept for the life of the graph, so a graph is
 * built for one conversation.
 */
export function agent(context: BuildContext, id: string, job: Job, wiring: Wiring) {
  const { brief, without } = context
  const { hears, reads, channel = '', laterJob = job, view = (inbox) => inbox } = wiring
  const doing = (current: Job) => ({
    system: new SystemMessage(`You are the ${id}. ${brief(current)} ${channel}`.trim()),
    speak: speaker(context, current, wiring),
  })
  const [first, later] = [doing(job), doing(laterJob)]
  const turns = new Map<string, number>()

  const isHeard = (from: string) =>
    without.has('subscriptions') ? from !== id : hears.includes(from)
  const isRead = (from: string) => reads === 'all' || reads.includes(from)

  return async (
    { messages }: Readonly<{ messages: BaseMessage[] }>,
    config: LangGraphRunnableConfig,
  ): Promise<Readonly<{ messages?: BaseMessage[] }>> => {
    const news = messages.findLast((message) => isHeard(speakerOf(message)))
    if (!news) return {}
    const heard = news.id ?? 'task'
    const earlier = turns.get(heard)
    if (earlier !== undefined && !without.has('dedupe')) return {}
    // Numbered by what is answered, and before the first wait: activations side by side on one message are one turn.
    const turn = earlier ?? turns.size + 1
    turns.set(heard, turn)

    const { system, speak } = turn === 1 ? first : later
    const inbox = view(messages.filter((message) => isRead(speakerOf(message))))
    const reply = await speak([system, ...inbox.map((message) => relay(message, id))], config)
    return { messages: [new AIMessage({ content: textOf(reply), id: `${id}#${turn}`, name: id })] }
  }
}
