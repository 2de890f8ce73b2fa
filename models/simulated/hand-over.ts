import type { BaseMessage } from '@langchain/core/messages'
import { roleOf, textOf } from '../../core/messages.js'
import type { Job } from '../../core/system.js'
import type { Colleague } from './briefing.js'
import { nextColleague } from './next-colleague.js'
import { type OfferedTool, wordsIn } from './offered-tools.js'
import type { Reply } from './wording.js'

const handOverName = /^transfer_to_(.+)$/

/** Whether a tool of this name hands the work over to somebody. */
export const handsOver = (name: string): boolean => handOverName.test(name)

/** What decides whether and to whom the work is handed over. */
type Occasion = Readonly<{
  job: Job
  colleagues: readonly Colleague[]
  tools: readonly OfferedTool[]
  messages: readonly BaseMessage[]
}>

/** The last line of a word that says who goes next. */
export const nextLine = (name: string | null): string => `NEXT: ${name ?? 'finish'}`

/**
 * A reply with the hand-over that goes with it, where one is offered: whoever has done its own part calls the tool of the
 * colleague who goes next. All other replies stay as they are.
 */
export function withHandOver(reply: Reply, { job, colleagues, tools, messages }: Occasion): Reply {
  const offered = tools.filter(({ name }) => handsOver(name))
  if (reply.kind !== 'text' || offered.length === 0 || isTurnedAway(messages)) return reply
  const next = job === 'route' ? toldNext(reply.text) : whoFollows(job, reply.text, colleagues)
  const tool = offered.find(({ name }) => handOverName.exec(name)?.[1] === next)
  const text = reply.text.replace(/\n*^NEXT: \S+$/m, '').trim()
  if (!tool) return { kind: 'text', text }
  // Whoever routes has nothing to show; and a reason that is all that arrives has to hold everything.
  const isWhole = job === 'route' || wantsEverything(tool)
  const reason = isWhole ? text : facts(text)
  const call = {
    name: tool.name,
    args: { reason: reason || 'The next part of the work is yours.' },
  }
  return { kind: 'call', call, ...(isWhole ? {} : { text }) }
}

const toldNext = (text: string) => /^NEXT: (\S+)$/m.exec(text)?.[1] ?? null

function whoFollows(job: Job, text: string, colleagues: readonly Colleague[]): string | null {
  if (job === 'plan') {
    return nextColleague(colleagues, { planned: true, delivered: false, verdict: 'none' })
  }
  const isReview = job === 'review'
  const verdict = /^APPROVE\b/.test(text) ? 'approved' : 'rejected'
  return nextColleague(colleagues, {
    ...{ planned: true, delivered: true },
    verdict: isReview ? verdict : 'none',
  })
}

const wantsEverything = ({ required }: OfferedTool): boolean =>
  required.some(({ words }) => words.includes(wordsIn('everything')[0] ?? ''))

/** The facts that a word states as bullets. */
const facts = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .join('\n')

/** Whether the newest thing that happened is that a hand-over was refused for good. */
function isTurnedAway(messages: readonly BaseMessage[]): boolean {
  const newest = messages.at(-1)
  return newest !== undefined && roleOf(newest) === 'tool' && /\byourself\b/.test(textOf(newest))
}
