import { ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { refuse, textTool } from '../../scenarios/text-tool.js'

const shape = { number: z.int().min(0).max(9) }
const reply = ({ number }: Readonly<{ number: number }>) =>
  number === 0 ? refuse('Zero has no half.') : { text: `Half of it is ${number / 2}.` }
const half = textTool({ name: 'half', description: 'Halve a number.', shape, reply })

const call = (args: unknown) => ({ type: 'tool_call', id: 'c1', name: 'half', args }) as never

describe('a tool that answers in words', () => {
  test.each([
    [{ number: 8 }, 'Half of it is 4.', 'success'],
    [{ number: 0 }, 'Zero has no half.', 'error'],
    [{}, 'Invalid arguments for half: number is missing.', 'error'],
  ])('says of %o what there is to say', async (args, content, status) => {
    expect(await half.invoke(args)).toBe(content)
    const message = await half.invoke(call(args))
    expect(ToolMessage.isInstance(message)).toBe(true)
    expect(message).toMatchObject({ content, status, name: 'half', tool_call_id: 'c1' })
  })

  test('turns calls away before it looks at their arguments, and is asked once for each', async () => {
    let calls = 0
    const turnAway = () => (++calls > 2 ? refuse('Enough.') : null)
    const twice = textTool({ name: 'half', description: 'Halve.', shape, reply, turnAway })
    expect(await twice.invoke({ number: 8 })).toBe('Half of it is 4.')
    expect(await twice.invoke({ number: 99 })).toContain('number must be an integer from 0 to 9')
    expect(await twice.invoke({ number: 8 })).toBe('Enough.')
    expect(await twice.invoke(call(7))).toMatchObject({ content: 'Enough.', status: 'error' })
    expect(calls).toBe(4)
  })
})
