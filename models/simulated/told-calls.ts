import type { PlacedCall } from './own-turns.js'
import type { Seen } from './window.js'

// As systems tell an agent what a colleague did with a tool, and what came of it.
const toldCall = /^I call ([\w-]+) with (\{.*\})\.$/m
const observation = /^From: environment\n([\s\S]*)$/

/** The calls that a colleague made with tools, told in words, as far as their results were told too. */
export function toldCalls(seen: readonly Seen[]): readonly PlacedCall[] {
  return seen.flatMap(({ text, message }, at): readonly PlacedCall[] => {
    const [, name, args = ''] = toldCall.exec(text) ?? []
    const result = observation.exec(seen[at + 1]?.text ?? '')?.[1]
    const parsed = asArguments(args)
    if (name === undefined || result === undefined || parsed === null) return []
    return [{ call: { id: message.id ?? `told-${at}`, name, args: parsed }, result, at }]
  })
}

function asArguments(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null // Words in the form of a call that are none.
  }
}
