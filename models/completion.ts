/** What is needed of a chat completion; `tokens` is null when the server did not count them. */
export type Completion = Readonly<{
  text: string
  answeredBy: string | null
  tokens: number | null
}>

/** Reads a chat completion; null when it is none. */
export function completionOf(body: string): Completion | null {
  const root = membersOf(jsonOf(body))
  const [choice] = Array.isArray(root['choices']) ? (root['choices'] as unknown[]) : []
  const { content } = membersOf(membersOf(choice)['message'])
  if (typeof content !== 'string') return null
  const { model } = root
  return {
    text: content,
    answeredBy: typeof model === 'string' ? model.slice(0, 100) : null,
    tokens: tokensOf(membersOf(root['usage'])),
  }
}

function tokensOf(usage: Members): number | null {
  const { total_tokens: total, prompt_tokens: prompt, completion_tokens: completion } = usage
  if (isCount(total)) return total
  return isCount(prompt) && isCount(completion) ? prompt + completion : null
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0

/** Of the settings that were sent, those that an error message of a server names as the reason. */
export function refusedSettings(body: string, sent: readonly string[]): readonly string[] {
  const { param, message } = membersOf(membersOf(jsonOf(body))['error'])
  const said = `${typeof param === 'string' ? param : ''} ${typeof message === 'string' ? message : ''}`
  return sent.filter((name) => new RegExp(`\\b${name}\\b`, 'i').test(said))
}

type Members = Readonly<Record<string, unknown>>

const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
