import type { Wish } from '../tool-choice.js'
import type { Step } from './steps.js'

/** The wish that a step comes to; null when it is no step for a tool, or its value is lost. */
export function wishFor({ op, fact, target = '' }: Step): Wish | null {
  if (op === 'search' && fact?.value) {
    return {
      sentence: 'Search the shop for products.',
      values: [{ part: 'query', value: fact.value }],
    }
  }
  if (op === 'click' && target !== '') {
    return { sentence: 'Click a button of the page.', values: [{ part: 'target', value: target }] }
  }
  return op === 'buy' ? { sentence: 'Buy the product.', values: [] } : null
}
