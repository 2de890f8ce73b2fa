import type { Behaviour } from '../../core/schemas/behaviour.js'
import type { Published } from './published.js'
import { placeOf, type Row, type TagColumn, unreadable } from './tables.js'
import { keyOf } from './words.js'

/** What a label means: a behaviour with its tiers; or none, with the reason if one is known. */
export type Meaning =
  | Readonly<{ behaviour: string; tiers: Behaviour['tiers']; detects: boolean | null }>
  | Readonly<{ behaviour: null; because: string | null }>

/** What labels mean, and where the release and the taxonomy do not say the same of them. */
export type Labels = Readonly<{
  meaningOf: (fault: string, label: string) => Meaning
  warnings: readonly string[]
}>

type Tags = ReadonlyMap<string, Behaviour['tiers']>

/**
 * Understands labels by the table of tiers of the release and by the taxonomy, which has our ids. The tiers are those of
 * the release; a label that either of the two lacks has none.
 */
export function labelsOf(rows: readonly Row<TagColumn>[], published: Published): Labels {
  const faultOf = new Map(published.faults.map((fault) => [keyOf(fault.name), fault.id]))
  const tags: Tags = new Map(
    rows.map(({ at, fields: { fault, label, tiers } }) => [
      pairKey(faultOf.get(keyOf(fault)) ?? fault, label),
      tiersIn(tiers, placeOf(at)),
    ]),
  )
  const rules = published.faults.flatMap(({ id: fault, behaviours }) =>
    behaviours.map((rule) => ({ fault, rule, key: pairKey(fault, rule.publishedLabel) })),
  )
  const known = new Map(rules.map(({ key, rule }) => [key, rule]))
  const reasons = new Map(
    published.untaggedLabels.map((one) => [pairKey(one.fault, one.publishedLabel), one.reason]),
  )
  return {
    meaningOf(fault, label) {
      const key = pairKey(fault, label)
      const [rule, tiers] = [known.get(key), tags.get(key)]
      if (!rule || !tiers) return { behaviour: null, because: reasons.get(key) ?? null }
      return { behaviour: rule.id, tiers, detects: rule.detects }
    },
    warnings: rules.flatMap(({ fault, rule, key }) => {
      const tiers = tags.get(key)
      if (tiers && sameTiers(tiers, rule.tiers)) return []
      const what = tiers ? 'other tiers in the release' : 'no tiers in the release'
      return [`"${rule.publishedLabel}" (${fault}) has ${what} than in the taxonomy of Firedrill.`]
    }),
  }
}

const pairKey = (fault: string, label: string): string => `${fault}\u0000${keyOf(label)}`

const tierNames = {
  mechanism: 'mechanism',
  logical: 'rule',
  rule: 'rule',
  prompt: 'prompt',
  reasoning: 'reasoning',
} as const
const effects = { success: 'success', failure: 'failure' } as const

/** The tiers that a label speaks for, as in "Logical-level FT: Success; Prompt-level FT: Failure". */
function tiersIn(text: string, place: string): Behaviour['tiers'] {
  if (/^fault tolerance missing$/i.test(text)) return {}
  const pairs = text.split(';').map((part) => {
    const found = /^\s*(\w+)-(?:level|based)\s+FT\s*:\s*(\w+)\s*$/i.exec(part)
    const [, name = '', said = ''] = found ?? []
    const tier = memberOf(tierNames, name.toLowerCase())
    const effect = memberOf(effects, said.toLowerCase())
    if (tier && effect) return [tier, effect] as const
    throw unreadable(`${place}: "${text}" says nothing of tiers that is known.`)
  })
  return Object.fromEntries(pairs)
}

// A word of a table may be called like something that every object has.
const memberOf = <Members extends object>(members: Members, name: string) =>
  Object.hasOwn(members, name) ? members[name as keyof Members] : undefined

const sameTiers = (a: Behaviour['tiers'], b: Behaviour['tiers']): boolean => {
  const text = (one: Behaviour['tiers']) => JSON.stringify(Object.entries(one).sort())
  return text(a) === text(b)
}
