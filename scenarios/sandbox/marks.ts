import type { Mark } from '../../core/scenario.js'
import type { Ended, Value } from './program.js'

/** The mark of an answer that holds no program. */
export const noCode: Mark = {
  correct: false,
  result: 'no-code',
  note: 'The answer holds no js block.',
}

/** The mark of a program that did not come to its end. */
export function unfinished({ how, why }: Exclude<Ended, { how: 'returned' }>): Mark {
  return { correct: false, result: how, note: why.endsWith('.') ? why : `${why}.` }
}

/** A value in words. */
export function shown(value: Value | undefined): string {
  switch (value?.kind) {
    case 'number':
      return String(value.number)
    case 'text':
      return JSON.stringify(value.text).slice(0, 80)
    case 'boolean':
      return String(value.boolean)
    case 'json':
      return value.json.slice(0, 80)
    case 'unreadable':
      return 'something unreadable'
    case 'undefined':
    case undefined:
      return 'nothing'
    default:
      return value satisfies never
  }
}
