import type { Worker } from 'node:worker_threads'
import { FiredrillError } from '../../core/errors.js'
import type { Run } from './guest.js'
import { limits } from './limits.js'
import type { Ended, Program } from './program.js'
import { newThread } from './thread.js'

// One thread for the process: each has an interpreter of up to 128 MiB, and a program takes milliseconds.
let thread: Worker | null = null
let programs = 0
let last: Promise<unknown> = Promise.resolve()

/**
 * Runs a program that nobody trusts, after those that came before it; for as long as `wall` in milliseconds at most.
 * Throws only when the sandbox itself fails twice.
 */
export function run(program: Program, wall: number = limits.wallMilliseconds): Promise<Ended> {
  const ended = last.then(() => tried(program, wall))
  last = ended.catch(() => undefined)
  return ended
}

async function tried(program: Program, wall: number): Promise<Ended> {
  const ended = (await inThread(program, wall)) ?? (await inThread(program, wall))
  if (ended) return ended
  throw new FiredrillError('internal', 'The sandbox for programs failed twice.', {
    hint: 'Run firedrill doctor.',
  })
}

/** How a program ended in the thread, null when the thread ended first and nobody knows why. */
async function inThread(program: Program, wall: number): Promise<Ended | null> {
  const worker = thread ?? newThread()
  thread = worker
  // Without a program the thread keeps nobody waiting; with one, its answer is waited for.
  worker.ref()
  const run = await answered(worker, program, wall)
  worker.unref()
  programs++
  if (run?.isSound && programs < limits.programs) return run.ended
  thread = null
  programs = 0
  await worker.terminate()
  return run?.ended ?? null
}

const tooLong: Run = {
  ended: { how: 'timeout', why: 'The program took too long.' },
  isSound: false,
}

function answered(worker: Worker, program: Program, wall: number): Promise<Run | null> {
  return new Promise((resolve) => {
    const settle = (run: Run | null) => {
      clearTimeout(timer)
      worker.off('message', settle).off('error', lost).off('exit', lost)
      resolve(run)
    }
    const lost = () => settle(null)
    const timer = setTimeout(() => settle(tooLong), wall)
    worker.on('message', settle).on('error', lost).on('exit', lost)
    worker.postMessage(program)
  })
}
