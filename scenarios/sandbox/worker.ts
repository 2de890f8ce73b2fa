import { parentPort } from 'node:worker_threads'
import { newGuest } from './guest.js'
import type { Program } from './program.js'

// The other side of pool.ts: one program comes, and how it ended goes back.

// The interpreter asks this thread for the local time zone, and the machine shall not decide a mark.
Date.prototype.getTimezoneOffset = () => 0

const guest = await newGuest()
parentPort?.on('message', (program: Program) => parentPort?.postMessage(guest.run(program)))
