import { closest } from '../../core/closest.js'
import { FiredrillError } from '../../core/errors.js'
import { type Metric, metrics } from '../../core/gate.js'

/** A word of a selector: the name of a system, scenario, fault, category or scope. */
export type SelectorItem = Readonly<{ word: string; negated: boolean; at: number }>

/** A gate as it was understood. */
export type ParsedGate = Readonly<{
  /** The gate as it was written, spaces aside. */
  rule: string
  metric: Metric
  selector: readonly SelectorItem[]
  comparison: '>=' | '<='
  bound: number
  /** The other end of a zone: better than one bound or worse than the other is asked then. */
  fail: number | null
}>

/** Longer than any gate that somebody means. */
const longest = 2000

const form = 'METRIC [(SELECTOR)] >= NUMBER [fail NUMBER]'

/** Understands a gate; throws `bad-gate`, pointing at the character, when it cannot be meant. */
export function parseGate(given: string): ParsedGate {
  // A terminal would obey these; no name has them.
  const text = given.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
  if (text.length > longest) {
    throw pointing(text.slice(0, 60), 0, 60, {
      message: `A gate of ${text.length} characters is none.`,
      hint: 'Shorten its selector: categories and scopes name many faults at once.',
    })
  }
  const shape =
    /^(?<lead>\s*)(?<metric>[^\s(<>=]+)(?<open>\s*)(?:\((?<selector>[^)]*)\)\s*)?(?<comparison>>=|<=)\s*(?<bound>[^\s]+)(?:\s+fail\s+(?<fail>[^\s]+))?\s*$/.exec(
      text,
    )
  const parts = shape?.groups
  if (!parts) throw misshapen(text)
  const { lead = '', metric = '', open = '', selector, bound = '', fail } = parts
  const name = metricIn(text, metric, lead.length)
  const comparison = parts['comparison'] === '<=' ? '<=' : '>='
  const from = lead.length + metric.length + open.length
  const gate: ParsedGate = {
    rule: text.trim().replace(/\s+/g, ' '),
    metric: name,
    selector: selector === undefined ? [] : itemsIn(text, selector, from + 1),
    comparison,
    bound: numberIn(
      text,
      bound,
      text.lastIndexOf(bound, fail ? text.lastIndexOf('fail') : undefined),
    ),
    fail: fail === undefined ? null : numberIn(text, fail, text.lastIndexOf(fail)),
  }
  requireMeaning(text, gate)
  return gate
}

function metricIn(text: string, word: string, at: number): Metric {
  if (Object.hasOwn(metrics, word)) return word as Metric
  const names = Object.keys(metrics)
  const meant = closest(word, names)
  throw pointing(text, at, word.length, {
    message: `There is no metric "${word}".${meant ? ` Did you mean ${meant}?` : ''}`,
    hint: `Metrics: ${names.join(', ')}.`,
  })
}

function itemsIn(text: string, selector: string, from: number): readonly SelectorItem[] {
  let at = from
  return selector.split(',').map((part) => {
    const word = part.trim()
    const start = at + part.indexOf(word)
    at += part.length + 1
    const negated = word.startsWith('!')
    const bare = negated ? word.slice(1).trim() : word
    if (bare === '') {
      throw pointing(text, start, 1, {
        message: 'A selector has an empty word.',
        hint: 'Name systems, scenarios, faults, categories or scopes, parted by commas.',
      })
    }
    return { word: bare, negated, at: start }
  })
}

function numberIn(text: string, word: string, at: number): number {
  if (/^-?(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word)
  throw pointing(text, at, word.length, {
    message: `"${word}" is no number.`,
    hint: /%$/.test(word)
      ? `Write a fraction: ${Number.parseFloat(word) / 100}.`
      : 'Write a number such as 0.8.',
  })
}

/** Refuses what could never come to both answers: no interval reaches 0 or 1. */
function requireMeaning(text: string, gate: ParsedGate): void {
  const { metric, comparison, bound, fail } = gate
  const { kind } = metrics[metric]
  const at = text.lastIndexOf(/[<>]=\s*(\S+)/.exec(text)?.[1] ?? '')
  const refuse = (message: string, hint: string): never => {
    throw pointing(text, Math.max(0, at), String(bound).length, { message, hint })
  }
  const range = rangeOf(gate)
  if (range && (bound < range[0] || bound > range[1])) {
    refuse(
      `${metric} is never ${bound}: it lies between ${range[0]} and ${range[1]}.`,
      'Write a fraction such as 0.8.',
    )
  }
  if (kind === 'proportion' && (bound === 0 || bound === 1)) {
    refuse(
      `No number of trials proves ${metric} to be exactly ${bound}.`,
      'Its interval never reaches 0 or 1: write the bound that you need, such as 0.95.',
    )
  }
  if (kind === 'regression' && (comparison !== '<=' || bound <= 0)) {
    refuse(
      'regression asks for a margin: how much worse may it be?',
      'Write regression <= 0.1 for ten points.',
    )
  }
  if (fail !== null) requireZone(text, gate, fail)
}

function rangeOf({ metric }: ParsedGate): readonly [number, number] | null {
  if (metric === 'cost' || metric === 'tokens') return [0, Number.MAX_SAFE_INTEGER]
  return metric === 'damage' ? [-1, 1] : [0, 1]
}

function requireZone(text: string, { metric, comparison, bound }: ParsedGate, fail: number): void {
  const at = text.lastIndexOf('fail')
  const refuse = (message: string, hint: string): never => {
    throw pointing(text, at, text.trimEnd().length - at, { message, hint })
  }
  if (metrics[metric].kind !== 'proportion') {
    refuse(
      `${metric} has no zone.`,
      'A zone is for proportions: robustness, baseline, placebo, detection and tiers. Leave out "fail".',
    )
  }
  const good = comparison === '>=' ? fail < bound : fail > bound
  if (!good || fail <= 0 || fail >= 1) {
    refuse(
      `The zone from ${bound} to ${fail} is none.`,
      comparison === '>='
        ? 'The second number is lower: robustness >= 0.9 fail 0.8.'
        : 'The second number is higher: robustness <= 0.1 fail 0.2.',
    )
  }
  if (Math.abs(bound - fail) < 0.02 - 1e-9) {
    refuse(
      'A zone of less than 2 points takes thousands of trials.',
      'Put the two numbers 5 to 15 points apart.',
    )
  }
}

function misshapen(text: string): FiredrillError {
  const comparison = /[<>=]+/.exec(text)
  const hint = `A gate reads ${form}, for instance robustness >= 0.8 or worst.category >= 0.5.`
  if (!comparison) {
    const at = text.trimEnd().length
    return pointing(text, at, 1, { message: 'A gate needs >= or <= and a number.', hint })
  }
  if (comparison[0] !== '>=' && comparison[0] !== '<=') {
    const [found] = comparison
    return pointing(text, comparison.index, found.length, {
      message: `"${found}" compares nothing here.`,
      hint: 'Use >= or <=.',
    })
  }
  const open = text.indexOf('(')
  if (open >= 0 && open < comparison.index && !text.slice(open, comparison.index).includes(')')) {
    return pointing(text, open, 1, { message: 'This bracket is never closed.', hint })
  }
  const rest = text.slice(comparison.index + 2)
  const bound = /^\s*\S+/.exec(rest)
  const at = comparison.index + 2 + (bound?.[0].length ?? 0)
  return pointing(text, at, Math.max(1, text.trimEnd().length - at), {
    message: bound ? 'This cannot stand behind the number.' : 'A number is missing.',
    hint,
  })
}

/** The error for a part of a gate, with the part underlined. */
export function pointing(
  text: string,
  at: number,
  length: number,
  { message, hint }: Readonly<{ message: string; hint: string }>,
): FiredrillError {
  const marks = `${' '.repeat(at)}${'^'.repeat(Math.max(1, length))}`
  return new FiredrillError('bad-gate', `${message}\n  ${text}\n  ${marks}`, { hint })
}
