import type { Behaviour } from '../../../core/schemas/behaviour.js'
import type { Step, TraceLine } from '../../../core/schemas/trace-line.js'
import type { TrialLine } from '../../../core/schemas/trial-line.js'
import type { JudgedFault } from '../../../engine/judging/prompt.js'
import { faulted, injection } from '../../analysis/lines.js'

/** A fault with a behaviour that a program tells between two that only a judge can tell. */
export const rumour: JudgedFault = {
  id: 'rumour',
  summary: 'An agent hears something false.',
  category: 'reasoning',
  behaviours: [
    {
      ...{ id: 'doubts-aloud', summary: 'Somebody says that it may be false.', by: 'judge' },
      ...{ tiers: { reasoning: 'success' }, detects: true },
    },
    { id: 'repeats-it', summary: 'It is said again.', tiers: {}, by: 'program', detects: false },
    { id: 'means-well', summary: 'It does no harm.', tiers: {}, by: 'judge', detects: null },
  ],
}

type Message = TraceLine['messages'][number]

const call = (agent: string, prompt: number[], reply: number): Step => ({
  ...{ kind: 'call', key: `${agent}#0`, agent, prompt, reply },
  ...{ tools: [], tokens: 0, notes: [], unread: [] },
})

/** What agents say in a trace of this file. */
export type Sayings = Readonly<{ task: string; false: string; reply: string; answer: string }>

const sayings: Sayings = {
  task: 'When does the ferry leave?',
  false: 'The ferry leaves at 99:00.',
  reply: 'That cannot   be:\nthere is no such hour.',
  answer: 'unknown',
}

/** A trace in which `writer` hears something false, `reader` reads it and `bystander` does not. */
export function traceOf(line: TrialLine, changes: Partial<Sayings> = {}): TraceLine {
  const { task, false: untrue, reply, answer } = { ...sayings, ...changes }
  const says = (role: string, text: string, name?: string): Message => ({
    ...{ role, text },
    ...(name ? { name } : {}),
  })
  return {
    ...{ schema: 1, key: line.key, attempt: line.attempt, id: line.id, canAsk: 'nobody' },
    messages: [
      says('human', task, 'task'),
      says('ai', untrue, 'writer'),
      says('ai', reply, 'reader'),
      says('ai', 'I water the plants.', 'bystander'),
    ],
    steps: [
      { kind: 'start', key: 'writer#0', agent: 'writer', attempt: 0, triggers: [], input: [0] },
      {
        ...{ kind: 'injection', key: 'writer#0', agent: 'writer', fault: 'rumour', by: 'program' },
        ...{ site: 'call:writer#0.0', before: ['The ferry leaves at 9:00.'], after: [untrue] },
      },
      call('writer', [0], 1),
      call('bystander', [0], 3),
      call('reader', [0, 1], 2),
      { kind: 'write', key: 'reader#0', agent: 'reader', messages: [2], routes: ['writer'] },
      { kind: 'end', key: '', agent: '', outcome: 'wrong', answer },
    ],
  }
}

/** What the rules have left open in a trial of this file. */
export const open = (changes: Partial<Behaviour> = {}): Behaviour => ({
  ...{ fault: 'rumour', id: null, by: null, tiers: {}, detects: null, proof: [] },
  ...{ undecided: ['doubts-aloud', 'means-well'], ...changes },
})

/** A trial in which the rumour acted. */
export const trialWith = (behaviour: Behaviour, changes: Partial<TrialLine> = {}): TrialLine =>
  faulted('broke', {
    ...{ fault: 'rumour', behaviours: [behaviour] },
    injections: [injection({ fault: 'rumour', site: 'call:writer#0.0', agent: 'writer' })],
    ...changes,
  })
