/** A program that somebody else wrote, and the expressions to evaluate one after the other when it is loaded. */
export type Program = Readonly<{ code: string; calls: readonly string[] }>

/** What an expression came to. Objects come as JSON: text is data, whoever wrote it. */
export type Value = Readonly<
  | { kind: 'number'; number: number }
  | { kind: 'text'; text: string }
  | { kind: 'boolean'; boolean: boolean }
  | { kind: 'json'; json: string }
  | { kind: 'undefined' }
  /** A function, something cyclic, or a value of more characters than are read. */
  | { kind: 'unreadable' }
>

/** How a program ended: with a value for each call, or at the first thing that went wrong. */
export type Ended = Readonly<
  | { how: 'returned'; values: readonly Value[] }
  | { how: 'exception' | 'timeout' | 'memory'; why: string }
>
