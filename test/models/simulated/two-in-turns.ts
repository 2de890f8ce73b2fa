import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { type ToolCall, textOf, toolCallsOf } from '../../../core/messages.js'
import type { Model } from '../../../core/model.js'
import { oneCall } from './one-call.js'

/** How two go through a work in turns: what they are told, and what runs the calls of the one who acts. */
export type Talk = Readonly<{
  model: Model
  seed: number
  instruct: string
  act: string
  tools: readonly unknown[]
  run: (call: ToolCall, turn: number) => string
  /** What becomes of an instruction or a call on its way; turns count from 1. */
  told?: (instruction: string, turn: number) => string
  called?: (call: ToolCall, turn: number) => ToolCall
}>

/** What was said: the instructions as they arrived, and the last word of the one who acts. */
type Said = Readonly<{ instructions: readonly string[]; answer: string; isDone: boolean }>

/** Lets two agents take turns until the one who instructs says that the work is done, 15 times at most. */
export async function talk(setting: Talk, task: string): Promise<Said> {
  const { instruct, act, tools, run, told = (text) => text, called = (call) => call } = setting
  const user: BaseMessage[] = [new HumanMessage(task)]
  const assistant: BaseMessage[] = []
  const instructions: string[] = []
  let answer = ''
  for (let turn = 1; turn <= 15; turn++) {
    const said = await oneCall(setting, { id: 'user', system: instruct }, user)
    if (textOf(said) === 'TASK_DONE') return { instructions, answer, isDone: true }
    const instruction = told(textOf(said), turn)
    instructions.push(instruction)
    user.push(new AIMessage(instruction))
    assistant.push(new HumanMessage(`From: user\n${instruction}`))
    const reply = await oneCall(setting, { id: 'assistant', system: act, tools }, assistant)
    const [wanted] = toolCallsOf(reply)
    if (!wanted) {
      answer = textOf(reply)
      assistant.push(new AIMessage(answer))
      user.push(new HumanMessage(`From: assistant\n${answer}`))
      continue
    }
    const call = { ...called(wanted, turn), id: `call-${turn}` }
    const result = run(call, turn)
    assistant.push(new AIMessage({ content: '', tool_calls: [call as never] }))
    assistant.push(new ToolMessage({ content: result, tool_call_id: call.id }))
    const words = `I call ${call.name} with ${JSON.stringify(call.args)}.`
    user.push(new HumanMessage(`From: assistant\n${words}`))
    user.push(new HumanMessage(`From: environment\n${result}`))
  }
  return { instructions, answer, isDone: false }
}
