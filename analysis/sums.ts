/** The sum of numbers; 0 for none. */
export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** The sum of numbers; null when one of them is not known. */
export const sumIfKnown = (numbers: readonly (number | null)[]): number | null =>
  numbers.reduce((a, b) => (a === null || b === null ? null : a + b), 0)

/** The mean of numbers; null for none. */
export const mean = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : sum(numbers) / numbers.length
