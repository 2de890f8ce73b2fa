import type { Fact } from '../text/fact.js'
import { mentions } from '../text/mentions.js'
import type { CallSeen, Evidence, Finding } from './evidence.js'
import { asksOf, callsAfter, carriedIn, newResults, proof, receiversOf } from './seen.js'

/** Rules for facts that went: who got them back, from where. A fact is back when somebody's output stands for it again. */

/** How a lost fact came back: the call that stands for it, and the step and channel by which it had come. */
type Return = Readonly<{
  fact: Fact
  user: CallSeen
  via: 'new-result' | 'ask' | 'prompt' | 'nothing'
  step: number
}>

/** How each lost fact came back; null for those that did not. */
function returnsOf(evidence: Evidence): readonly (Return | null)[] {
  const calls = callsAfter(evidence)
  const receivers = receiversOf(evidence)
  const results = newResults(evidence)
  const asks = asksOf(evidence, calls).filter(({ step }) =>
    calls.some((call) => call.step === step && receivers.has(call.agent)),
  )
  return evidence.lost.map((fact) => {
    const user = calls.find((call) => carriedIn(call, [fact]).length > 0)
    if (!user) return null
    const states = (text: string) => mentions(text)(fact)
    const result = results.find(({ step, text }) => step < user.step && states(text))
    if (result) return { fact, user, via: 'new-result', step: result.step }
    const ask = asks.find(({ step }) => step < user.step)
    if (ask && states(user.read)) return { fact, user, via: 'ask', step: ask.step }
    if (states(user.read)) return { fact, user, via: 'prompt', step: user.step }
    return { fact, user, via: 'nothing', step: user.step }
  })
}

/** All lost facts are back, and one of them at least by a call of a tool or a question that the baseline lacks. */
export function repairedFromOutside(evidence: Evidence): Finding | null {
  const back = allBack(evidence)?.find(({ via }) => via === 'new-result' || via === 'ask')
  if (!back) return null
  return [
    proof(
      back.step,
      back.via === 'ask' ? 'asks' : 'answers',
      back.via === 'ask' ? null : back.fact.text,
    ),
    proof(back.user.step, 'says', back.fact.text),
  ]
}

/** All lost facts are back since they stood in what agents read anyway. */
export function restoredByProcess(evidence: Evidence): Finding | null {
  const back = allBack(evidence)
  if (!back || back.some(({ via }) => via !== 'prompt' && via !== 'nothing')) return null
  const read = back.filter(({ via }) => via === 'prompt')
  return read.length === 0
    ? null
    : read.flatMap(({ fact, user, step }) => [
        proof(step, 'reads', fact.text),
        proof(user.step, 'says', fact.text),
      ])
}

/** All lost facts are back although nobody who names them had read them. */
export function inferred(evidence: Evidence): Finding | null {
  const back = allBack(evidence)
  return back ? back.map(({ fact, user }) => proof(user.step, 'says', fact.text)) : null
}

/** A lost fact is in nobody's output any more. */
export function leftOut(evidence: Evidence): Finding | null {
  const back = returnsOf(evidence)
  const gone = evidence.lost.filter((_, at) => back[at] === null)
  return gone.length === 0
    ? null
    : gone.map((fact) => proof(evidence.since, 'never-says', fact.text))
}

function allBack(evidence: Evidence): readonly Return[] | null {
  const back = returnsOf(evidence)
  if (back.length === 0 || back.some((one) => one === null)) return null
  return back.flatMap((one) => one ?? [])
}
