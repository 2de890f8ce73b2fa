import { canonicalJson, hashOf } from '../../core/canonical-json.js'
import { changed } from '../../core/changed.js'
import type { Site } from '../../core/site.js'
import { keepsAll } from '../../core/text/occurrences.js'
import type { Action, WrittenAction } from '../action.js'
import { maskSecrets } from '../mask.js'
import { brief } from '../said-json.js'
import type { Payload } from '../sites.js'
import { injectorPrompt, lengths } from './prompt.js'
import type { Wanted } from './texts.js'

/** A place at which an action acts, and what the program makes of the payload there. */
export type Place = Readonly<{ before: Payload; program: Payload; site: Site }>

/** Longer texts are not sent anywhere. */
const longest = 60_000

/** What an injector model is asked for at a place; null when there is no text that it could change. */
export function wantedAt(
  action: Action,
  written: WrittenAction,
  place: Place,
  version: string,
): (Wanted & Readonly<{ payloadWith: (text: string) => Payload | null }>) | null {
  const { before, site } = place
  const text = written.text(before, site)
  if (text === null || text.trim() === '' || text.length > longest) return null
  if (maskSecrets(text) !== text) return null // Nobody's keys are sent to a model.
  const { fault, material, length } = written
  const instruction = written.instruction(site)
  const { parameters } = action
  return {
    key: hashOf(`injection/1|${canonicalJson({ fault, version, parameters, instruction, text })}`),
    fault: action.label,
    prompt: () => maskSecrets(injectorPrompt({ fault, instruction, material, length, text, site })),
    payloadWith: (changedText) => written.apply(before, site, changedText),
    refuse: (changedText) =>
      badText(text, changedText, { ...place, length }) ??
      badPayload(action, written, place, changedText),
  }
}

function badText(
  before: string,
  after: string,
  { site, length }: Place & Readonly<{ length: 'near' | 'free' }>,
): string | null {
  const gone = site.protect.find((string) => !keepsAll(before, after, [string]))
  if (gone !== undefined) return `the protected string ${JSON.stringify(brief(gone))} is lost`
  if (after.trim() === '') return 'the text is empty'
  if (length === 'free') return after.length > 2 * longest ? 'the text is too long' : null
  const share = after.length / before.length
  if (share < lengths.least) return `the text is too short (${percent(share)} of the original)`
  return share > lengths.most ? `the text is too long (${percent(share)} of the original)` : null
}

const percent = (share: number): string => `${Math.round(100 * share)}%`

function badPayload(
  action: Action,
  { apply }: WrittenAction,
  { before, program, site }: Place,
  text: string,
): string | null {
  const after = apply(before, site, text)
  if (after === null) return 'the text does not fit in the place of the old one'
  if (!changed(before.value, after.value)) return 'the text is the same as before'
  // Where even the program's change is of no use to anybody, the model's need not be either.
  const isNeeded = action.effect(before, program, site)
  if (isNeeded && !action.effect(before, after, site)) {
    return 'the change is not what the rule asks for, or concerns nothing that the work needs'
  }
  return null
}
