import { AIMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { swarm } from '../../../systems/swarm/index.js'
import { calling, deliverable, diligent, handing, ScriptedModel } from '../scripted-model.js'
import { asked, contextOf, played, task } from '../setting.js'

describe('a hand-over', () => {
  test('makes what was said and the reason the words of whoever hands over', async () => {
    const { texts, ids } = await played(swarm)
    expect(texts).toEqual([
      asked.text,
      'Handed over to builder.\nPlease go on.',
      deliverable('46'),
      'Handed over to checker.\nPlease go on.',
      'APPROVE\nConclusion: step 2.',
    ])
    expect(ids).toEqual(['task', 'triage#1+', 'builder#1', 'builder#1+', 'checker#1'])
  })

  test('gives the next one the task and all words, without them the reason alone', async () => {
    const checkers = async (...without: readonly string[]) => {
      const { prompts } = await played(swarm, { without })
      return prompts.find((prompt) => prompt.includes('You are the checker.')) ?? ''
    }
    expect(await checkers()).toContain(asked.text)
    expect(await checkers()).toContain('From: builder\n```ops')
    expect(await checkers('full-history')).not.toContain(asked.text)
    expect(await checkers('full-history')).toContain('From: builder\nHanded over to checker.')
  })

  test('to somebody who is not there goes back to the agent', async () => {
    const { callers, answer } = await played(swarm, {
      script: (call) =>
        call.agent === 'triage' && call.results.length === 0
          ? calling('transfer_to_porter', { reason: 'Somebody has to.' })
          : diligent(call),
    })
    expect(callers.slice(0, 3)).toEqual(['triage', 'triage', 'builder'])
    expect(answer).toBe('46')
  })

  test('that nobody can read is asked for once more, then the work ends', async () => {
    const broken = new AIMessage({
      content: '',
      invalid_tool_calls: [
        { id: 'one', name: 'transfer_to_builder', args: '{reason:', type: 'invalid_tool_call' },
      ],
    })
    const script = (times: number) =>
      played(swarm, {
        script: (call) =>
          call.agent === 'triage' && call.earlier < times ? broken : diligent(call),
      })
    expect(await script(1)).toMatchObject({ answer: '46' })
    const { callers, answer } = await script(2)
    expect(callers).toEqual(['triage', 'triage'])
    expect(answer).toBeNull()
  })

  test('is refused when two have had the work twice, and the work then ends with the last word', async () => {
    const { callers, answer } = await played(swarm, {
      script: (call) => {
        if (call.agent === 'checker') return handing('builder', 'REJECT\n- No.')
        if (call.results.some((result) => result.includes('yourself'))) return deliverable('7')
        return diligent(call)
      },
    })
    expect(callers.filter((caller) => caller === 'checker')).toHaveLength(2)
    expect(answer).toBe('7')
  })

  test('is the last one at the limit, and the best answer so far stands', async () => {
    const ring: Readonly<Record<string, string>> = { triage: 'builder', builder: 'checker' }
    const { callers, answer } = await played(swarm, {
      script: ({ agent }) => handing(ring[agent] ?? 'triage', deliverable('46')),
    })
    expect(callers).toHaveLength(9)
    expect(answer).toBe('46')
  })
})

test('there is no checker where nothing can be undone', async () => {
  const model = new ScriptedModel(({ agent, results }) => {
    if (agent === 'triage') return handing('builder')
    return results.length === 0 ? calling('total', { column: 'Gold' }) : deliverable('46')
  })
  const graph = await swarm.build({ ...contextOf(model), effects: 'final' })
  expect(Object.keys(graph.nodes)).not.toContain('checker')
  expect(swarm.answer?.(await graph.invoke(swarm.input?.(task)))).toBe('46')
})
