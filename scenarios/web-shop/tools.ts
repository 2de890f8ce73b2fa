import type { StructuredToolInterface } from '@langchain/core/tools'
import { z } from 'zod'
import { refuse, textTool } from '../text-tool.js'
import type { Visit } from './shop.js'

/** How many actions one trial may take, those that are refused included. */
const maxActions = 15

/** The tools of one visit: whoever uses them turns the same pages. */
export function shopTools({
  search,
  click,
  buy,
  purchase,
}: Visit): readonly StructuredToolInterface[] {
  let actions = 0
  const turnAway = () => {
    actions += 1
    if (actions > maxActions) return refuse(`The limit of ${maxActions} tool calls is reached.`)
    if (purchase() === null) return null
    return refuse('The purchase is complete. No further action is possible.')
  }
  return [
    textTool({
      name: 'search',
      description: 'Search the shop for products; possible on every page.',
      shape: {
        query: z.string().min(1).max(200).describe('words of the title to search for'),
      },
      turnAway,
      reply: ({ query }) => search(query),
    }),
    textTool({
      name: 'click',
      description:
        'Click a button of the page: a product, a value of an option, or what else stands in brackets.',
      shape: {
        target: z.string().min(1).describe('the button, as it is shown in brackets'),
      },
      turnAway,
      reply: ({ target }) => click(target),
    }),
    textTool({
      name: 'buy',
      description: 'Buy the product whose page is open, with the chosen options.',
      shape: {},
      turnAway,
      reply: () => buy(),
    }),
  ]
}
