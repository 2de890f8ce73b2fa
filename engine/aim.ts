import { type SiteAddress, type SiteFacts, siteId } from '../core/site.js'
import { type Action, sitesFor } from './action.js'
import type { Target } from './choose-site.js'
import type { FoundSite } from './sites.js'

/** Where an action fires in one trial, and what is known of these places. */
export type Aim = Readonly<{
  /** Whether it fires here; `hasFired`: it has fired in this trial. */
  takes: (at: SiteAddress, agent: string, hasFired: boolean) => boolean
  factsAt: (id: string, agent: string) => SiteFacts
  /** Sites of the baseline at which it would fire, in order. */
  sites: readonly FoundSite[]
}>

/** The sites of the baseline tell an `every` action what is known of each place. */
type Known = Readonly<{ sites: readonly FoundSite[]; unknown: SiteFacts }>

/** Aims an action at its target. */
export function aimAt(action: Action, target: Target, { sites, unknown }: Known): Aim {
  const own = sitesFor(action, sites)
  const byId = new Map(own.map((site) => [site.id, site]))
  const agents = new Set(own.map(({ agent }) => agent))
  const kinds = new Set(own.map(({ at }) => at.kind))
  return {
    sites: sitesOf(target, own),
    takes(at, agent, hasFired) {
      switch (target.kind) {
        case 'none':
          return false
        case 'once':
          return !hasFired && siteId(at) === target.site.id
        case 'agent':
          if (!hasFired) return siteId(at) === target.site.id
          return agent === target.site.agent && kinds.has(at.kind)
        case 'every':
          // A node that only holds a graph is no agent: what it is given would stay in the state of the graph around it.
          if (agents.has(agent)) return kinds.has(at.kind)
          // Who first speaks under the fault must not read the truth. That it is an agent shows when it calls its model.
          return action.injector === 'prompt' && at.kind === 'call'
        default:
          return target satisfies never
      }
    },
    factsAt(id, agent) {
      // What one agent reads is changed in the same way each time, so it has to be seen with the same eyes.
      const isOneReader = target.kind === 'agent' || target.kind === 'once'
      if (isOneReader && action.injector === 'prompt') return target.site.facts()
      const same = byId.get(id) ?? sites.find((site) => site.agent === agent)
      const facts = same ? same.facts() : { ...unknown, agent }
      // Where every prompt is changed, nobody reads the task as it was.
      const isEverywhere = target.kind === 'every' && action.injector === 'prompt'
      return isEverywhere ? { ...facts, taskReread: false } : facts
    },
  }
}

function sitesOf(target: Target, own: readonly FoundSite[]): readonly FoundSite[] {
  switch (target.kind) {
    case 'none':
      return []
    case 'once':
      return [target.site]
    case 'agent':
      return own
        .slice(own.findIndex(({ id }) => id === target.site.id))
        .filter(({ agent }) => agent === target.site.agent)
    case 'every':
      return own
    default:
      return target satisfies never
  }
}
