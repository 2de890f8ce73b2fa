/** The two upper levels of the taxonomy: what goes wrong inside one agent, or between agents. */
export const scopes = ['intra-agent', 'inter-agent'] as const
export type Scope = (typeof scopes)[number]

/** The seven categories in published order (MAS-FIRE, arXiv 2602.19843, section 3), with their scope. */
export const scopeOfCategory = {
  planning: 'intra-agent',
  memory: 'intra-agent',
  reasoning: 'intra-agent',
  action: 'intra-agent',
  configuration: 'inter-agent',
  instruction: 'inter-agent',
  communication: 'inter-agent',
} as const satisfies Record<string, Scope>
export type Category = keyof typeof scopeOfCategory
export const categories = Object.keys(scopeOfCategory) as readonly Category[]

/** What kind of defence acted: the structure of the system, fixed logic, the wording of prompts, or the model itself. */
export const tiers = ['mechanism', 'rule', 'prompt', 'reasoning'] as const
export type Tier = (typeof tiers)[number]

/** The three ways in which a fault enters a system. */
export const injectors = ['prompt', 'response', 'routing'] as const
export type Injector = (typeof injectors)[number]

/** The published faults in published order; catalogues and reports follow it, faults of other origin come after. */
export const publishedFaults = [
  'inexecutable-plan',
  'critical-information-loss',
  'memory-loss',
  'context-length-violation',
  'hallucination',
  'parameter-filling-error',
  'tool-format-error',
  'tool-selection-error',
  'role-ambiguity',
  'blind-trust',
  'instruction-logic-conflict',
  'instruction-ambiguity',
  'message-cycle',
  'message-storm',
  'message-broadcast-amplification',
] as const

/** Sorts by the published order; what was not published comes last, by id. */
export function byPublishedOrder(a: Readonly<{ id: string }>, b: Readonly<{ id: string }>): number {
  const rank = ({ id }: Readonly<{ id: string }>) => {
    const at = (publishedFaults as readonly string[]).indexOf(id)
    return at < 0 ? publishedFaults.length : at
  }
  return rank(a) - rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
