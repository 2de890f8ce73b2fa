import { changed } from '../core/changed.js'
import { rng } from '../core/draw.js'
import { isNonEmpty, type NonEmpty } from '../core/lists.js'
import type { Site, SiteFacts } from '../core/site.js'
import { type Action, sitesFor } from './action.js'
import { once } from './site-facts.js'
import type { FoundSite } from './sites.js'

/** Where a fault shall fire, as `--site` has it. */
export type SiteChoice =
  /** As each fault declares: the first site, or every one. */
  | Readonly<{ kind: 'default' }>
  | Readonly<{ kind: 'any' }>
  | Readonly<{ kind: 'first' }>
  | Readonly<{ kind: 'every' }>
  | Readonly<{ kind: 'agent'; agent: string; number: number | null }>

/** The addresses at which a fault fired in another trial, in order, and whether it fired everywhere there. */
export type Pins = Readonly<{ kind: 'pinned'; ids: NonEmpty<string>; everywhere: boolean }>

/** Where an action is armed in one trial. */
export type Target =
  | Readonly<{ kind: 'once'; site: FoundSite }>
  /** At a site, and from there on at every site of the same agent. */
  | Readonly<{ kind: 'agent'; site: FoundSite }>
  | Readonly<{ kind: 'every' }>
  | Readonly<{ kind: 'none'; because: 'no-site' | 'no-effect' }>

/** A trial as far as its draws depend on it. */
export type TrialSeed = Readonly<{ seed: number; task: string }>

/** A site as a fault sees it, with randomness of its own. */
export function siteOf(action: Action, id: string, facts: SiteFacts, trial: TrialSeed): Site {
  const { label, parameters } = action
  return {
    ...facts,
    id,
    parameters,
    rng: rng(trial.seed, label, trial.task, id),
    shared: rng(trial.seed, label, trial.task),
  }
}

/**
 * The site at which an action is armed, decided from the baseline alone and so before any outcome is known: of the
 * sites where the fault bites and what it changes was used later, the one that the fault prefers or one drawn.
 */
export function chooseTarget(
  action: Action,
  sites: readonly FoundSite[],
  choice: SiteChoice | Pins,
  trial: TrialSeed,
): Target {
  const isEverywhere = firesEverywhere(action, choice)
  const found = wanted(sitesFor(action, sites), choice)
  const isOneReader = action.injector === 'prompt' && !isEverywhere
  const candidates = isOneReader ? found.map(asOneReader) : found
  if (candidates.length === 0) return { kind: 'none', because: 'no-site' }
  const first = inOrder(action, candidates).find((site) => bites(action, site, trial))
  // A site that is there again and offers the fault nothing is not gone.
  const nothing = () =>
    choice.kind === 'pinned' ? 'no-effect' : reasonWithout(action, candidates, trial)
  if (!first) return { kind: 'none', because: nothing() }
  if (isEverywhere) return { kind: 'every' }
  // Whoever asks for one site of a fault that fires everywhere gets it there and nowhere else.
  const kind = action.trigger === 'agent' ? 'agent' : 'once'
  if (choice.kind !== 'any') return { kind, site: first }
  const biting = candidates.filter((site) => bites(action, site, trial))
  const chance = rng(trial.seed, action.label, trial.task, 'site')
  return { kind, site: isNonEmpty(biting) ? chance.pick(biting) : first }
}

/** Whether an action fires at every site, for such a choice. */
export const firesEverywhere = ({ trigger }: Action, choice: SiteChoice | Pins): boolean =>
  choice.kind === 'pinned'
    ? choice.everywhere
    : choice.kind === 'every' || (choice.kind === 'default' && trigger === 'every')

/**
 * A site at which one agent reads something else than all others: what counts is what this agent made of it, since the
 * others go by what they still read themselves.
 */
const asOneReader = (site: FoundSite): FoundSite => ({
  ...site,
  facts: once(() => ({ ...site.facts(), later: site.facts().own })),
})

/** Sites by how much the fault prefers them; equals keep the order of the trial. */
function inOrder({ prefers }: Action, sites: readonly FoundSite[]): readonly FoundSite[] {
  if (!prefers) return sites
  return sites
    .map((site) => ({ site, rank: prefers(site.payload, site.facts()) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ site }) => site)
}

/** Why no site will do: nowhere is anything that the fault could change, or what it changes is needed by nobody. */
function reasonWithout(action: Action, sites: readonly FoundSite[], trial: TrialSeed) {
  const changes = ({ id, facts, payload }: FoundSite) =>
    action.change(payload, siteOf(action, id, facts(), trial)) !== null
  return sites.some(changes) ? 'no-effect' : 'no-site'
}

function bites(action: Action, { id, facts, payload }: FoundSite, trial: TrialSeed): boolean {
  if (action.placebo) return facts().handsOver || action.injector !== 'response'
  const site = siteOf(action, id, facts(), trial)
  const after = action.change(payload, site)
  if (after === null || !changed(payload.value, after.value)) return false
  return action.effect(payload, after, site)
}

function wanted(sites: readonly FoundSite[], choice: SiteChoice | Pins): readonly FoundSite[] {
  if (choice.kind === 'pinned') {
    // Where a fault fired from one site on, that one has to be there again.
    const ids = choice.everywhere ? choice.ids : choice.ids.slice(0, 1)
    return sites.filter(({ id }) => ids.includes(id))
  }
  if (choice.kind !== 'agent') return sites
  const own = sites.filter(({ agent }) => isAgent(agent, choice.agent))
  return choice.number === null ? own : own.slice(choice.number, choice.number + 1)
}

/** Whether an agent id is the one that was asked for: the whole path, or a part of it from its start or end. */
const isAgent = (agent: string, asked: string): boolean =>
  agent === asked || agent.startsWith(`${asked}/`) || agent.endsWith(`/${asked}`)
