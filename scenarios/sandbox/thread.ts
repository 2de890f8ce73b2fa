import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

/** A new worker thread that runs programs, with nothing of this process's environment. */
export function newThread(): Worker {
  const isSource = import.meta.url.endsWith('.ts')
  const file = fileURLToPath(new URL(isSource ? 'worker.ts' : 'worker.js', import.meta.url))
  // What the interpreter prints when it gives up is not for people who look at a run.
  const bare = { env: {}, execArgv: [], stdout: true, stderr: true }
  return isSource ? new Worker(fromSource(file), { ...bare, eval: true }) : new Worker(file, bare)
}

// Threads know nothing of what compiles the sources in this process, be it tsx or vitest, so they bring their own.
function fromSource(file: string): string {
  const jiti = createRequire(import.meta.url).resolve('jiti')
  const [loader, path] = [jiti, file].map((one) => JSON.stringify(one))
  return `require(${loader}).createJiti(${path}).import(${path})`
}
