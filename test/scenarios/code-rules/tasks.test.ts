import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Task } from '../../../core/scenario.js'
import {
  changed,
  falsehoods,
  neighbours,
  tellsApart,
} from '../../../scenarios/code-rules/changes.js'
import { programFor } from '../../../scenarios/code-rules/program.js'
import { isPlain, resultOf, type Work } from '../../../scenarios/code-rules/rules.js'
import { forms } from '../../../scenarios/code-rules/sentences.js'
import { originOf, tasks } from '../../../scenarios/code-rules/tasks.js'
import { assignmentOf } from '../../../scenarios/code-rules/work.js'

const all = tasks({ count: 500, seed: 1 })
const assignments = all.map((task) => assignmentOf(originOf(task)))

const sample: Work = {
  name: 'parkingFee',
  parameters: ['hours', 'days'],
  rules: [
    { type: 'base', amount: 10 },
    { type: 'per-unit', variable: 'hours', amount: 2 },
    { type: 'flat-above', variable: 'hours', threshold: 12, amount: 5 },
    { type: 'each-above', variable: 'days', threshold: 20, amount: 3 },
    { type: 'multiplier', variable: 'days', threshold: 10, factor: 1.1 },
    { type: 'cap', amount: 90 },
    { type: 'rounding', direction: 'up' },
  ],
}

test.each([
  [[0, 0], 10],
  [[12, 9], 34],
  [[13, 9], 41],
  [[13, 10], 46], // 45.1
  [[0, 22], 18], // 17.6
  [[20, 10], 61], // 60.5
  [[35, 35], 90],
  [[20, 0], 55],
] as const)('parkingFee(%j) is %d', (input, result) => {
  expect(resultOf(sample, input)).toBe(result)
})

test('what binary numbers would decide is left out', () => {
  const work: Work = { ...sample, rules: sample.rules.filter(({ type }) => type !== 'flat-above') }
  expect(50 * 1.1).toBeGreaterThan(55)
  expect(resultOf(work, [20, 10])).toBe(55)
  expect(isPlain(work, [20, 10])).toBe(false)
  expect(isPlain(work, [20, 9])).toBe(true)
  expect(isPlain(work, [19, 10])).toBe(true)
})

describe('500 tasks', () => {
  test('have the agreed shape', () => {
    for (const { text } of all) {
      expect(text).toMatch(
        /^Write a JavaScript function `\w+\(\w+, \w+\)`\.\n\n## Rules\nApply [^\n]+\.\n(- [A-Z][^\n]*\.\n){6,7}\n## Examples\n(- \w+\(\d+, \d+\) returns \d+\n){2,5}\nReply with [^\n]+\.$/,
      )
    }
  })

  test('are of all domains, and put each rule in both of its ways', () => {
    expect(new Set(assignments.map(({ name }) => name)).size).toBe(8)
    const said = assignments.flatMap(({ rules }, at) =>
      rules.map((rule, ordinal) => {
        const form = forms(rule).indexOf(all[at]?.facts[ordinal]?.sentence ?? '')
        return `${rule.type} ${form}`
      }),
    )
    expect(new Set(said).size).toBe(14)
  })

  test('hide inputs that tell each rule from its loss and from the nearest others', () => {
    for (const work of assignments) {
      expect(work.hidden).toHaveLength(60)
      for (const [at, rule] of work.rules.entries()) {
        for (const other of [null, ...neighbours(rule), ...falsehoods(rule)]) {
          expect(tellsApart(work.hidden, work, changed(work, at, other))).toBe(true)
        }
      }
    }
  })

  test('say truly what their examples determine', () => {
    const shares = all.flatMap(({ facts }, task) =>
      facts.map(({ determinedBy }, at) => {
        const work = assignments[task] as (typeof assignments)[number]
        const others = [null, ...falsehoods(work.rules[at] as Work['rules'][number])]
        const isTold = others.every((other) =>
          tellsApart(work.shown, work, changed(work, at, other)),
        )
        expect(determinedBy).toBe(isTold ? 'examples' : 'none')
        return isTold
      }),
    )
    const share = shares.filter(Boolean).length / shares.length
    expect(share).toBeGreaterThan(0.5)
    expect(share).toBeLessThan(0.6)
  })

  test('hold neither the program nor a hidden result', () => {
    for (const [at, work] of assignments.entries()) {
      const { text } = all[at] as Task
      expect(text).not.toContain('=>')
      for (const line of programFor(work).split('\n').slice(1)) {
        if (line.length > 1) expect(text).not.toContain(line.trim())
      }
    }
  })

  test('call the function by each input once', () => {
    for (const { shown, hidden } of assignments) {
      for (const inputs of [shown, hidden]) {
        expect(new Set(inputs.map(String)).size).toBe(inputs.length)
        for (const number of inputs.flat()) expect(number >= 0 && number <= 35).toBe(true)
      }
    }
  })
})

test('a task is the same however many are asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.integer(), (count, seed) => {
      expect(tasks({ count, seed })).toEqual(tasks({ count: 9, seed }).slice(0, count))
    }),
    { numRuns: 10 },
  )
})

test('a task of another origin is refused', () => {
  const foreign: Task = { id: 't1', text: 'Write a poem.', protect: [], facts: [] }
  expect(() => originOf(foreign)).toThrow('not a task of code-rules')
})
