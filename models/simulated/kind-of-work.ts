import type { Job } from '../../core/system.js'
import type { Briefing } from './briefing.js'
import type { Mind } from './chance.js'
import type { OfferedTool } from './offered-tools.js'
import type { Seen } from './window.js'
import type { Reply } from './wording.js'

/** How much of a text can be made out: nothing, something, or what the work itself consists of. */
export type Readability = 'nothing' | 'something' | 'work'

/** What an agent has before it when it answers. */
type Occasion = Readonly<{
  job: Job
  briefing: Briefing
  seen: readonly Seen[]
  tools: readonly OfferedTool[]
  mind: Mind
}>

/** One kind of work that the model has learnt: how it is recognised and how it is done. */
export type KindOfWork = Readonly<{
  /** What it is about, in words. */
  about: string
  /** Whether the sentences of a briefing are worded for this work. */
  isMeantBy: (jobSentences: readonly string[]) => boolean
  readability: (text: string) => Readability
  /** Does a job; `unread` are the sentences that looked like facts and said nothing that it knows. */
  answer: (occasion: Occasion) => Readonly<{ reply: Reply; unread: readonly string[] }>
}>
