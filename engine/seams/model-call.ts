import type { AIMessage, BaseMessage } from '@langchain/core/messages'
import { currentExecution, inCall, type ModelCall, noteFailure, type OpenTrial } from './context.js'

/** Options of a model call, or its stop words. */
export type Options = Readonly<Record<string, unknown>> | readonly string[] | undefined

/** What really asks the model. */
type Next = (messages: readonly BaseMessage[]) => Promise<AIMessage>

/** One model call of a trial: gives it its identity and lets the policy act around it. */
export async function around(
  trial: OpenTrial,
  messages: readonly BaseMessage[],
  options: Options,
  next: Next,
): Promise<AIMessage> {
  const execution = currentExecution()
  const attempt = execution?.attempt ? `~${execution.attempt}` : ''
  const call: ModelCall = {
    execution,
    agent: execution?.agent ?? '?',
    key: execution ? `${execution.key}${attempt}.${execution.calls++}` : '?.0',
    tools: toolsOf(options),
  }
  const { onModel } = trial.policy
  if (!onModel) return inCall(call, () => next(messages))
  let theirs: unknown // What the model itself threw is the system's error, not one of the policy.
  const watchedNext: Next = async (given) => {
    try {
      return await next(given)
    } catch (error) {
      theirs = error
      throw error
    }
  }
  try {
    return await inCall(call, () => onModel(call, messages, watchedNext))
  } catch (error) {
    if (error !== theirs) noteFailure(trial, error)
    throw error
  }
}

function toolsOf(options: Options): readonly unknown[] {
  const tools = (options as { tools?: unknown } | undefined)?.tools
  return Array.isArray(tools) ? tools : []
}
