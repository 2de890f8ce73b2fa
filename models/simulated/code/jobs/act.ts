import { self } from '../../speaker.js'
import { type Reply, say } from '../../wording.js'
import { fillHoles } from '../holes.js'
import { writeProgram } from '../program.js'
import { type Rule, subjectOf } from '../rules.js'
import { slip } from '../temper.js'
import { ask, produce } from './produce.js'
import { type Situation, signatureOf } from './situation.js'
import { deliverable } from './wording.js'

/** Does what the newest instruction says, and replies with the whole function so far. */
export function act(situation: Situation): Reply {
  const { sight, mind } = situation
  const { heard } = sight.instructions
  const newest = heard.at(-1)
  if (!newest) return produce(situation)
  const signature = signatureOf(situation)
  const demanded = fillHoles(
    { rules: newest.rule ? [newest.rule] : [], notes: [], doubts: [] },
    mind,
    { parameters: signature.parameters, examples: [] },
  )
  const asked = ask(situation, demanded.doubts)
  if (asked) return asked
  const program = sight.drafts.findLast(({ speaker }) => speaker === self)?.program
  // Who cannot see the function so far goes by the instructions so far.
  const known = program?.rules ?? heard.slice(0, -1).flatMap(({ rule }) => rule ?? [])
  const added = slip(demanded.rules, mind)
  const notes = newest.rule ? demanded.notes : [`I cannot carry out: ${newest.sentence}`]
  const text = writeProgram(withRules(known, added), signature)
  return say(deliverable({ signature, rules: [], examples: [], notes, program: text }, mind))
}

/** Rules with others; of two about the same the later one stands. */
const withRules = (known: readonly Rule[], added: readonly Rule[]): readonly Rule[] => [
  ...new Map([...known, ...added].map((rule) => [subjectOf(rule), rule])).values(),
]
