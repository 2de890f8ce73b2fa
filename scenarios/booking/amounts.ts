/**
 * A number with its noun, in the plural unless it is one.
 *
 * @example
 * 2, 'night'  ->  '2 nights'
 */
export const counted = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`
