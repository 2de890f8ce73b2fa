import { defineConfig } from 'vitest/config'

const commands = ['test/e2e/**/*.test.ts']

export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One worker for each processor: by default one stays free, which on two of them doubles the time.
    maxWorkers: '100%',
    // Files share what they import. To import LangGraph and to warm up its code anew for each file takes longer than most
    // tests; a test that changes something of the process puts it back.
    isolate: false,
    // Projects run in the order of their names: the long files come first, so that no worker waits for one at the end.
    projects: [
      {
        extends: true,
        test: { name: 'commands', include: commands, globalSetup: ['test/e2e/built.ts'] },
      },
      { extends: true, test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: commands } },
    ],
  },
})
