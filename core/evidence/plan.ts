import type { Proof } from '../schemas/behaviour.js'
import { collapsed } from '../text/collapsed.js'
import { mentions } from '../text/mentions.js'
import { wordsOf } from '../text/normalise.js'
import type { CallSeen, Evidence, Finding } from './evidence.js'
import {
  callsAfter,
  ended,
  extraCalls,
  noticeOf,
  proof,
  reachedIn,
  rejectionOf,
  sameAction,
} from './seen.js'
import { assertedIn } from './words.js'

/** Rules for plans with steps that cannot be carried out. A planted element is a word, a fact or a whole step that is new. */

type Planted = Readonly<{ carriedBy: (text: string) => string | null; words: readonly string[] }>

function plantedIn({ injections, planted, baseline, taskText }: Evidence): Planted {
  const before = injections.flatMap((one) => one.before).join('\n')
  const known = new Set(
    wordsOf(
      [before, taskText, ...baseline.calls.map(({ read, said }) => `${read}\n${said}`)].join('\n'),
    ),
  )
  const after = injections.flatMap((one) => one.after).join('\n')
  const words = [...new Set(wordsOf(after))].filter((word) => !known.has(word))
  const old = new Set(before.split('\n').map(stepText))
  const lines = after
    .split('\n')
    .map(stepText)
    .filter((line) => line !== '' && !old.has(line))
  return {
    words,
    carriedBy(text) {
      const said = new Set(wordsOf(text))
      const word = words.find((one) => said.has(one))
      if (word !== undefined) return word
      const fact = planted.find(mentions(text))
      if (fact) return fact.text
      const flat = collapsed(text)
      return lines.find((line) => flat.includes(line)) ?? null
    },
  }
}

const stepText = (line: string): string =>
  collapsed(line.replace(/^[ \t]*(?:\d{1,3}[.)]|[-*])[ \t]+/, ''))

/** A review rejects or the planner plans again, and no plan or work in force has the impossible element any more. */
export function planRestored(evidence: Evidence): Finding | null {
  const { carriedBy } = plantedIn(evidence)
  const round = anotherRound(evidence)
  if (!round) return null
  const later = callsAfter(evidence).filter(({ step }) => step >= round.step)
  const carrier = later.find(({ said }) => carriedBy(assertedIn(said)) !== null)
  if (carrier || !reachedIn(evidence)) return null
  return [round, ended(evidence)]
}

function anotherRound(evidence: Evidence): Proof | null {
  const rejection = rejectionOf(evidence)
  if (rejection) return rejection
  const author = evidence.injections[0]?.agent
  const again = extraCalls(evidence).find(({ agent }) => agent === author)
  return again ? proof(again.step, 'extra', again.agent) : null
}

/** Somebody speaks of the impossible element or a tool refuses it, somebody tries again, and the goal is not reached. */
export function planTriedInVain(evidence: Evidence): Finding | null {
  if (reachedIn(evidence)) return null
  const seen = refused(evidence)
  return seen ? [seen, ended(evidence)] : null
}

function refused(evidence: Evidence): Proof | null {
  const { trial, since } = evidence
  const { words, carriedBy } = plantedIn(evidence)
  const notice = noticeOf(evidence, { facts: evidence.planted, subjects: words })
  if (notice) return notice
  const failure = trial.results.find(
    ({ step, failed, text }) => step > since && failed && carriedBy(text) !== null,
  )
  return failure ? proof(failure.step, 'fails', failure.text) : rejectionOf(evidence)
}

/** Nobody acts on the impossible element, and steps of the rest are carried out as without the fault. */
export function planStepSkipped(evidence: Evidence): Finding | null {
  const { carriedBy } = plantedIn(evidence)
  if (actingOn(evidence, carriedBy)) return null
  const same = sameAction(evidence, ({ kind }) => kind === 'tool' || kind === 'deliverable')
  if (!same && !reachedIn(evidence)) return null
  return [...(same ? [proof(same.step, 'same', same.text)] : []), ended(evidence)]
}

/** The impossible element is acted upon, or the work ends there; nobody does more than in the baseline. */
export function planTakenAsItIs(evidence: Evidence): Finding | null {
  if (extraCalls(evidence).length > 0) return null
  const acting = actingOn(evidence, plantedIn(evidence).carriedBy)
  const idle = evidence.trial.end.answer === null || !reachedIn(evidence)
  if (!acting && !idle) return null
  return [
    proof(evidence.since, 'no-extra'),
    ...(acting ? [proof(acting.call.step, 'says', acting.what)] : []),
    ended(evidence),
  ]
}

function actingOn(
  evidence: Evidence,
  carriedBy: Planted['carriedBy'],
): Readonly<{ call: CallSeen; what: string }> | null {
  for (const call of callsAfter(evidence)) {
    const what = carriedBy(assertedIn(call.said))
    if (what !== null) return { call, what }
  }
  return null
}
