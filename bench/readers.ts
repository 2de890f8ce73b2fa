import { isProperty } from '../core/text/comparators.js'
import type { FactType } from '../core/text/fact.js'
import { read } from '../core/text/facts.js'
import { polarities } from '../core/text/polarity.js'
import { firstMark, type Kind, type Span } from './gold.js'

/** What a reader makes of a text. */
export type Found = Readonly<{
  starts: readonly number[]
  spans: Readonly<Record<Kind, readonly Span[]>>
  /** Places that were recognised as a value of another kind; they can be changed, so they are no misses. */
  also: readonly Span[]
}>

/** Somebody who finds sentences and details in a text. */
export type Reader = Readonly<{ name: string; read: (text: string) => Found }>

/** Our own rules. */
export const ours: Reader = {
  name: 'core/text',
  read(text) {
    const { document, units, facts } = read(text)
    const offsets = document.leaves.map(({ offset }) => offset)
    const placed = <One extends Span & Readonly<{ leaf: number }>>(all: readonly One[]) =>
      all.flatMap((one): readonly One[] => {
        const offset = offsets[one.leaf] ?? null
        return offset === null ? [] : [{ ...one, start: one.start + offset, end: one.end + offset }]
      })
    const all = placed(facts)
    const of = (...types: readonly FactType[]) => all.filter(({ type }) => types.includes(type))
    const negative = placed(
      units.flatMap(({ leaf, start, end }) =>
        polarities(document.leaves[leaf]?.text.slice(start, end) ?? '').map((yes) => ({
          ...yes,
          leaf,
          start: start + yes.start,
          end: start + yes.end,
        })),
      ),
    ).filter(({ normal }) => /\bnot\b|n't\b|\bnever\b|\bcannot\b|\bno\b|\bforbidden\b/.test(normal))
    return {
      starts: placed(units).map(({ start }) => firstMark(text, start)),
      spans: {
        numbers: of('number'),
        dates: of('date'),
        names: of('name'),
        negations: negative,
        comparisons: of('comparator').filter(({ normal }) => !isProperty(normal)),
      },
      also: of('cell', 'quoted', 'code'),
    }
  },
}

type Located = Readonly<{ offset: Readonly<{ start: number; length: number }> }>
type View = Readonly<{
  json: (options: Readonly<{ offset: true }>) => readonly Located[]
  match: (pattern: string) => View
  numbers: () => View
  topics: () => View
}>

/** The library's entry, as far as it is used here. */
export type Compromise = (text: string) => View

/** The library `compromise`; `names` says by which of its ways names are found. */
export function compromise(nlp: Compromise, names: 'topics' | 'ProperNoun'): Reader {
  const spansOf = (view: View): readonly Span[] =>
    // The second half of a contraction has no letters of its own.
    view.json({ offset: true }).map(({ offset: { start, length } }) => ({
      start,
      end: start + Math.max(1, length),
    }))
  return {
    name: `compromise, ${names}`,
    read(text) {
      const view = nlp(text)
      return {
        starts: spansOf(view).map(({ start }) => firstMark(text, start)),
        spans: {
          numbers: spansOf(view.numbers()),
          dates: spansOf(view.match('#Date+')),
          names: spansOf(
            names === 'topics' ? view.topics() : view.match('#ProperNoun+').match('!#Date+'),
          ),
          negations: spansOf(view.match('#Negative')),
          comparisons: spansOf(view.match('(#Comparative|#Superlative)')),
        },
        also: [],
      }
    },
  }
}
