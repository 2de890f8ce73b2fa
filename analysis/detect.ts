import type { Evidence } from '../core/evidence/evidence.js'
import { evidenceOf, type Traces } from '../core/evidence/evidence-of.js'
import {
  asksOf,
  callsAfter,
  isPromptChanged,
  noticeOf,
  receiversOf,
  rejectionOf,
} from '../core/evidence/seen.js'
import type { BehaviourRule } from '../core/fault.js'
import type { Behaviour, Proof } from '../core/schemas/behaviour.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { faultWithoutParameters } from '../core/trial-id.js'
import { spreadOf } from './spread.js'

/** What is seen in a trial in which a fault acted. */
type Seen = Pick<TrialLine, 'behaviours' | 'noticed' | 'spread'>

/**
 * What looks at traces, with the rules of these faults: how the system dealt with each fault that acted, who noticed, and how
 * far it came. Pure: the same traces give the same, whenever they are looked at.
 */
export function observer(
  faults: readonly Readonly<{ id: string; behaviours: readonly BehaviourRule[] }>[],
): (facts: Omit<Traces, 'fault'> & Readonly<{ faults: readonly string[] }>) => Seen {
  const rulesOf = new Map(faults.map(({ id, behaviours }) => [id, behaviours]))
  return ({ faults: names, ...traces }) => {
    const found = names.flatMap((fault) => {
      const evidence = evidenceOf({ ...traces, fault })
      const rules = rulesOf.get(faultWithoutParameters(fault))
      return evidence && rules ? [{ fault, evidence, rules }] : []
    })
    const [first] = found
    if (!first) return { behaviours: [], noticed: null, spread: null }
    const behaviours = found.map(({ fault, evidence, rules }) => detect(fault, rules, evidence))
    const steps = found.flatMap(({ evidence }) => noticedAt(evidence))
    return {
      behaviours,
      noticed: steps.length > 0 ? Math.min(...steps) : null,
      spread: spreadOf(first.evidence),
    }
  }
}

/** The first behaviour of a fault whose rule holds. What only a judge model can tell and comes before it stays undecided. */
function detect(fault: string, rules: readonly BehaviourRule[], evidence: Evidence): Behaviour {
  const undecided: string[] = []
  for (const { id, by, tiers, detects, find } of rules) {
    if (!find) {
      undecided.push(id)
      continue
    }
    const proof = find(evidence)
    if (!proof || proof.length === 0) continue
    return { fault, id, by, tiers: { ...tiers }, detects, proof: inOrder(proof), undecided }
  }
  return { fault, id: null, by: null, tiers: {}, detects: null, proof: [], undecided }
}

const mostProof = 8

/** A line stays small: of much proof the first ones by step, each once. */
function inOrder(proof: readonly Proof[]): Proof[] {
  const unique = new Map(proof.map((one) => [`${one.step} ${one.shows} ${one.what}`, one]))
  return [...unique.values()].sort((a, b) => a.step - b.step).slice(0, mostProof)
}

/**
 * Steps at which somebody doubted, asked or rejected because of what the fault had changed. Of deliveries that were added
 * nothing is wrong in itself: who rejects some work afterwards has not noticed them, who speaks of copies has.
 */
function noticedAt(evidence: Evidence): readonly number[] {
  if (evidence.injections.every(({ site }) => site.startsWith('delivery:'))) {
    return copiesNoticed(evidence)
  }
  const after = callsAfter(evidence)
  const receivers = receiversOf(evidence)
  // Who was told another role and then judges or asks does what that role says. That is no notice.
  const isRole = isPromptChanged(evidence) && evidence.lost.length + evidence.planted.length === 0
  const calls = isRole ? after.filter(({ agent }) => !receivers.has(agent)) : after
  const seen = [
    noticeOf(evidence, { calls }),
    rejectionOf(evidence, calls),
    asksOf(evidence, calls)[0] ?? null,
  ]
  return seen.flatMap((one) => (one ? [one.step] : []))
}

const copies =
  /\b(?:duplicat(?:e|es|ed|ion)|already (?:received|answered|done|sent|handled|seen)|same message|(?:repeated|redundant) (?:message|request)s?|not (?:meant|intended) for me|irrelevant)\b/i

function copiesNoticed(evidence: Evidence): readonly number[] {
  const known = evidence.baseline.calls.some(({ reply }) => copies.test(reply.text))
  const first = callsAfter(evidence).find(({ reply }) => copies.test(reply.text))
  return first && !known ? [first.step] : []
}
