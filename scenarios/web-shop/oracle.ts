import type { Environment, Mark, Task } from '../../core/scenario.js'
import { originOf } from '../drawn-task.js'
import { purchaseIn } from './environment.js'
import { type Goal, matchOf, type Purchase, rewardOf } from './goal.js'
import { orderOf } from './orders.js'
import { priceText } from './products.js'

/** Marks what was bought in the end. Right is only what meets every demand; the answer says nothing. */
export async function oracle(task: Task, _: string, environment?: Environment): Promise<Mark> {
  const { goal, right } = orderOf(originOf(task))
  const purchase = purchaseIn(environment)
  if (!purchase) {
    return { correct: false, result: 'nothing-bought', reward: 0, note: `Right is ${right.id}.` }
  }
  const reward = rewardOf(goal, purchase)
  const { result, why } = judged(goal, purchase)
  const note = `Bought ${purchase.product.id}: ${why}. Right is ${right.id}.`
  return { correct: reward === 1, result, reward, note }
}

/** The first demand that is not met, from what the product is to what was chosen of it. */
function judged(goal: Goal, purchase: Purchase): Readonly<{ result: string; why: string }> {
  const { isOfCategory, missing, unmet, isWithinLimit } = matchOf(goal, purchase)
  const { product } = purchase
  if (!isOfCategory) return { result: 'wrong-product', why: `a ${product.category}` }
  if (missing.length > 0) {
    return { result: 'wrong-product', why: `not ${missing.join(' and not ')}` }
  }
  if (!isWithinLimit) {
    return { result: 'too-expensive', why: `${priceText(product.cents)} is too much` }
  }
  if (unmet.length > 0) {
    const wanted = unmet.map(({ name, value }) => `${name} ${value}`)
    return { result: 'wrong-options', why: `without ${wanted.join(' and without ')}` }
  }
  return { result: 'right', why: 'it meets every demand' }
}
