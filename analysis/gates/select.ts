import { closest } from '../../core/closest.js'
import type { FaultFacts } from '../../core/report.js'
import { categories, scopeOfCategory, scopes } from '../../core/taxonomy.js'
import { faultsIn } from '../../core/trial-id.js'
import { type ParsedGate, parseGate, pointing, type SelectorItem } from './parse.js'

/** What a plan has that a gate can name. */
export type Planned = Readonly<{
  systems: readonly string[]
  scenarios: readonly string[]
  /** Names of faults without their parameters, `a+b` where several are set together. */
  faults: readonly string[]
  seeds: number
  facts: readonly FaultFacts[]
}>

/** A gate with the part of a plan that it asks about. */
export type Gate = ParsedGate &
  Readonly<{
    systems: readonly string[]
    scenarios: readonly string[]
    faults: readonly string[]
  }>

/** Understands gates and finds what they ask about; throws `bad-gate` when a plan has nothing of it. */
export function gatesFor(texts: readonly string[], planned: Planned): readonly Gate[] {
  const gates = texts.map((text) => gateFor(parseGate(text), text, planned))
  // A gate that is asked twice is one question, however it is spaced.
  return [...new Map(gates.map((gate) => [gate.rule, gate])).values()]
}

function gateFor(parsed: ParsedGate, text: string, planned: Planned): Gate {
  const found = parsed.selector.map((item) => ({ item, ...meaningOf(item, text, planned) }))
  const chosen = (kind: Kind, all: readonly string[]) => {
    const own = found.filter((one) => one.kind === kind)
    const taken = own.filter(({ item }) => !item.negated).flatMap(({ names }) => names)
    const left = new Set(own.filter(({ item }) => item.negated).flatMap(({ names }) => names))
    return all.filter((name) => (taken.length === 0 || taken.includes(name)) && !left.has(name))
  }
  const gate = {
    ...parsed,
    systems: chosen('system', planned.systems),
    scenarios: chosen('scenario', planned.scenarios),
    faults: chosen('fault', planned.faults),
  }
  const { systems, scenarios, faults } = gate
  if ([systems, scenarios, faults].some((names) => names.length === 0)) {
    const at = text.indexOf('(')
    throw pointing(text, at, text.lastIndexOf(')') - at + 1, {
      message: 'No cell of the plan is left.',
      hint: `The plan has ${listOf(planned)}.`,
    })
  }
  requireUse(gate, text, planned, found)
  return gate
}

type Kind = 'system' | 'scenario' | 'fault'

function requireUse(
  { metric }: Gate,
  text: string,
  { seeds }: Planned,
  found: readonly Readonly<{ item: SelectorItem; kind: Kind }>[],
): void {
  const fault = found.find(({ kind }) => kind === 'fault')
  if (fault && metric === 'baseline') {
    throw pointing(text, fault.item.at, fault.item.word.length, {
      message: 'baseline is about trials without a fault.',
      hint: 'Name systems or scenarios only.',
    })
  }
  if (metric === 'every-time' && seeds < 3) {
    throw pointing(text, text.indexOf('every-time'), 'every-time'.length, {
      message: `every-time needs three seeds of each task; the plan has ${seeds}.`,
      hint: 'Add --seeds 1-3.',
    })
  }
}

/** What a word of a selector names: a fault by its id or abbreviation, or all of a category or scope. */
function meaningOf(
  { word, at }: SelectorItem,
  text: string,
  planned: Planned,
): Readonly<{ kind: Kind; names: readonly string[] }> {
  const { systems, scenarios, faults } = planned
  if (systems.includes(word)) return { kind: 'system', names: [word] }
  if (scenarios.includes(word)) return { kind: 'scenario', names: [word] }
  const names = faults.filter((name) => name === word || isNamed(name, word, planned))
  if (names.length > 0) return { kind: 'fault', names }
  const all = [
    ...systems,
    ...scenarios,
    ...faults,
    ...planned.facts.filter(({ id }) => faults.includes(id)).map((one) => one.abbreviation),
    ...categories,
    ...scopes,
  ]
  const meant = closest(word, all)
  throw pointing(text, at, word.length, {
    message: `The plan has nothing that is called "${word}".${meant ? ` Did you mean ${meant}?` : ''}`,
    hint: `It has ${listOf(planned)}.`,
  })
}

function isNamed(name: string, word: string, { facts }: Planned): boolean {
  const [only, ...more] = faultsIn(name)
  const fault = facts.find(({ id }) => id === only)
  if (!fault || more.length > 0) return false
  const { abbreviation, category } = fault
  const same = word.toLowerCase() === abbreviation.toLowerCase()
  return same || word === category || word === scopeOfCategory[category]
}

const listOf = ({ systems, scenarios, faults }: Planned): string =>
  [
    `systems ${systems.join(', ')}`,
    `scenarios ${scenarios.join(', ')}`,
    `faults ${faults.join(', ')}`,
  ].join('; ')
