/** Every reason for which Firedrill refuses to go on; a closed list, so that callers can switch over it. */
export type ErrorCode =
  | 'bad-argument'
  | 'bad-config'
  | 'bad-gate'
  | 'bad-system'
  | 'bad-tasks'
  | 'bad-trial-id'
  | 'incompatible-langgraph'
  | 'internal'
  | 'not-comparable'
  | 'plan-changed'
  | 'run-not-found'
  | 'unknown-name'
  | 'unsupported'
  | 'unwritable'

/**
 * The one error that Firedrill throws on purpose: what happened with the value that was wrong, and what to do now.
 * It is thrown before anything runs; what goes wrong inside a trial is an outcome, not an error.
 */
export class FiredrillError extends Error {
  override readonly name = 'FiredrillError'
  readonly code: ErrorCode
  readonly hint: string

  constructor(
    code: ErrorCode,
    message: string,
    options: Readonly<{ hint: string; cause?: unknown }>,
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.hint = options.hint
  }
}

/** The message of anything that was thrown, errors or not; never throws itself. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    return String((thrown as { message: unknown }).message)
  }
  return String(thrown)
}

/** The name of a thrown error; errors of LangGraph are recognised by it, since its classes may exist twice. */
export function nameOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown
    ? String((thrown as { name: unknown }).name)
    : ''
}
