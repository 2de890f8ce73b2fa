import type { Mind } from '../../chance.js'
import { message, opening, stepsBlock } from '../../wording.js'
import { type Example, exampleOf, type Signature } from '../examples.js'
import type { Rule } from '../rules.js'
import { sentenceOf } from '../sentences.js'
import type { Telling } from '../tellings.js'

/** How the function is called, for colleagues. */
export const signatureLine = ({ name, parameters }: Signature): string =>
  `Function: \`${name}(${parameters.join(', ')})\`.`

/** Rules as the numbered requirements that colleagues read. */
export const requirements = (rules: readonly Rule[]): string =>
  rules.length > 0 ? stepsBlock(rules.map(sentenceOf)) : ''

/** Examples as facts for colleagues. */
export const examplesPart = (examples: readonly Example[]): string =>
  examples.length > 0
    ? ['## Examples', ...examples.map((example) => `- ${exampleOf(example)}`)].join('\n')
    : ''

/** The block that holds a program. */
export const programBlock = (text: string): string => ['```js', text, '```'].join('\n')

/** What to say of an example that the known rules do not explain. */
export const unexplained = (example: Example): string =>
  `No rule that I know explains that ${exampleOf(example)}.`

/** The rules as facts for colleagues, as those tell them who know them best; empty when nobody in sight does. */
export function restated(tellings: readonly Telling[]): string {
  const told = tellings.filter(({ isDraft }) => !isDraft)
  const top = Math.max(...told.map(({ authority }) => authority))
  const sentences = told
    .filter(({ authority }) => authority === top)
    .map(({ rule }) => sentenceOf(rule))
  return [...new Set(sentences)].map((sentence) => `- ${sentence}`).join('\n')
}

/** A message with requirements and all that belongs beside them; the program comes last. */
export function deliverable(
  {
    signature,
    rules,
    examples,
    notes,
    program,
  }: Readonly<{
    signature: Signature
    rules: readonly Rule[]
    examples: readonly Example[]
    notes: readonly string[]
    program: string
  }>,
  mind: Mind,
): string {
  return message(
    opening(mind),
    signatureLine(signature),
    requirements(rules),
    examplesPart(examples),
    notes.join('\n'),
    program === '' ? '' : programBlock(program),
  )
}

/** The examples that an agent passes on: all that it knows, or none. */
export const carried = (examples: readonly Example[], mind: Mind): readonly Example[] =>
  mind.happens('carry', 'examples', mind.profile.carry) ? examples : []
