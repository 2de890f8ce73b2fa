import { AIMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { supervisor } from '../../../systems/supervisor/index.js'
import { knownAgent, named, ordersTo } from '../../../systems/supervisor/orders.js'
import { deliverable, diligent, ScriptedModel } from '../scripted-model.js'
import { asked, contextOf, played } from '../setting.js'

const order = (content: string, turn = 1) =>
  new AIMessage({ id: `supervisor#${turn}`, name: 'supervisor', content })

describe('an order', () => {
  test.each([
    ['Plan it.\nNEXT: planner', 'planner'],
    ['**NEXT: builder**', 'builder'],
    ['NEXT: planner\nOr rather:\nNEXT: builder', 'builder'],
    ['Whoever is NEXT: planner', null],
    ['It is done.', null],
  ])('%j sends %s', (text, expected) => {
    expect(named(order(text))).toBe(expected)
  })

  test('has to name somebody who is there, or the end', () => {
    const { isMet, reminder } = knownAgent([{ name: 'planner', job: 'plan' }])
    expect(isMet(order('NEXT: planner'))).toBe(true)
    expect(isMet(order('NEXT: finish'))).toBe(true)
    expect(isMet(order('NEXT: porter'))).toBe(false)
    expect(reminder).toContain('planner or finish')
  })

  test('reaches whoever it names, the newest one whoever is woken', () => {
    const [first, second] = [order('NEXT: planner'), order('NEXT: builder', 2)]
    const plan = new AIMessage({ id: 'planner#1', name: 'planner', content: 'Add up.' })
    expect(ordersTo('builder').view?.([asked, first, plan, second])).toEqual([second])
    expect(ordersTo('planner').view?.([first, plan, second])).toEqual([first, plan, second])
  })
})

describe('a supervisor', () => {
  test('that twice names nobody who is there has ended the work', async () => {
    const { callers, answer } = await played(supervisor, {
      script: (call) => (call.agent === 'supervisor' ? 'NEXT: porter' : diligent(call)),
    })
    expect(callers).toEqual(['supervisor', 'supervisor'])
    expect(answer).toBeNull()
  })

  test('ends at the limit with the newest work', async () => {
    const { answer } = await played(supervisor, {
      script: (call) => {
        if (call.agent === 'checker') return 'REJECT\n- No.'
        return call.agent === 'builder' ? deliverable(String(call.earlier)) : diligent(call)
      },
    })
    expect(Number(answer)).toBeGreaterThan(1)
  })

  test('tells its colleagues nothing that it does not write itself', async () => {
    const { prompts } = await played(supervisor)
    const builder = prompts.find((prompt) => prompt.includes('You are the builder.'))
    expect(builder).toContain('From: supervisor')
    expect(builder).not.toContain('From: planner')
    expect(builder).not.toContain(asked.text)
  })

  test('has no checker where nothing can be undone', async () => {
    const model = new ScriptedModel(diligent)
    const graph = await supervisor.build({ ...contextOf(model), effects: 'final' })
    expect(Object.keys(graph.nodes)).not.toContain('checker')
    const first = (await graph.invoke(supervisor.input?.({ ...task, text: 'Buy it.' }))) as object
    expect(supervisor.answer?.(first)).toBe('46')
    expect(model.calls[0]?.prompt).toContain('planner (plan), builder (produce).')
  })
})

const task = { id: 't1', protect: [], facts: [] }
