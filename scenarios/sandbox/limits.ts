/**
 * How far a program may go. Steps are counted and not timed, so that a program that is right is right on a slow machine
 * too; the clock is the outer wall, for what runs where no step is counted.
 */
export const limits = {
  /** Loops and calls of one program, loading included, in tens of thousands. */
  steps: 3_000,
  /** What a program may allocate. */
  memoryBytes: 64 * 2 ** 20,
  /** How deep it may call. */
  stackBytes: 256 * 2 ** 10,
  /** All of WebAssembly's memory, in pages of 64 KiB: 128 MiB. */
  pages: { initial: 256, maximum: 2048 },
  /** Characters of one value that a call returns. */
  characters: 2 ** 20,
  /** After this a worker thread that does not answer is ended. */
  wallMilliseconds: 10_000,
  /** After this many programs a worker thread is replaced. */
  programs: 500,
} as const
