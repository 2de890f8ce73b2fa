import { self } from '../../speaker.js'
import { message, opening, type Reply, say } from '../../wording.js'
import { type Difference, differencesIn, statedIn } from '../differences.js'
import { exampleOf, failing, resultOf } from '../examples.js'
import type { Rule } from '../rules.js'
import { sentenceOf } from '../sentences.js'
import type { Correction, Draft } from '../sight.js'
import { type Situation, settledFrom, signatureOf, tellingsOf } from './situation.js'
import { carried, examplesPart, restated, signatureLine } from './wording.js'

/** How many failing examples are enough as evidence. */
const enough = 2

/** Judges the newest program in sight, or names the first wrong requirement when that is what is asked for. */
export function review(situation: Situation): Reply {
  const { sight, mind, briefing } = situation
  const draft = sight.drafts.findLast(({ speaker }) => speaker !== self)
  if (!draft) return verdict(situation, 'REJECT', ['No program is in sight.'])
  const checks = mind.happens('verify', 'review', mind.profile.verify)
  const own = checks ? ownRules(situation) : []
  const differences = differencesIn(draft, own)
  const evidence = [
    ...(checks ? failuresOf(draft, situation) : []),
    ...differences.map(asCorrection).map(corrected),
  ]
  if (evidence.length > 0) mind.note('weighed by evidence: program')
  if (briefing.namesStep) return critique(situation, draft, differences, evidence)
  if (evidence.length > 0) return verdict(situation, 'REJECT', evidence)
  return verdict(situation, 'APPROVE', checks ? confirmed(draft, own) : passed(draft))
}

/** What the reviewer has found met: the rules as it reads them itself, or those that are stated beside the program. */
const confirmed = (draft: Draft, own: readonly Rule[]): readonly string[] => [
  'I find the program right.',
  ...(own.length > 0 ? own : statedIn(draft)).map((rule) => `It meets: ${sentenceOf(rule)}`),
]

/** What the reviewer lets pass without a check. */
const passed = (draft: Draft): readonly string[] => [
  'I found nothing against it.',
  ...statedIn(draft).map((rule) => `It says: ${sentenceOf(rule)}`),
]

/** The reviewer's own reading of the rules, from what those say who did not write the program. */
export function ownRules(situation: Situation): readonly Rule[] {
  const told = tellingsOf(situation).filter(({ isDraft, speaker }) => !isDraft && speaker !== self)
  const { examples } = situation.sight
  const settled = settledFrom(told, situation, { alert: false, keepsAll: true, examples })
  return settled?.rules ?? []
}

/** One bullet for each example that the program fails, up to a few. */
function failuresOf({ program }: Draft, { sight, mind }: Situation): readonly string[] {
  if (!program) {
    mind.note('cannot read a program')
    return []
  }
  const { rules, parameters } = program
  return failing(rules, parameters, sight.examples)
    .slice(0, enough)
    .map((example) => {
      const given = resultOf(rules, parameters, example.inputs)
      return `${exampleOf(example)}, but this code gives ${Number(given.toFixed(6))}.`
    })
}

/** The sentence that says how a requirement should be, or that it is missing. */
export const corrected = ({ number, rule }: Correction): string =>
  number === null
    ? `A rule is missing: ${sentenceOf(rule)}`
    : `Step ${number} should be: ${sentenceOf(rule)}`

/** A difference as a reviewer puts it. */
export const asCorrection = ({ number, isMissing, rule }: Difference): Correction => ({
  rule,
  number: isMissing ? null : number,
})

function critique(
  situation: Situation,
  { entries, program }: Draft,
  differences: readonly Difference[],
  evidence: readonly string[],
): Reply {
  const last = entries.at(-1)?.number ?? program?.rules.length ?? 1
  const number = Math.min(last, ...differences.map((difference) => difference.number))
  const lines = evidence.length > 0 ? evidence : ['The rules are followed up to the last one.']
  const text = verdict(situation, 'REJECT', lines)
  return text.kind === 'text' ? say(`${text.text}\nConclusion: step ${Math.max(1, number)}`) : text
}

function verdict(
  situation: Situation,
  word: 'APPROVE' | 'REJECT',
  evidence: readonly string[],
): Reply {
  const { mind, sight, briefing } = situation
  const passesOn = word === 'REJECT' && mind.happens('carry', 'rules', mind.profile.carry)
  const rules = passesOn ? restated(tellingsOf(situation)) : ''
  const examples = passesOn ? examplesPart(carried(sight.examples, mind)) : ''
  const signature = passesOn && sight.signature ? signatureLine(signatureOf(situation)) : ''
  const bullets = evidence.map((line) => `- ${line}`)
  // The verdict has to be the first line, so a chatty temper chats behind it.
  const head = [word, ...bullets, signature, rules, examples].filter(Boolean).join('\n')
  return say(briefing.namesStep ? head : message(head, opening(mind)))
}
