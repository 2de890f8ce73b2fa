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
  const before = shown(payload)
  return { before, after: shown(fault.inject(payload as never, siteOfExample(fault)), before) }
}

function shown(payload: unknown, known = ''): string {
  const items = Array.isArray(payload) ? payload : [payload]
  const isPrompt = Array.isArray(payload) && isMessage(payload[0])
  const lines = items.map((item) =>
    'from' in item
      ? `${item.from} -> ${item.to}`
      : `${isPrompt ? `${speaker(item)}: ` : ''}${clipped(saidBy(item), known)}`,
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

/** A long text with its start and the paragraphs that were known before; of the rest only how long it is. */
function clipped(text: string, known: string): string {
  if (text.length <= longest) return text
  const shortened: string[] = []
  let left = 0
  const skip = () => {
    if (left > 0) shortened.push(`… ${left} characters …`)
    left = 0
  }
  for (const [at, part] of text.split('\n\n').entries()) {
    const isKnown = known.includes(part.trim())
    const start = at === 0 && !isKnown ? `${part.slice(0, 150)} …` : ''
    if (isKnown) skip()
    else left += part.length
    if (isKnown || start) shortened.push(isKnown ? part : start)
  }
  skip()
  return shortened.join('\n')
}

const longest = 2000

/** When a fault fires, in words. */
export const firingOf = ({ trigger = 'once' }: Pick<Fault, 'trigger'>): string =>
  ({
    once: 'once in a trial',
    agent: 'at one agent, at every site from there on',
    every: 'at every site of a trial',
  })[trigger]
