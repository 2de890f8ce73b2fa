import type { Briefing } from '../../briefing.js'
import type { Mind } from '../../chance.js'
import type { OfferedTool } from '../../offered-tools.js'
import { trusted } from '../../trust.js'
import { type Example, failing, type Signature } from '../examples.js'
import { fillHoles } from '../holes.js'
import { refitted } from '../refit.js'
import type { Rule } from '../rules.js'
import { type Grounds, type Settled, settle } from '../settle.js'
import type { Sight } from '../sight.js'
import type { Telling } from '../tellings.js'
import { slip } from '../temper.js'
import { unexplained } from './wording.js'

/** Everything that an agent has before it when it answers. */
export type Situation = Readonly<{
  briefing: Briefing
  sight: Sight
  tools: readonly OfferedTool[]
  mind: Mind
}>

/** The tellings that an agent goes by. */
export const tellingsOf = ({ sight, mind }: Situation): readonly Telling[] =>
  trusted(sight.tellings, mind)

/** What the function is called; who does not know makes up a name and takes the variables as they come. */
export function signatureOf({ sight: { signature, tellings, examples } }: Situation): Signature {
  if (signature) return signature
  const variables = tellings.flatMap(({ rule }) => rule.slots['variable'] || [])
  return { name: examples[0]?.name ?? 'f', parameters: [...new Set(variables)] }
}

/** The examples that the agent checks its work by in this activation; now and then it does not. */
export function checkedBy({ sight, mind }: Situation, purpose: string): readonly Example[] {
  if (sight.examples.length === 0) return []
  return mind.happens('verify', purpose, mind.profile.verify) ? sight.examples : []
}

/** What the agent takes the rules to be, from some of the tellings; null when they tell nothing. */
export function settledFrom(
  tellings: readonly Telling[],
  situation: Situation,
  { alert, keepsAll, examples }: Pick<Grounds, 'alert' | 'keepsAll' | 'examples'>,
): Settled | null {
  const { sight, mind } = situation
  const { parameters } = signatureOf(situation)
  return settle(tellings, mind, { parameters, examples, broken: sight.broken, alert, keepsAll })
}

/** What an agent has made of rules. `written` are the rules as its code carries them out. */
export type Composed = Settled & Readonly<{ written: readonly Rule[] }>

/** Works out what the function has to do: settles, fills gaps, runs the examples and puts right what fails. */
export function compose(
  tellings: readonly Telling[],
  situation: Situation,
  { alert }: Pick<Grounds, 'alert'>,
): Composed | null {
  const { mind } = situation
  const { parameters } = signatureOf(situation)
  const examples = checkedBy(situation, 'examples')
  const fails = (rules: readonly Rule[]) => failing(rules, parameters, examples)
  const settled = settledFrom(tellings, situation, { alert, keepsAll: false, examples })
  if (!settled) return null
  const filled = fillHoles(settled, mind, { parameters, examples })
  const explained = explain(filled, situation, examples)
  const slipped = slip(explained.rules, mind)
  const isCaught = fails(slipped).length > fails(explained.rules).length
  if (isCaught) mind.note('caught a slip')
  return { ...explained, written: isCaught ? explained.rules : slipped }
}

/** Looks for the one number that would explain the examples that fail. */
function explain(settled: Settled, situation: Situation, examples: readonly Example[]): Settled {
  const { mind } = situation
  const { parameters } = signatureOf(situation)
  const [fails] = failing(settled.rules, parameters, examples)
  if (!fails) return settled
  mind.note('examples fail')
  const { notes, doubts } = settled
  const open = { ...settled, notes: [...notes, unexplained(fails)] }
  if (!mind.happens('repair', 'rules', mind.profile.repair)) return open
  const rules = refitted(settled.rules, parameters, examples)
  if (!rules) return { ...open, doubts: [...doubts, unexplained(fails)] }
  mind.note('refitted to the examples')
  return { ...settled, rules }
}
