import chalk from 'chalk'
import { type ErrorCode, FiredrillError, messageOf, nameOf } from '../core/errors.js'
import { log, printJson } from './console.js'
import { exitCodes } from './exit-codes.js'

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
