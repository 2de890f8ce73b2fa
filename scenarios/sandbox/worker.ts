import { parentPort } from 'node:worker_threads'
import { newGuest } from './guest.js'
import type { Program } from './program.js'

// The other side of pool.ts: one program comes, and how it ended goes back.
const guest = await newGuest()
parentPort?.on('message', (program: Program) => parentPort?.postMessage(guest.run(program)))
