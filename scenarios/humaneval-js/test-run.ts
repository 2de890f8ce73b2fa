import type { Program, Value } from '../sandbox/program.js'
import type { Problem } from './problems.js'

/**
 * A test is taken apart, so that no assertion runs beside the program that it is about. The test is run with the
 * reference solution to see how the function is called; the program is called like that, alone; and the test is run once
 * more, with what the program returned in place of the function. A program that puts a function of its own in the place
 * of console.assert or JSON.stringify changes nothing but what it returns.
 */

/** The program that tells, as its one value, the calls that a test makes, as a list of texts of arguments. */
export function recording({ name, solution, test }: Problem): Program {
  return {
    code: `${solution}
var calls = []
const source = (value) => {
  if (value === undefined) return 'undefined'
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (Array.isArray(value)) return '[' + value.map(source).join() + ']'
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return '{' + Object.entries(value).map(([key, one]) => JSON.stringify(key) + ':' + source(one)).join() + '}'
}
;((${name}) => {
${test}
})((...given) => {
  calls.push(given.map(source).join(', '))
  return ${name}(...given)
})`,
    calls: ['calls'],
  }
}

/** The program that runs a test on values that were returned before; its values are how many assertions held and not. */
export function replaying({ name, solution, test }: Problem, values: readonly Value[]): Program {
  return {
    code: `${solution}
var held = 0, failed = 0
console.assert = (holds) => { if (holds) held++; else failed++ }
const valueOf = {
  number: ({ number }) => Number(number),
  text: ({ text }) => text,
  boolean: ({ boolean }) => boolean,
  json: ({ json }) => JSON.parse(json),
  undefined: () => undefined,
}
const returned = JSON.parse(${JSON.stringify(JSON.stringify(values.map(written)))})
;((${name}) => {
${test}
})(() => {
  const value = returned.shift()
  return valueOf[value.kind](value)
})`,
    calls: ['held', 'failed'],
  }
}

// JSON knows neither NaN nor -0.
const written = (value: Value) =>
  value.kind === 'number'
    ? { kind: 'number', number: Object.is(value.number, -0) ? '-0' : String(value.number) }
    : value

/**
 * A program with what the prompt gave it to use. Properties of the global object stand in for those declarations: the
 * program may declare them anew, or not.
 */
export const withHelpers = ({ helpers }: Problem, code: string): string =>
  `${helpers.replace(/^const (\w+) =/gm, 'globalThis.$1 =')};\n${code}`
