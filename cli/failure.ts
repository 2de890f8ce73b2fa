import chalk from 'chalk'
import { closest } from '../core/closest.js'
import { type ErrorCode, FiredrillError, messageOf, nameOf } from '../core/errors.js'
import { log, printJson } from './console.js'
import { exitCodes } from './exit-codes.js'
import { optionNames } from './options.js'

/** Says what went wrong and what to do now; only a bug of ours shows a stack. */
export function failed(error: unknown, args: readonly string[]): number {
  const { code, hint } = failureOf(error)
  if (args.includes('--json')) printJson({ error: { code, message: messageOf(error), hint } })
  const isBug = code === 'internal'
  if (isBug && error instanceof Error) log(error.stack ?? error.message)
  else log(`${chalk.red('error:')} ${messageOf(error)}`)
  log(chalk.dim(hint))
  return isBug ? exitCodes.bug : exitCodes.usage
}

function failureOf(error: unknown): Readonly<{ code: ErrorCode; hint: string }> {
  if (error instanceof FiredrillError) return error
  if (nameOf(error) === 'YError') return { code: 'bad-argument', hint: 'See firedrill --help.' }
  return {
    code: 'internal',
    hint: 'This is a bug of Firedrill. Please report it with the text above.',
  }
}

/** The error for a command line that yargs does not understand, in words that say what to type instead. */
export function misunderstood(message: string, args: readonly string[]): FiredrillError {
  const help = 'See firedrill --help.'
  const command = /^Did you mean (\S+)\?$/.exec(message)?.[1]
  if (command) {
    const given = args.find((word) => !word.startsWith('-')) ?? ''
    const text = `There is no command "${given}". Did you mean ${command}?`
    return new FiredrillError('bad-argument', text, { hint: help })
  }
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1]?.split(', ')[0]
  if (unknown && unknown === args.find((word) => !word.startsWith('-'))) {
    return new FiredrillError('bad-argument', `There is no command "${unknown}".`, { hint: help })
  }
  const meant = unknown ? closest(unknown, optionNames()) : null
  const hint = meant ? `Did you mean --${meant}? ${help}` : help
  return new FiredrillError('bad-argument', `${message}.`.replace(/\.\.$/, '.'), { hint })
}
