import type { BaseMessage } from '@langchain/core/messages'
import { canonicalJson } from './canonical-json.js'
import { textOf, toolCallsOf, withText } from './messages.js'
import type { ToolFacts } from './site.js'
import { blocks } from './text/fences.js'
import { parseJson } from './text/json.js'
import { type CallChange, withCall } from './tool-calls.js'

/** A call that a message makes: as a tool call, or as text in a form that a parser of the system reads. */
export type HeldCall<Message> = Readonly<{
  name: string
  args: Readonly<Record<string, unknown>>
  /** What is known of the tool; null when it is not among those on offer. */
  tool: ToolFacts | null
  /** Position among the tool calls; null for a call in the text. */
  index: number | null
  /** The message with something else in its place. */
  with: (change: CallChange) => Message
}>

/** The calls of a message: its tool calls; without any, the calls of known tools that its text holds. */
export function heldCalls<Message extends BaseMessage>(
  message: Message,
  tools: readonly ToolFacts[],
): readonly HeldCall<Message>[] {
  const toolOf = (name: string) => tools.find((tool) => tool.name === name) ?? null
  const calls = toolCallsOf(message)
  if (calls.length === 0) return callsInText(message, tools)
  return calls.map(({ name, args }, index) => ({
    ...{ name, args: args ?? {}, tool: toolOf(name), index },
    with: (change) => withCall(message, index, change),
  }))
}

/** The position of the call that differs between two forms of a message; null when none does. */
export function changedCall(before: BaseMessage, after: BaseMessage): number | null {
  const key = ({ name, args }: Readonly<{ name: string; args: unknown }>) =>
    canonicalJson([name, args])
  const left = new Set(toolCallsOf(after).map((call) => `${call.id ?? ''} ${key(call)}`))
  const at = toolCallsOf(before).findIndex((call) => !left.has(`${call.id ?? ''} ${key(call)}`))
  return at < 0 ? null : at
}

const nameKeys = ['name', 'tool', 'action', 'function'] as const
const argsKeys = ['args', 'arguments', 'parameters', 'input', 'action_input'] as const

function callsInText<Message extends BaseMessage>(
  message: Message,
  tools: readonly ToolFacts[],
): readonly HeldCall<Message>[] {
  const text = textOf(message)
  const replaced = (start: number, end: number, by: string) =>
    withText(message, text.slice(0, start) + by + text.slice(end))
  return [...jsonCalls(text), ...bracketCalls(text, tools)].flatMap((found) => {
    const tool = tools.find(({ name }) => name === found.name)
    if (!tool) return []
    const { name, args, start, end, write } = found
    return [{ ...{ name, args, tool, index: null }, with: (c) => replaced(start, end, write(c)) }]
  })
}

type Found = Readonly<{
  name: string
  args: Readonly<Record<string, unknown>>
  start: number
  end: number
  write: (change: CallChange) => string
}>

/** Calls as JSON: a whole text, the content of a fenced block, or a line. */
function jsonCalls(text: string): readonly Found[] {
  return jsonSpans(text).flatMap(({ start, body }) => {
    const value = parseJson(body)
    if (!isRecord(value)) return []
    const nameKey = nameKeys.find((key) => typeof value[key] === 'string')
    const argsKey = argsKeys.find((key) => isRecord(value[key]))
    if (!nameKey || !argsKey) return []
    const args = value[argsKey] as Readonly<Record<string, unknown>>
    const indent = /\n([ \t]+)/.exec(body)?.[1]
    const print = (name: string, given: unknown) =>
      JSON.stringify({ ...value, [nameKey]: name, [argsKey]: given }, null, indent)
    const write = (change: CallChange) => {
      if ('args' in change) return print(change.name, change.args)
      const [before = '', after = ''] = print(change.name, spot).split(JSON.stringify(spot))
      return `${before}${change.broken}${after}`
    }
    return [{ name: String(value[nameKey]), args, start, end: start + body.length, write }]
  })
}

/** Stands for arguments until text that is no JSON is put there. */
const spot = '\u0000arguments\u0000'

function jsonSpans(text: string): readonly Readonly<{ start: number; body: string }>[] {
  const bodyAt = (start: number, end: number) => {
    const body = text.slice(start, end)
    return { start: start + body.length - body.trimStart().length, body: body.trim() }
  }
  if (parseJson(text)) return [bodyAt(0, text.length)]
  return blocks(text).flatMap((block) => {
    const [first, last] = [block.lines[0], block.lines.at(-1)]
    if (!first || !last) return []
    if (block.kind === 'fence') return [bodyAt(first.start, last.end)]
    return block.lines.map((line) => bodyAt(line.start, line.end))
  })
}

/** Calls as `name[text]` or `name(text)`, as page-based environments have them. */
function bracketCalls(text: string, tools: readonly ToolFacts[]): readonly Found[] {
  return tools.flatMap(({ name }) => {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const form = new RegExp(
      `(?<![\\w.])${escaped}(?:\\[([^\\]\\n]{1,300})\\]|\\(([^()\\n]{1,300})\\))`,
      'g',
    )
    return [...text.matchAll(form)].map((match): Found => {
      const isSquare = match[1] !== undefined
      const [open, close] = isSquare ? ['[', ']'] : ['(', ')']
      const input = match[1] ?? match[2] ?? ''
      const write = (change: CallChange) =>
        'broken' in change
          ? `${change.name}${open}${input}`
          : `${change.name}${open}${String(change.args['input'] ?? input)}${close}`
      const [start, end] = [match.index, match.index + match[0].length]
      return { name, args: { input }, start, end, write }
    })
  })
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
