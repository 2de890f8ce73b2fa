/** What a client that is nobody's library makes of a reply: the text, the calls with the text of their arguments, why it ended. */
export type Heard = Readonly<{
  text: string
  calls: readonly Readonly<{ name: string; args: string }>[]
  stop: string
}>

// biome-ignore lint/suspicious/noExplicitAny: a test reads replies as a careless client does
type Loose = any

const dataIn = (stream: string): readonly Loose[] =>
  stream
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)))

/** Reads a reply of a provider that speaks as OpenAI does. */
export function heardFromOpenai(reply: string): Heard {
  if (reply.startsWith('{')) {
    const [{ message, finish_reason }] = JSON.parse(reply).choices
    const calls = (message.tool_calls ?? []).map(({ function: called }: Loose) => ({
      name: called.name,
      args: called.arguments,
    }))
    return { text: message.content ?? '', calls, stop: finish_reason }
  }
  const heard: Loose = { text: '', calls: [], stop: '' }
  for (const { choices } of dataIn(reply)) {
    for (const { delta, finish_reason } of choices) {
      heard.text += delta.content ?? ''
      heard.stop = finish_reason ?? heard.stop
      for (const { index, function: called } of delta.tool_calls ?? []) {
        heard.calls[index] ??= { name: '', args: '' }
        heard.calls[index].name += called.name ?? ''
        heard.calls[index].args += called.arguments ?? ''
      }
    }
  }
  return heard
}

/** Reads a reply of a provider that speaks as Anthropic does. */
export function heardFromAnthropic(reply: string): Heard {
  const argsOf = (input: unknown) => (typeof input === 'string' ? input : JSON.stringify(input))
  if (reply.startsWith('{')) {
    const { content, stop_reason } = JSON.parse(reply)
    const calls = content.filter(({ type }: Loose) => type === 'tool_use')
    return {
      text: content.map(({ text = '' }: Loose) => text).join(''),
      calls: calls.map(({ name, input }: Loose) => ({ name, args: argsOf(input) })),
      stop: stop_reason,
    }
  }
  const blocks: Loose[] = []
  let stop = ''
  for (const event of dataIn(reply)) {
    if (event.type === 'content_block_start')
      blocks[event.index] = { ...event.content_block, args: '' }
    if (event.type === 'content_block_delta') {
      blocks[event.index].text += event.delta.text ?? ''
      blocks[event.index].args += event.delta.partial_json ?? ''
    }
    stop = event.delta?.stop_reason ?? stop
  }
  return {
    text: blocks.map(({ type, text }) => (type === 'text' ? text : '')).join(''),
    calls: blocks.flatMap(({ type, name, args }) => (type === 'tool_use' ? [{ name, args }] : [])),
    stop,
  }
}
