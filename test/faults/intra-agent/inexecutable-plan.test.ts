import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { textOf, toolCallsOf } from '../../../core/messages.js'
import type { SiteFacts } from '../../../core/site.js'
import { inexecutablePlan } from '../../../faults/intra-agent/inexecutable-plan.js'
import { siteWith } from '../site.js'

const plan = '1. Find the ferries.\n2. Compare the prices.\n3. Book one.'
const seeds = Array.from({ length: 40 }, (_, n) => n + 1)

function told(
  message: AIMessage | ToolMessage,
  facts: Partial<SiteFacts> = {},
  parameters: Readonly<Record<string, number>> = {},
): string | null {
  const after = inexecutablePlan.inject(message, siteWith(facts, parameters))
  return after && textOf(after)
}

const clause =
  /, (?:using the tool \w+|based on the result of step [456]|once the \w+ has approved it|after step \d is done)(?=\.$)/

describe('inexecutable-plan', () => {
  test('makes one step impossible, or two that wait for each other, and keeps the rest', () => {
    for (const seed of seeds) {
      const lines = told(new AIMessage(plan), {}, { seed })?.split('\n') ?? []
      expect(lines.map((line) => line.replace(clause, '')).join('\n')).toBe(plan)
      const hit = lines.filter((line) => clause.test(line))
      expect(hit).toHaveLength(hit[0]?.includes('after step') ? 2 : 1)
    }
  })

  test('makes as many steps impossible as it is told to', () => {
    for (const seed of seeds) {
      const lines = told(new AIMessage(plan), {}, { steps: 3, seed })?.split('\n') ?? []
      expect(lines.filter((line) => clause.test(line))).toHaveLength(3)
    }
  })

  test('needs no tool and no agent that there is', () => {
    const endings = ['indexed', 'strict', 'batch', 'v2']
    const facts = {
      tools: endings.map((end) => ({ name: `find_${end}`, description: '', schema: {} })),
      peers: [{ id: 'auditor', role: 'You are the archivist.' }],
      taskText: 'The coordinator and the translator wait.',
    }
    for (const seed of seeds) {
      const text = told(new AIMessage('1. Find it.\n2. Find all.'), facts, { seed }) ?? ''
      const [tool = ''] = /(?<=the tool )\w+/.exec(text) ?? []
      expect(facts.tools.map(({ name }) => name)).not.toContain(tool)
      expect(text).not.toMatch(/once the (?!scheduler)/)
    }
  })

  test('keeps a plan in JSON parseable, and the text around a plan', () => {
    for (const seed of seeds) {
      const json = told(new AIMessage('["Find it", "Sort it"]'), {}, { seed })
      expect(JSON.parse(json ?? '')).toHaveLength(2)
      const fenced = told(
        new AIMessage(`My plan:\n\n\`\`\`ops\n${plan}\n\`\`\`\nGo.`),
        {},
        { seed },
      )
      expect(fenced).toMatch(/^My plan:\n\n```ops\n1\. [^`]+\n```\nGo\.$/)
    }
  })

  test('keeps protected strings, the id and the calls of a message', () => {
    const tool_calls = [{ id: 'c', name: 'find', args: {} }]
    const message = new AIMessage({ id: 'm', content: plan, tool_calls })
    for (const seed of seeds) {
      const protect = ['Book one.', 'the prices']
      const site = siteWith({ protect: protect.slice(seed % 2, 1 + (seed % 2)) }, { seed })
      const after = inexecutablePlan.inject(message, site)
      for (const string of site.protect) expect(after && textOf(after)).toContain(string)
      expect(after && [after.id, toolCallsOf(after)]).toEqual(['m', toolCallsOf(message)])
    }
  })

  test.each([
    ['there is one step', new AIMessage('1. Find it.'), {}],
    ['nothing is to be done', new AIMessage('It is large. It is old.'), {}],
    ['there is no text', new AIMessage({ content: '', tool_calls: [{ name: 'f', args: {} }] }), {}],
    ['all steps but one are protected', new AIMessage(plan), { protect: ['Find', 'Book'] }],
    ['nobody gets the plan', new AIMessage(plan), { handsOver: false }],
    ['a tool speaks', new ToolMessage({ content: plan, tool_call_id: 'c' }), {}],
    ['a person speaks', new HumanMessage(plan) as unknown as AIMessage, {}],
  ] as const)('does nothing when %s', (_, message, facts) => {
    for (const seed of seeds) expect(told(message, facts, { seed })).toBeNull()
  })
})

describe('an impossible step matters', () => {
  const before = new AIMessage(plan)
  const after = new AIMessage(plan.replace('prices', 'prices, using the tool compare_all_v2'))
  const site = siteWith({ later: 'I find ferries.' })
  const { effect, recoverable } = inexecutablePlan

  test.each([
    ['when somebody else goes on with the plan', { before, after }, site, true],
    ['unless nobody gets it', { before, after }, { ...site, handsOver: false }, false],
    ['unless nobody does anything after it', { before, after }, { ...site, later: ' ' }, false],
    ['unless no step is another one', { before, after: before }, site, false],
    [
      'unless only the words around the steps are others',
      { before, after: new AIMessage(`The plan:\n${plan}`) },
      site,
      false,
    ],
  ] as const)('%s', (_, change, at, expected) => {
    expect(effect(change, at)).toBe(expected)
  })

  test('and can be recovered from: the rest is still there', () => {
    expect(recoverable({ before, after }, site)).toBe(true)
  })

  test('also when an injector model wrote it', () => {
    const { instruction, text, apply } = inexecutablePlan.written ?? {}
    expect(text?.(before, site)).toBe(plan)
    expect(text?.(new AIMessage('1. Find it.'), site)).toBeNull()
    expect(text?.(before, { ...site, handsOver: false })).toBeNull()
    const back = apply?.(before, site, textOf(after))
    expect(back && textOf(back)).toBe(textOf(after))
    expect(back && effect({ before, after: back }, site)).toBe(true)
    expect(instruction?.(siteWith({}, { steps: 2 }))).toContain('2 steps')
  })
})
