import { inTrial, openTrial, type Policy } from '../../../engine/seams/context.js'
import { findCopies, prototypesOf } from '../../../engine/seams/copies.js'
import { install } from '../../../engine/seams/install.js'
import { isRoute, targetOf, type Write } from '../../../engine/seams/routes.js'

/** Cuts the seams in every copy that these tests can reach; returns the function that takes them off. */
export async function installEverywhere(graphs: readonly unknown[] = []): Promise<() => void> {
  return install(await prototypesOf(graphs, findCopies([import.meta.dirname])))
}

/** Runs work with the seams cut and takes them off whatever happens. */
export async function withSeams<Result>(work: () => Promise<Result>): Promise<Result> {
  const uninstall = await installEverywhere()
  try {
    return await work()
  } finally {
    uninstall()
  }
}

/** A policy that changes nothing and writes down what passes the seams. */
export function watching() {
  const seen = {
    executions: [] as string[],
    calls: [] as string[],
    routes: [] as string[],
    results: [] as string[],
    errors: [] as string[],
  }
  const policy: Policy = {
    onInput: ({ key, attempt }, input) => {
      seen.executions.push(attempt === 0 ? key : `${key}~${attempt}`)
      return input
    },
    onWrites: ({ key }, writes) => {
      seen.routes.push(...writes.filter(isRoute).map((write) => `${key}>${targetOf(write)}`))
      return writes
    },
    onResult: ({ key }, result) => {
      seen.results.push(key)
      return result
    },
    onModel: ({ key }, messages, next) => {
      seen.calls.push(key)
      return next(messages)
    },
    onError: ({ key }) => {
      seen.errors.push(key)
    },
  }
  return { seen, policy }
}

/** Runs work in a trial with a policy and gives what the trial kept as well. */
export async function tried<Result>(policy: Policy, work: () => Promise<Result>) {
  const trial = openTrial(policy)
  const result = await inTrial(trial, work)
  return { trial, result }
}

/** Changes the routes from one node to another, the first time that the sender runs. */
export const onEdge = (
  from: string,
  to: string,
  change: (write: Write) => readonly Write[],
): Policy => ({
  onWrites: ({ node, occurrence }, writes) => {
    if (node !== from || occurrence > 0) return writes
    return writes.flatMap((write) => (targetOf(write) === to ? change(write) : [write]))
  },
})
