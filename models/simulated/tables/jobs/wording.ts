import type { Mind } from '../../chance.js'
import { answerBlock, message, opening } from '../../wording.js'
import type { Account } from '../sight.js'
import { opsBlock, type Step } from '../steps.js'
import type { Column } from '../table.js'

/** The question as a fact for colleagues, in the words of those who know it best; empty when nobody in sight does. */
export function restated(accounts: readonly Account[]): string {
  const asked = accounts.filter(({ question }) => question !== null)
  const top = Math.max(...asked.map(({ authority }) => authority))
  const texts = asked.filter(({ authority }) => authority === top).map(({ question }) => question)
  return [...new Set(texts)].map((text) => `- The question is: ${text}`).join('\n')
}

/** What is known of the table as facts for colleagues. */
export function tableFacts(columns: readonly Column[], rowCount: number | null): string {
  const names = columns.map(({ name, type }) => (type ? `"${name}" (${type})` : `"${name}"`))
  return [
    ...(rowCount === null ? [] : [`- The table has ${rowCount} rows.`]),
    ...(names.length > 0 ? [`- The columns are ${names.join(', ')}.`] : []),
  ].join('\n')
}

/** An answer with everything that belongs beside it. */
export function deliverable(
  {
    steps,
    notes,
    answer,
  }: Readonly<{ steps: readonly Step[]; notes: readonly string[]; answer: string }>,
  passedOn: string,
  mind: Mind,
): string {
  const block = steps.length > 0 ? opsBlock(steps) : ''
  return message(opening(mind), passedOn, block, notes.join('\n'), answerBlock(answer))
}
