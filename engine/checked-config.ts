import type { z } from 'zod'
import { closest } from '../core/closest.js'
import { FiredrillError } from '../core/errors.js'
import { type Config, configSchema } from '../core/schemas/config.js'

/** Checks the content of a configuration; throws `bad-config` with the file, the place and what to do. */
export function checkedConfig(content: unknown, name: string): Config {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new FiredrillError('bad-config', `${name} holds no configuration.`, {
      hint: /\.(json|ya?ml)$/.test(name)
        ? 'Write options with their values, for instance tasks: 20.'
        : 'Write export default defineConfig({ tasks: 20 }).',
    })
  }
  const result = configSchema.safeParse(content)
  if (!result.success) throw notUsable(result.error, name)
  const { system, systems } = result.data
  if (system === undefined || systems === undefined) return result.data
  throw new FiredrillError('bad-config', `${name}: system and systems exclude each other.`, {
    hint: 'Keep one: your own graph has its own tasks. The other can be named on the command line.',
  })
}

function notUsable({ issues }: z.ZodError, name: string): FiredrillError {
  const [issue] = issues
  if (issue?.code === 'unrecognized_keys') return unknownOption(issue.keys[0] ?? '', name)
  const option = String(issue?.path[0] ?? '')
  const described = new Map(
    Object.entries(configSchema.shape).map(([key, { description }]) => [key, description]),
  )
  const message = `${name}: ${issue?.path.join('.')}: ${issue?.message}.`
  return new FiredrillError('bad-config', message, {
    hint: `${option} is ${described.get(option) ?? 'an option'}.`,
  })
}

function unknownOption(key: string, name: string): FiredrillError {
  const known = Object.keys(configSchema.shape)
  const meant = closest(key, known)
  const question = meant ? ` Did you mean ${meant}?` : ''
  return new FiredrillError('bad-config', `${name}: there is no option "${key}".${question}`, {
    hint: `Options are: ${known.join(', ')}.`,
  })
}
