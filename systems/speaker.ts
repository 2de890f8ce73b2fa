import { type BaseMessage, HumanMessage } from '@langchain/core/messages'
import type { StructuredToolInterface } from '@langchain/core/tools'
import type { LangGraphRunnableConfig } from '@langchain/langgraph'
import { textOf } from '../core/messages.js'
import type { BuildContext, Job } from '../core/system.js'
import { demandedBlock, lastBlock } from './blocks.js'
import { asks } from './messages.js'
import { type Turn, toolLoop } from './tool-loop.js'

/** What a word must hold; whoever speaks without it is reminded once. */
export type Demand = Readonly<{ reminder: string; isMet: (reply: BaseMessage) => boolean }>

type Options = Readonly<{
  usesTools?: boolean
  mayAsk?: boolean
  handovers?: readonly StructuredToolInterface[]
  demand?: Demand
}>

type Speak = (
  prompt: readonly BaseMessage[],
  config: LangGraphRunnableConfig,
  turn: Turn,
) => Promise<BaseMessage>

/** What an agent says to a prompt; it is asked once more when what its job demands is missing. */
export function speaker(context: BuildContext, job: Job, options: Options): Speak {
  const { model, tools, without } = context
  const { usesTools = false, mayAsk = false, handovers = [] } = options
  const demand = options.demand ?? blockDemand(context, job)
  const reminder = demand ? new HumanMessage({ content: demand.reminder, id: 'reminder' }) : null
  const isDone = (reply: BaseMessage) => !demand || demand.isMet(reply) || (mayAsk && asks(reply))

  const offered = [...(usesTools ? tools : []), ...handovers]
  if (offered.length > 0) {
    const retries = without.has('tool-retry') ? 0 : 3
    return toolLoop({ model, tools: offered, reminder, isDone, retries })
  }
  return async (prompt, config) => {
    const reply = await model.invoke([...prompt], config)
    return !reminder || isDone(reply) ? reply : model.invoke([...prompt, reply, reminder], config)
  }
}

/** The block that a job demands as its deliverable; null when it demands none, or nobody insists on it. */
function blockDemand({ brief, without }: BuildContext, job: Job): Demand | null {
  const block = without.has('block-retry') ? null : demandedBlock(brief(job))
  return block === null
    ? null
    : {
        reminder: `Reply with exactly one \`\`\`${block} block.`,
        isMet: (reply) => lastBlock(textOf(reply), block) !== null,
      }
}
