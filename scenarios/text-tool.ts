import { ToolMessage } from '@langchain/core/messages'
import {
  DynamicStructuredTool,
  type DynamicStructuredToolInput,
  type StructuredToolCallInput,
  type StructuredToolInterface,
  type ToolReturnType,
  type ToolRunnableConfig,
} from '@langchain/core/tools'
import { z } from 'zod'
import { violation } from './violation.js'

/** What a tool says: a result, or why there is none. */
export type ToolReply = Readonly<{ text: string; refused?: true }>
type Refusal = ToolReply & { readonly refused: true }

/** The reply of a tool that cannot do what was asked: one sentence that says what would be right. */
export const refuse = (text: string): Refusal => ({ text, refused: true })

type Fields<Shape extends z.ZodRawShape> = Readonly<{
  name: string
  description: string
  shape: Shape
  reply: (args: z.infer<z.ZodObject<Shape>>) => ToolReply
  /** Turns a call away whatever its arguments are, as a limit does; asked once for each call. */
  turnAway?: () => ToolReply | null
}>

/** A tool that answers in words, arguments that do not fit included: it never throws. */
export function textTool<Shape extends z.ZodRawShape>(
  fields: Fields<Shape>,
): StructuredToolInterface {
  const { name, description, shape, reply, turnAway = () => null } = fields
  const parser = z.strictObject(shape)
  const { $schema: _, ...schema } = z.toJSONSchema(parser)
  const refusal = (args: unknown) => {
    const turnedAway = turnAway()
    if (turnedAway) return turnedAway
    const wrong = violation(parser, args)
    return wrong === null ? null : refuse(`Invalid arguments for ${name}: ${wrong}.`)
  }
  const answer = async (args: unknown, _: unknown, config?: ToolRunnableConfig) =>
    said(reply(parser.parse(args) as z.infer<typeof parser>), name, config?.toolCall?.id)
  return new TextTool({ name, description, schema, func: answer }, refusal)
}

// LangChain throws at arguments that do not fit the schema, and ToolNode puts words of its own around what was thrown.
class TextTool extends DynamicStructuredTool {
  readonly #refusal: (args: unknown) => ToolReply | null

  constructor(fields: DynamicStructuredToolInput, refusal: (args: unknown) => ToolReply | null) {
    super(fields)
    this.#refusal = refusal
  }

  override async invoke<
    Input extends StructuredToolCallInput,
    Config extends ToolRunnableConfig | undefined,
  >(input: Input, config?: Config): Promise<ToolReturnType<Input, Config, unknown>> {
    const { args, id } = calledWith(input)
    const refusal = this.#refusal(args)
    if (refusal === null) return super.invoke(input, config)
    return said(refusal, this.name, id) as ToolReturnType<Input, Config, unknown>
  }
}

// A tool is called with a model's call, as ToolNode does, or with the bare arguments.
function calledWith(input: unknown): Readonly<{ args: unknown; id?: string }> {
  const isCall = typeof input === 'object' && input !== null && 'args' in input && 'type' in input
  return isCall && input.type === 'tool_call' ? (input as { args: unknown }) : { args: input }
}

// Without a call there is no message to answer, so the words alone are the result.
function said(
  { text, refused }: ToolReply,
  name: string,
  id: string | undefined,
): string | ToolMessage {
  if (id === undefined) return text
  return new ToolMessage({
    content: text,
    name,
    tool_call_id: id,
    status: refused ? 'error' : 'success',
  })
}
