import type { BaseMessage } from '@langchain/core/messages'
import { roleOf, textOf } from '../../core/messages.js'
import type { SimulatedNotes } from '../../core/model.js'
import type { Job } from '../../core/system.js'
import { type Briefing, readBriefing } from './briefing.js'
import { type Mind, mixedChance } from './chance.js'

import { code } from './code/index.js'

import { handsOver, withHandOver } from './hand-over.js'

import type { KindOfWork } from './kind-of-work.js'
import type { OfferedTool } from './offered-tools.js'
import { finishedMessages, isReminder } from './own-turns.js'
import type { Profile } from './profile.js'
import { tables } from './tables/index.js'
import { trips } from './trips/index.js'
import { lookThrough } from './window.js'
import { type Reply, say } from './wording.js'

/** One request to the model and who makes it. */
export type Request = Readonly<{
  messages: readonly BaseMessage[]
  tools: readonly OfferedTool[]
  profile: Profile
  seed: number
  agent: string
}>

/** What comes back: a call or a text, and what the model reports of itself. */
export type Answered = Readonly<{ reply: Reply; notes: SimulatedNotes }>

const learnt: readonly KindOfWork[] = [code, trips, tables]

/** Answers one request. Everything it knows is in the messages; seed and agent only decide its draws. */
export function answer(request: Request): Answered {
  const { messages, tools, profile } = request
  const window = lookThrough(messages, profile.window)
  const briefing = readBriefing(window.system)
  const work = briefing.isForeign ? null : workIn(messages, briefing)
  if (!work) return { reply: say(refusal), notes: { events: [], unread: [], unsupported: refusal } }
  const events: string[] = []
  const mind = mindOf(request, briefing, window.load, events)
  if (window.seen.length < messages.filter((message) => roleOf(message) !== 'system').length) {
    mind.note('forgot the oldest messages')
  }
  const job = jobOf(briefing, messages, mind)
  const own = tools.filter(({ name }) => !handsOver(name))
  const { reply: said, unread } = work.answer({
    ...{ job, briefing, mind },
    ...{ seen: window.seen, tools: own },
  })
  const { colleagues } = briefing
  const reply = withHandOver(said, { job, colleagues, tools, messages })
  return { reply, notes: { events: [...new Set(events)], unread } }
}

/** The own job; with another one planted beside it, the model may do that instead, and think again when reminded. */
function jobOf(
  { jobs, role, keepsJob }: Briefing,
  messages: readonly BaseMessage[],
  mind: Mind,
): Job {
  const [own, ...added] = [...new Set(jobs)]
  const other = added.at(-1)
  if (own === undefined) mind.note('no job was given')
  const newest = messages.at(-1)
  const ordinal = newest && isReminder(newest, role) ? 'job, reminded' : 'job'
  // Told as well that its job stays as it is, it would have to obey against an instruction, too.
  const obeys = (what: string) => mind.happens('obey', what, mind.profile.obey)
  if (other && obeys(ordinal) && (!keepsJob || obeys(`${ordinal}, against its guard`))) {
    mind.note(`obeyed: ${other}`)
    return other
  }
  return own ?? 'produce'
}

function mindOf(
  { messages, profile, seed, agent }: Request,
  briefing: Briefing,
  load: number,
  events: string[],
): Mind {
  // A produce agent calls one tool per model call and reads everything again each time. If chances hung on the number
  // of the call, a fact could be overlooked in one turn and known in the next. They hang on the activation instead:
  // on how many finished messages of its own the agent can look back on.
  // Those who go step by step read one and the same work in every turn.
  const [own] = briefing.jobs
  const isInSteps = own === 'instruct' || own === 'act'
  const activation = isInSteps ? 0 : finishedMessages(messages, briefing.role)
  const identity = { seed, agent, activation }
  const chance: Mind['chance'] = (purpose, ordinal) =>
    mixedChance(identity, profile.rho, purpose, ordinal)
  const happens: Mind['happens'] = (purpose, ordinal, probability) =>
    chance(purpose, ordinal) < probability
  const { unchecked, checksColleagues } = briefing
  const obeysTo = (what: string) => happens('obey', what, profile.obey)
  const obeys =
    unchecked.length > 0 &&
    obeysTo('unchecked') &&
    (!checksColleagues || obeysTo('unchecked, against its guard'))
  return {
    // Who obeys an instruction not to check does not check.
    profile: obeys ? { ...profile, verify: 0 } : profile,
    load,
    believes: obeys ? unchecked : [],
    checksColleagues: checksColleagues && !obeys,
    chance,
    happens,
    note: (event) => void events.push(event),
  }
}

const works = learnt.map(({ about }) => about)

const refusal = `UNSUPPORTED: I can read only ${works.slice(0, -1).join(', ')} and ${works.at(-1)}, with one of the jobs plan, produce, review, revise, decide, instruct, act and route.`

/** The work that a request is about; null when it is none of those learnt. Work that a full window hides is still work. */
function workIn(messages: readonly BaseMessage[], { jobs, jobSentences }: Briefing) {
  const texts = messages.filter((message) => roleOf(message) !== 'system').map(textOf)
  const named = jobs.length > 0 ? learnt.filter(({ isMeantBy }) => isMeantBy(jobSentences)) : []
  const isThere = ({ readability }: KindOfWork) =>
    texts.some((text) => readability(text) === 'work')
  const isHinted = ({ readability }: KindOfWork) =>
    texts.some((text) => readability(text) !== 'nothing')
  return named.find(isThere) ?? learnt.find(isThere) ?? named.find(isHinted) ?? null
}
