/** What the process says when it ends. */
export const exitCodes = {
  done: 0,
  gateFailed: 1,
  usage: 2,
  noVerdict: 3,
  budget: 4,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const

/** The exit codes in one line, for help texts. */
export const exitCodesHelp =
  'Exit codes: 0 done · 1 a gate failed · 2 wrong usage, nothing was run · 3 no verdict (undecided, or too much lost) · ' +
  '4 a limit was reached, resumable · 70 a bug of Firedrill · 130 interrupted, resumable'
