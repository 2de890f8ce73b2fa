import type { Environment, Task } from '../../core/scenario.js'
import { originOf } from '../drawn-task.js'
import type { Purchase } from './goal.js'
import { productsOf } from './orders.js'
import { enterShop } from './shop.js'
import { shopTools } from './tools.js'

/** The tools of one trial, and what was bought with them, which only the oracle reads. */
export type ShopEnvironment = Environment & Readonly<{ purchase: () => Purchase | null }>

/** A visit of its own for one trial of a task. */
export function environment(task: Task): ShopEnvironment {
  const visit = enterShop(productsOf(originOf(task)))
  return { tools: shopTools(visit), purchase: visit.purchase }
}

/** What was bought in an environment; null when nothing was, or nobody had one. */
export function purchaseIn(given: Environment | undefined): Purchase | null {
  return given && isOurs(given) ? given.purchase() : null
}

const isOurs = (given: Environment): given is ShopEnvironment => 'purchase' in given
