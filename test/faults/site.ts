import { rng } from '../../core/draw.js'
import { type Site, type SiteFacts, unknownSite } from '../../core/site.js'

/** A site of a test: what is known of it, and parameters other than the defaults. */
export function siteWith(
  facts: Partial<SiteFacts> = {},
  { seed = 1, ...parameters }: Readonly<Record<string, number>> = {},
): Site {
  return {
    ...unknownSite,
    ...facts,
    id: 'call:agent#0.0',
    rng: rng(seed, 'test', 'here'),
    shared: rng(seed, 'test'),
    parameters,
  }
}
