import { setupServer } from 'msw/node'
import { afterAll, beforeAll } from 'vitest'

/** Keeps tests from the network: a request to anywhere but this machine is an error. */
export const guard = setupServer()
beforeAll(() =>
  guard.listen({
    onUnhandledRequest: ({ method, url }) => {
      if (new URL(url).hostname === '127.0.0.1') return
      throw new Error(`A test asked the network: ${method} ${url}`)
    },
  }),
)
afterAll(() => guard.close())
