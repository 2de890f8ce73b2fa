/** How many items are worked on at the same time, and when no other is begun. */
export type Workers = Readonly<{ concurrency: number; signal: AbortSignal }>

/** Does work for each item, in their order, so many at a time; what is begun is finished, whatever fails. */
export async function forEach<Item>(
  items: readonly Item[],
  { concurrency, signal }: Workers,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0
  let failure: { error: unknown } | null = null
  const worker = async () => {
    while (next < items.length && !signal.aborted && !failure) {
      const item = items[next++] as Item
      try {
        await work(item)
      } catch (error) {
        failure ??= { error } // The others finish what they have begun, so that nothing is lost.
      }
      await new Promise((resume) => setImmediate(resume)) // Signals and timers get their turn.
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker))
  if (failure) throw (failure as { error: unknown }).error
}
