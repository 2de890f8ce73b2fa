import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { currentExecution, type Policy } from '../../../engine/seams/context.js'
import { EchoModel, StreamingEchoModel } from '../../contracts/graph-kinds/echo-model.js'
import { type Kind, kinds } from '../../contracts/graph-kinds/kinds.js'
import { installEverywhere, tried, watching, withSeams } from './trial.js'

const sorted = (items: Iterable<string>) => [...items].sort()

/** Everything that a user can stream of a graph, without what differs between any two executions of it. */
async function streams({ build, input }: Kind, model: EchoModel): Promise<string> {
  const stream = await build(model).stream(input, {
    streamMode: ['values', 'updates', 'messages', 'debug'],
    subgraphs: true,
  })
  // Printed at the end: prebuilt agents put their name on a reply after it was streamed, so that when it is looked at matters.
  const parts: unknown[] = []
  for await (const part of stream) parts.push(part)
  return parts
    .map((part) => JSON.stringify(part))
    .join('\n')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid')
    .replace(/"(timestamp|ts)":"[^"]*"/g, '"$1":"time"')
}

const placebo: Policy = {
  onInput: (_, input) => input,
  onWrites: (_, writes) => writes,
  onResult: (_, result) => result,
  onModel: (_, messages, next) => next(messages),
}

const models = [
  {
    model: 'whole replies',
    make: (onCall?: () => void) => new EchoModel(onCall ? { onCall } : {}),
  },
  {
    model: 'native streaming',
    make: (onCall?: () => void) => new StreamingEchoModel(onCall ? { onCall } : {}),
  },
]

describe.each(models)('with a model of $model', ({ make }) => {
  describe('seen through the seams', () => {
    let uninstall = () => {}
    beforeAll(async () => {
      uninstall = await installEverywhere()
    })
    afterAll(() => uninstall())

    test.each(kinds)('$name: every execution and every call has its key', async (kind) => {
      const requests: string[] = []
      const model = make(() => requests.push(currentExecution()?.key ?? '?'))
      const { seen, policy } = watching()
      const { trial } = await tried(policy, () => kind.build(model).invoke(kind.input))
      expect(sorted(seen.executions)).toEqual(sorted(kind.expectedKeys))
      expect(seen.calls).toHaveLength(kind.expectedCalls)
      expect(new Set(seen.calls).size).toBe(kind.expectedCalls)
      // Where the request is made, the context names the same execution as at the seam.
      expect(sorted(requests)).toEqual(
        sorted(seen.calls.map((key) => key.replace(/(~\d+)?\.\d+$/, ''))),
      )
      expect(trial.failure).toBeNull()
    })
  })

  test.each(kinds)('$name: a trial that changes nothing changes no stream', async (kind) => {
    const bare = await streams(kind, make())
    expect(bare).toContain('"debug"')
    await withSeams(async () => {
      expect(await streams(kind, make())).toBe(bare)
      expect((await tried({}, () => streams(kind, make()))).result).toBe(bare)
      expect((await tried(placebo, () => streams(kind, make()))).result).toBe(bare)
    })
    expect(await streams(kind, make())).toBe(bare)
  })
})
