import { addedDeliveries } from '../../core/evidence/copies.js'
import type { CallSeen, Evidence, InjectionSeen } from '../../core/evidence/evidence.js'
import { callsAfter, carriedIn, extraCalls, isOf, twinOf } from '../../core/evidence/seen.js'
import type { Carries } from '../../core/flow.js'
import { type PlainMessage, said } from '../../core/messages.js'
import { collapsed } from '../../core/text/collapsed.js'
import { mentions } from '../../core/text/mentions.js'
import { isRouted, taintedCalls } from '../spread.js'
import type { Reading } from './readings.js'

/** What a reading brings of the fault, and the fact that it is about. */
export type Brought = Readonly<{ carries: Carries; what: string | null }>

const nothing: Brought = { carries: 'nothing', what: null }

/** What counts most, of several messages. */
const order = ['planted', 'lost', 'copy', 'truth', 'nothing'] as const

/** Says what readings bring of the fault. */
export function broughtBy(evidence: Evidence): (reading: Reading) => Brought {
  const ofMessage = evidence.planted.length > 0 ? byFacts(evidence) : byOrigin(evidence)
  const isCopy = copiesIn(evidence)
  return (reading) => {
    if (reading.messages.length === 0) return { carries: 'lost', what: lostText(evidence) }
    const all = reading.messages.map((message) => ofMessage(message, reading))
    if (isCopy(reading)) all.push({ carries: 'copy', what: null })
    return (
      [...all].sort((a, b) => order.indexOf(a.carries) - order.indexOf(b.carries))[0] ?? nothing
    )
  }
}

type OfMessage = (message: Reading['messages'][number], reading: Reading) => Brought

/** Of planted facts the text tells whether it stands for one. What a tool answers is not weighed by its words. */
function byFacts(evidence: Evidence): OfMessage {
  const { planted } = evidence
  const isChanged = changedIn(evidence)
  const isWritten = writtenIn(evidence)
  return ({ text, source }, { author, call }) => {
    const stated = mentions(text)
    const [fact] =
      author.kind === 'tool' || isChanged(text, call)
        ? planted.filter(stated)
        : carriedIn({ said: text }, planted)
    if (fact) return { carries: 'planted', what: fact.text }
    // A tool answers what it was asked: to a call that the fault had made, whatever it says.
    return author.kind === 'tool' && isWritten(source)
      ? { carries: 'planted', what: null }
      : truthIn(evidence, text)
  }
}

/** Where no fact was planted, it hangs on who said it: the fault itself, or somebody whom it had made act otherwise. */
function byOrigin(evidence: Evidence): OfMessage {
  const isChanged = changedIn(evidence)
  const isWritten = writtenIn(evidence)
  const tainted = new Set(taintedCalls(evidence).map(({ step }) => step))
  return ({ text, source }, { author, call }) => {
    if (author.kind === 'tool' && isWritten(source)) return { carries: 'planted', what: null }
    const isPassedOn = author.kind !== 'tool' && source !== null && tainted.has(source)
    if (!isPassedOn && !isWritten(source) && !isChanged(text, call)) return truthIn(evidence, text)
    if (isRouted(evidence)) return { carries: 'copy', what: null }
    return evidence.lost.length > 0
      ? { carries: 'lost', what: lostText(evidence) }
      : { carries: 'planted', what: null }
  }
}

/** Recognises calls whose replies the injection wrote. */
function writtenIn(evidence: Evidence): (source: number | null) => boolean {
  const own = new Set(callsAfter(evidence).map(({ step }) => step))
  return (source) => source !== null && source > evidence.since && !own.has(source)
}

const lostText = ({ lost: [fact] }: Evidence): string | null => fact?.text ?? null

function truthIn({ lost }: Evidence, text: string): Brought {
  const fact = lost.find(mentions(text))
  return fact ? { carries: 'truth', what: fact.text } : nothing
}

/** Recognises what an injection made of a text, wherever it stands; what it left as it was is not its work. */
function changedIn(evidence: Evidence): (text: string, call: CallSeen) => boolean {
  const changes = isRouted(evidence) ? [] : evidence.injections.flatMap(changesOf)
  return (text, call) => {
    const read = collapsed(text)
    return changes.some(
      ({ step, written, kept }) =>
        step < call.step && read.includes(written) && !kept.some((one) => read.includes(one)),
    )
  }
}

/** Texts that an injection wrote, each with those that it had been a part of. */
function changesOf({ before, after, step }: InjectionSeen) {
  const old = before.map(collapsed)
  return after
    .map(collapsed)
    .filter((written) => written !== '')
    .map((written) => ({ step, written, kept: old.filter((text) => text.includes(written)) }))
}

/** Recognises readings that an added delivery had brought about: by somebody whom it woke, or more often than in the baseline. */
function copiesIn(evidence: Evidence): (reading: Reading) => boolean {
  const added = addedDeliveries(evidence)
  const extra = new Set(extraCalls(evidence).map(({ step }) => step))
  return ({ author, call, messages }) => {
    if (call.step <= evidence.since) return false
    const isAdded = added.some(({ from, to }) => isOf(author.name, from) && isOf(call.agent, to))
    if (!isAdded) return false
    if (extra.has(call.step)) return true
    const usual = twinOf(evidence, call)?.prompt ?? []
    return messages.some(({ text }) => times(text, call.prompt) > Math.max(1, times(text, usual)))
  }
}

/** How many messages hold a text. */
function times(text: string, prompt: readonly PlainMessage[]): number {
  const own = collapsed(text)
  return own === '' ? 0 : prompt.filter((message) => collapsed(said(message)).includes(own)).length
}
