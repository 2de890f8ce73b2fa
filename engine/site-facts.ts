import { said } from '../core/messages.js'
import { type SiteFacts, unknownSite } from '../core/site.js'
import type { CallEvent, Event } from './recorder.js'
import { toolFactsOf } from './tool-facts.js'

/** What the engine knows of a task besides the baseline. */
export type TaskFacts = Readonly<{ text: string }> & Pick<SiteFacts, 'protect' | 'canAsk'>

/** A value that is made when somebody asks for it first, and once. */
export function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const parentName = (agent: string): string => agent.slice(0, Math.max(0, agent.lastIndexOf('/')))

type PlacedCall = Readonly<{ event: CallEvent; index: number }>

/** The facts about a trial that single sites are described with. */
export function overview(ordered: readonly Event[], task: TaskFacts) {
  const calls: readonly PlacedCall[] = ordered.flatMap((event, index) =>
    event.kind === 'call' ? [{ event, index }] : [],
  )
  const agents = new Set(calls.flatMap(({ event }) => ancestors(event.agent)))
  const roles = once(() => rolesOf(calls))
  return {
    /** Executions that call a model themselves. */
    callers: new Set(calls.map(({ event }) => event.key.replace(/(~\d+)?\.\d+$/, ''))),
    around: (agent: string, index: number): SiteFacts => ({
      ...unknownSite,
      handsOver: false,
      taskText: task.text,
      protect: task.protect,
      canAsk: task.canAsk,
      agent,
      later: laterThan(index, calls),
      taskReread: isReread(task.text, agent, index, calls),
      elsewhere: [task.text, ...readBefore(index, calls)].join('\n\n'),
      peers: [...roles()].filter(([id]) => id !== agent).map(([id, role]) => ({ id, role })),
    }),
    handsOver: ({ agent, reply }: CallEvent, index: number): boolean => {
      const { text } = reply.plain
      if (text.trim() === '') return false
      return calls.some(
        (other) =>
          other.index > index &&
          other.event.agent !== agent &&
          other.event.prompt.some(({ plain }) => plain.text.includes(text)),
      )
    },
    toolsNear: (agent: string) => {
      const near = calls.find(({ event }) => parentName(event.agent) === parentName(agent))
      return near ? toolFactsOf(near.event.offered) : []
    },
    isBetweenAgents: (from: string, to: string): boolean => {
      const parent = parentName(from)
      const receiver = parent ? `${parent}/${to}` : to
      return receiver !== from && agents.has(from) && agents.has(receiver)
    },
  }
}

const ancestors = (agent: string): readonly string[] =>
  agent.split('/').map((_, at, names) => names.slice(0, at + 1).join('/'))

function rolesOf(calls: readonly PlacedCall[]): ReadonlyMap<string, string> {
  const roles = new Map<string, string>()
  for (const { event } of calls) {
    const system = event.prompt.find(({ plain }) => plain.role === 'system')
    if (system && !roles.has(event.agent)) roles.set(event.agent, system.plain.text)
  }
  return roles
}

const laterThan = (index: number, calls: readonly PlacedCall[]): string =>
  calls
    .filter((call) => call.index > index)
    .map(({ event }) => said(event.reply.plain))
    .join('\n\n')

const isReread = (
  taskText: string,
  agent: string,
  index: number,
  calls: readonly PlacedCall[],
): boolean =>
  calls.some(
    (call) =>
      call.index > index &&
      call.event.agent !== agent &&
      call.event.prompt.some(({ plain }) => plain.text.includes(taskText)),
  )

/** What any agent had read when an event happened: copies of the truth that a fault at that event leaves alone. */
function readBefore(index: number, calls: readonly PlacedCall[]): readonly string[] {
  const texts = calls
    .filter((call) => call.index <= index)
    .flatMap(({ event }) => event.prompt.map(({ plain }) => said(plain)))
  return [...new Set(texts)]
}
