import { type SentenceForm, sentenceForm } from '../sentence-form.js'
import type { Signature } from './examples.js'
import { inOrder, type Rule, type RuleType, ruleOf } from './rules.js'

/** A program as far as it can be read: each of its statements carries out one rule. */
export type Program = Signature & Readonly<{ rules: readonly Rule[] }>

type Described = Readonly<{ type: RuleType; form: SentenceForm; fixed: Rule['slots'] }>

const statement = (type: RuleType, text: string, fixed: Rule['slots'] = {}): Described => ({
  type,
  form: sentenceForm(text),
  fixed,
})

const condition = 'if ({variable:variable} {bound:sign} {threshold:number})'

/** The statements that the model writes, which are the only ones that it reads. Nothing is ever evaluated. */
const statements: readonly Described[] = [
  statement('base', 'let r = {amount:number};'),
  statement('per', 'r += {amount:number} * {variable:variable};'),
  statement('flat', `${condition} r += {amount:number};`),
  statement(
    'each',
    `${condition} r += {amount:number} * ({variable2:variable} - {threshold2:number});`,
  ),
  statement(
    'each',
    `${condition} r += {amount:number} * ({threshold2:number} - {variable2:variable});`,
    { isBelow: 'yes' },
  ),
  statement('times', `${condition} r *= {amount:number};`),
  statement('cap', 'r = Math.min(r, {amount:number});'),
  statement('floor', 'r = Math.max(r, {amount:number});'),
  statement('round', 'r = Math.floor(r);', { direction: 'down' }),
  statement('round', 'r = Math.ceil(r);', { direction: 'up' }),
]

/** The program in the text of a block; null when it holds any statement that the model would not write. */
export function readProgram(text: string): Program | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const [, name = '', listed] = /^function (\w+)\(([\w, ]*)\) \{$/.exec(lines[0] ?? '') ?? []
  if (listed === undefined || lines.at(-1) !== '}' || lines.at(-2) !== 'return r;') return null
  const read = lines.slice(1, -2).map(readStatement)
  const rules = read.flatMap((rule) => rule ?? [])
  const isBegun = rules[0]?.type === 'base' && rules.slice(1).every(({ type }) => type !== 'base')
  if (rules.length < read.length || !isBegun) return null
  const parameters = listed.split(',').map((parameter) => parameter.trim())
  return { name, parameters, rules: rules.filter((rule) => !isNothing(rule)) }
}

function readStatement(line: string): Rule | null {
  for (const { type, form, fixed } of statements) {
    const found = form.read(line)
    if (!found) continue
    const { variable, variable2, threshold, threshold2, bound } = found
    // Two numbers where one is meant make another kind of program.
    if (variable2 !== undefined && (variable2 !== variable || threshold2 !== threshold)) return null
    if (type === 'each' && isBelow(bound) !== (fixed['isBelow'] === 'yes')) return null
    return ruleOf(type, { ...found, ...fixed })
  }
  return null
}

const isBelow = (bound: string | undefined) => bound === 'below' || bound === 'at most'

// A program begins with something even when nobody said with what.
const nothing = ruleOf('base', { amount: '0' })
const isNothing = ({ type, slots }: Rule) => type === 'base' && slots['amount'] === '0'

/** The text of a program that carries out rules. */
export function writeProgram(rules: readonly Rule[], { name, parameters }: Signature): string {
  const begun = rules.some(({ type }) => type === 'base') ? rules : [nothing, ...rules]
  const body = inOrder(begun, parameters).map((rule) => `  ${statementOf(rule)}`)
  return [`function ${name}(${parameters.join(', ')}) {`, ...body, '  return r;', '}'].join('\n')
}

function statementOf({ type, slots }: Rule): string {
  const { variable = '', threshold = '', bound, direction } = slots
  const fits = ({ fixed }: Described) =>
    fixed['direction'] === direction && (fixed['isBelow'] === 'yes') === isBelow(bound)
  const ways = statements.filter((one) => one.type === type)
  const way = type === 'each' || type === 'round' ? ways.find(fits) : ways[0]
  return way?.form.write({ ...slots, variable2: variable, threshold2: threshold }) ?? ''
}
