import { log } from './console.js'
import { exitCodes } from './exit-codes.js'

/** Ctrl-C once: finish what is in flight. Twice: stop now; the store is valid all the same. */
export function interruption() {
  const controller = new AbortController()
  let code: number | null = null
  const on = (signalCode: number) => () => {
    if (controller.signal.aborted) process.exit(signalCode)
    code = signalCode
    controller.abort()
    log('\nFinishing the trials in flight; press again to stop at once.')
  }
  const [int, term] = [on(exitCodes.interrupted), on(exitCodes.terminated)]
  process.on('SIGINT', int)
  process.on('SIGTERM', term)
  return {
    signal: controller.signal,
    code: () => code,
    end() {
      process.off('SIGINT', int)
      process.off('SIGTERM', term)
    },
  }
}
