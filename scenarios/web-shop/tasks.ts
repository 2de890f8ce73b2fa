import type { Task } from '../../core/scenario.js'
import { drawnTask } from '../drawn-task.js'
import { orderOf } from './orders.js'
import { goals, notes } from './sentences.js'

/** The first `count` tasks. */
export function tasks({ count, seed }: Readonly<{ count: number; seed: number }>): readonly Task[] {
  return Array.from({ length: count }, (_, index) => {
    const origin = { seed, task: index + 1 }
    return drawnTask({
      ...{ scenario: 'web-shop', origin, opening: 'Buy one product.' },
      ...{ goals: goals(orderOf(origin).goal), notes },
    })
  })
}
