import type { BaseMessage } from '@langchain/core/messages'
import { rng } from './draw.js'
import type { Fault } from './fault.js'
import { isMessage, plain, roleOf, said } from './messages.js'
import { type Site, unknownSite } from './site.js'

/** The site of a fault's own example, with the fault's default parameters: what docs and contract tests run it at. */
export function siteOfExample(fault: Fault, seed = 1): Site {
  return {
    ...unknownSite,
    ...fault.example.site,
    id: 'example',
    rng: rng(seed, fault.id, 'example'),
    shared: rng(seed, fault.id),
    parameters: defaultsOf(fault),
  }
}

/** The default value of each of a fault's parameters. */
export function defaultsOf({ parameters = {} }: Fault): Readonly<Record<string, number>> {
  const entries = Object.entries(parameters).map(([name, parameter]) => [name, parameter.default])
  return Object.fromEntries(entries) as Record<string, number>
}

/** What a fault makes of its own example, as people read it. */
export function exampleTexts(fault: Fault): Readonly<{ before: string; after: string }> {
  const { payload } = fault.example
  return {
    before: shown(payload),
    after: shown(fault.inject(payload as never, siteOfExample(fault))),
  }
}

function shown(payload: unknown): string {
  const items = Array.isArray(payload) ? payload : [payload]
  const isPrompt = Array.isArray(payload) && isMessage(payload[0])
  const lines = items.map((item) =>
    'from' in item
      ? `${item.from} -> ${item.to}`
      : `${isPrompt ? `${speaker(item)}: ` : ''}${clipped(saidBy(item))}`,
  )
  const [first = ''] = lines
  if (lines.length > 3 && new Set(lines).size === 1) return `${first}   x ${lines.length}`
  return lines.join('\n')
}

const speaker = (message: BaseMessage): string => {
  const role = roleOf(message)
  return role === 'human' ? 'reads' : role === 'ai' ? 'said' : role
}

/** What a message says, the calls included that nobody can read. */
function saidBy(message: BaseMessage): string {
  const { invalidToolCalls = [], ...rest } = plain(message)
  const broken = invalidToolCalls.map(({ name, args }) => `${name}(${args})   not readable`)
  return [said(rest), ...broken].filter(Boolean).join('\n')
}

/** A long text as its paragraphs at both ends, with the number of characters between them. */
function clipped(text: string): string {
  const parts = text.split('\n\n')
  if (text.length <= longest || parts.length < 3) return text
  const cut = (part: string) => (part.length > 300 ? `${part.slice(0, 299)}…` : part)
  const [first = '', last = ''] = [parts[0], parts.at(-1)].map((part) => cut(part ?? ''))
  const between = text.length - first.length - last.length
  return `${first}\n… ${between} characters …\n${last}`
}

const longest = 2000

/** When a fault fires, in words. */
export const firingOf = ({ trigger = 'once' }: Pick<Fault, 'trigger'>): string =>
  ({
    once: 'once in a trial',
    agent: 'at one agent, at every site from there on',
    every: 'at every site of a trial',
  })[trigger]
