import { setupServer } from 'msw/node'
import { afterAll, beforeAll } from 'vitest'

// No test reaches the network: a request that nobody expects is an error.
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())
