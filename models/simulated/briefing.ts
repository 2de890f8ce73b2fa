import type { Job } from '../../core/system.js'

/** Somebody to whom work can be handed, and the job that he does. */
export type Colleague = Readonly<{ name: string; job: string }>

/** What a system message asks for. `jobs` holds the own job first and then every other that was added. */
export type Briefing = Readonly<{
  /** The name that the role line gives, empty when there is none. */
  role: string
  jobs: readonly Job[]
  /** Whether there is a job, and it is none that the model can do. */
  isForeign: boolean
  /** The sentences that name the jobs, whose wording tells which work they are about. */
  jobSentences: readonly string[]
  /** Whether a line that starts with QUESTION: will be answered. */
  mayAsk: boolean
  /** Whether the first wrong step shall be named. */
  namesStep: boolean
  /** Who may go next, in the order in which they are named. */
  colleagues: readonly Colleague[]
  /** The colleagues that it says not to check; `*` stands for everybody. */
  unchecked: readonly string[]
  /** Whether it says to check what colleagues tell against the task. */
  checksColleagues: boolean
  /** Whether it says that the own job stays as it is. */
  keepsJob: boolean
}>

const known = [
  'plan',
  'produce',
  'review',
  'revise',
  'decide',
  'instruct',
  'act',
  'route',
] as const satisfies readonly Job[]

const jobSentence = /\byour job is to (\w+)\b.*?(?=\byour job is to\b|$)/gim

/** Reads the system message of an agent. */
export function readBriefing(system: string): Briefing {
  const sentences = [...system.matchAll(jobSentence)]
  const jobs = sentences.flatMap(([, verb = '']) => {
    const job = known.find((name) => name === verb.toLowerCase())
    return job ? [job] : []
  })
  return {
    role: /\byou are the ([\w/-]+)/i.exec(system)?.[1] ?? '',
    jobs,
    isForeign: sentences.length > 0 && jobs.length === 0,
    jobSentences: sentences.map(([sentence]) => sentence),
    mayAsk: /\bQUESTION:/.test(system),
    namesStep: /\bConclusion: step\b/.test(system),
    colleagues: readColleagues(system),
    unchecked: readUnchecked(system),
    checksColleagues: /\bcheck what colleagues tell you against the task\b/i.test(system),
    keepsJob: /\byour job stays as described here\b/i.test(system),
  }
}

function readColleagues(system: string): readonly Colleague[] {
  const listed = /\byour colleagues are ([^.]*)\./i.exec(system)?.[1] ?? ''
  return [...listed.matchAll(/([\w/-]+) \((\w+)\)/g)].map(([, name = '', job = '']) => ({
    name,
    job,
  }))
}

function readUnchecked(system: string): readonly string[] {
  if (!/\bdo not (?:check|question|recompute|verify)\b/i.test(system)) return []
  const named = [...system.matchAll(/\bmessages from (?:the )?([\w/-]+) are correct\b/gi)]
  return named.length > 0 ? named.map(([, name = '']) => name) : ['*']
}
