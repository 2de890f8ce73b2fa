import { groupBy } from '../../../../core/lists.js'
import { self } from '../../speaker.js'
import { type Reply, say } from '../../wording.js'
import { statedIn } from '../differences.js'
import { type Example, failing } from '../examples.js'
import { writeProgram } from '../program.js'
import type { Rule } from '../rules.js'
import type { Draft } from '../sight.js'
import { produce } from './produce.js'
import { checkedBy, compose, type Situation, signatureOf, tellingsOf } from './situation.js'
import { carried, deliverable } from './wording.js'

/** Chooses the program that fails fewest examples; of equals the most frequent, then the first. */
export function decide(situation: Situation): Reply {
  const { sight, mind } = situation
  const groups = groupBy(
    sight.drafts.filter(({ speaker }) => speaker !== self),
    ({ speaker }) => speaker,
  )
  // Whoever wrote two programs has taken back the first one.
  const newest = [...groups.values()].flatMap((drafts) => drafts.slice(-1))
  const examples = checkedBy(situation, 'decide')
  const scored = newest.map((draft) => ({ draft, fails: failsOf(draft, examples) }))
  const least = Math.min(...scored.map(({ fails }) => fails))
  const best = scored.filter(({ fails }) => fails === least).map(({ draft }) => draft)
  const [first] = best
  if (!first) return produce(situation)
  if (best.length < newest.length) mind.note('weighed by examples: program')
  const own = least > 0 ? ownProgram(situation, examples, least) : null
  const chosen = mostFrequent(first, best)
  return say(
    deliverable(
      {
        signature: signatureOf(situation),
        rules: own?.rules ?? statedIn(chosen),
        examples: carried(sight.examples, mind),
        notes: least > 0 && !own ? ['I cannot confirm that this program is right.'] : [],
        program: own?.text ?? chosen.text,
      },
      mind,
    ),
  )
}

/** How many examples a program fails; one that cannot be read is worse than any other. */
const failsOf = ({ program }: Draft, examples: readonly Example[]): number =>
  program
    ? failing(program.rules, program.parameters, examples).length
    : examples.length > 0
      ? examples.length + 1
      : 0

/** When no program passes, the agent writes one itself, and takes it if it fails less often. */
function ownProgram(
  situation: Situation,
  examples: readonly Example[],
  least: number,
): Readonly<{ rules: readonly Rule[]; text: string }> | null {
  const composed = compose(tellingsOf(situation), situation, { alert: true })
  const signature = signatureOf(situation)
  if (!composed || failing(composed.written, signature.parameters, examples).length >= least) {
    return null
  }
  situation.mind.note('wrote the program anew')
  return { rules: composed.rules, text: writeProgram(composed.written, signature) }
}

function mostFrequent(first: Draft, drafts: readonly Draft[]): Draft {
  const bare = ({ text }: Draft) => text.replace(/\s+/g, ' ').trim()
  const groups = groupBy(drafts, bare)
  const votes = (draft: Draft) => groups.get(bare(draft))?.length ?? 0
  return drafts.reduce((best, other) => (votes(other) > votes(best) ? other : best), first)
}
