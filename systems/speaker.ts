import { type BaseMessage, HumanMessage } from '@langchain/core/messages'
import type { LangGraphRunnableConfig } from '@langchain/langgraph'
import { textOf } from '../core/messages.js'
import type { BuildContext, Job } from '../core/system.js'
import { demandedBlock, lastBlock } from './blocks.js'
import { asks } from './messages.js'
import { toolLoop } from './tool-loop.js'

type Options = Readonly<{ usesTools?: boolean; mayAsk?: boolean }>

type Speak = (
  prompt: readonly BaseMessage[],
  config: LangGraphRunnableConfig,
) => Promise<BaseMessage>

/** What an agent says to a prompt; it is asked once more when its deliverable lacks the block that the job demands. */
export function speaker(
  { model, brief, tools, without }: BuildContext,
  job: Job,
  { usesTools = false, mayAsk = false }: Options,
): Speak {
  const block = without.has('block-retry') ? null : demandedBlock(brief(job))
  const reminder = block
    ? new HumanMessage({ content: `Reply with exactly one \`\`\`${block} block.`, id: 'reminder' })
    : null
  const isDone = (reply: BaseMessage) =>
    !block || lastBlock(textOf(reply), block) !== null || (mayAsk && asks(reply))

  if (usesTools && tools.length > 0) {
    return toolLoop({ model, tools, reminder, isDone, retries: without.has('tool-retry') ? 0 : 3 })
  }
  return async (prompt, config) => {
    const reply = await model.invoke([...prompt], config)
    return !reminder || isDone(reply) ? reply : model.invoke([...prompt, reply, reminder], config)
  }
}
